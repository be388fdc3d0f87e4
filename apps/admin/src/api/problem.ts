export interface FieldProblem {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** A refusal of the API (RFC 9457); `extra` holds the members beyond the standard ones. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly correlationId: string | null,
    readonly errors: readonly FieldProblem[],
    readonly extra: Readonly<Record<string, unknown>>,
  ) {
    super(code);
  }
}

/** The request never got an answer: the network or the server is away. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

const standardMembers = new Set(['type', 'title', 'status', 'code', 'detail', 'instance', 'correlationId', 'errors']);

/** Reads a problem document; anything else (a proxy's HTML, an empty body) becomes a problem without a code of ours. */
export function problemFrom(
  body: unknown,
  response: { status: number; headers: { get(name: string): string | null } },
): ProblemError {
  const members = isRecord(body) ? body : {};
  const extra = Object.fromEntries(Object.entries(members).filter(([name]) => !standardMembers.has(name)));
  return new ProblemError(
    response.status,
    textOf(members['code']) || `http.${response.status}`,
    textOf(members['detail']) || textOf(members['title']),
    textOf(members['correlationId']) || response.headers.get('X-Correlation-Id'),
    Array.isArray(members['errors']) ? members['errors'].flatMap(fieldProblemOf) : [],
    isRecord(extra['extra']) ? { ...extra, ...extra['extra'] } : extra,
  );
}

/** `/clauses/0/heading` and `clauses[0].heading` both become `['clauses', 0, 'heading']`. */
export function pathOfPointer(pointer: string): (string | number)[] {
  const parts = pointer.startsWith('/')
    ? pointer
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    : pointer.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  return parts.filter((part) => part !== '').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Where in a form or a body something stands. */
export type Path = readonly (string | number)[];

/** Splits what was refused into errors of fields the form has, each at the field closest around it, and the rest, which only a message can show. */
export function splitFieldProblems(
  problem: ProblemError,
  fields: readonly Path[],
): { byField: Map<Path, FieldProblem[]>; rest: FieldProblem[] } {
  const byField = new Map<Path, FieldProblem[]>();
  const rest: FieldProblem[] = [];
  for (const error of problem.errors) {
    const at = pathOfPointer(error.pointer);
    const around = fields.filter((field) => field.every((part, index) => part === at[index]));
    const field = around.sort((one, other) => other.length - one.length)[0];
    if (field) byField.set(field, [...(byField.get(field) ?? []), error]);
    else rest.push(error);
  }
  return { byField, rest };
}

function fieldProblemOf(value: unknown): FieldProblem[] {
  if (!isRecord(value)) return [];
  return [
    {
      pointer: textOf(value['pointer']) || textOf(value['path']),
      code: textOf(value['code']),
      message: textOf(value['message']),
    },
  ];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
