import type { Access } from '@abide/platform';
import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & { readonly 'x-abide-access'?: Access };
type Responses = Record<string, { description?: string; content?: Record<string, object> }>;

const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;
const problemSchema = { $ref: '#/components/schemas/Problem' };
const problem = { 'application/problem+json': { schema: problemSchema } };

/** Says of every operation who may call it and what it refuses before it runs, and that refusals are problem documents (RFC 9457). */
export function documentAccess({ paths }: OpenAPIObject): void {
  for (const path of Object.values(paths)) {
    for (const method of methods) {
      const operation = path[method] as Operation | undefined;
      if (operation) documentOperation(operation, method);
    }
  }
}

function documentOperation(operation: Operation, method: (typeof methods)[number]): void {
  const access = operation['x-abide-access'];
  operation.security ??= [];
  if (access?.for === 'public' && access.recognises) operation.security.unshift({});
  const responses = operation.responses as Responses;
  for (const response of Object.values(responses)) if (isProblem(response)) response.content = problem;
  for (const [status, codes] of Object.entries(refusalsOf(operation, access, method))) {
    const said = responses[status]?.description ?? '';
    const added = codes.map((code) => `\`${code}\``).filter((code) => !said.includes(code));
    if (added.length > 0)
      responses[status] = { description: [said, ...added].filter((text) => text !== '').join(', '), content: problem };
  }
}

function refusalsOf(
  { parameters = [], requestBody }: Operation,
  access: Access | undefined,
  method: string,
): Record<string, readonly string[]> {
  const takesAnything =
    requestBody !== undefined || parameters.some((parameter) => 'in' in parameter && parameter.in !== 'header');
  return { ...(takesAnything ? { 400: ['request.invalid'] } : {}), ...refusalsOfAccess(access, method) };
}

function refusalsOfAccess(access: Access | undefined, method: string): Record<string, readonly string[]> {
  if (access?.for === 'public' && access.recognises)
    return { 401: ['access.unauthenticated', 'session.expired'], 403: ['access.subject_only', 'session.csrf'] };
  if (access?.for === 'subject') return { 401: ['access.unauthenticated'], 403: ['access.subject_only'] };
  if (access?.for === 'client') return { 401: ['access.unauthenticated'], 403: ['access.scope_missing'] };
  if (access?.for !== 'operator') return {};
  const forbidden = [
    ...(access.permission === null ? [] : ['operator.forbidden']),
    ...(access.needsStepUp ? ['session.step_up_required'] : []),
    ...(method === 'get' ? [] : ['session.csrf']),
  ];
  return { 401: ['session.expired'], ...(forbidden.length > 0 ? { 403: forbidden } : {}) };
}

function isProblem({ content = {} }: Responses[string]): boolean {
  return Object.values(content).some(
    (media) =>
      'schema' in media &&
      typeof media.schema === 'object' &&
      media.schema !== null &&
      '$ref' in media.schema &&
      media.schema.$ref === problemSchema.$ref,
  );
}
