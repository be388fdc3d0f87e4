import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { clockOfKept, keptClockSchema, type ClockStep, type KeptClock, type RequestClock } from '@abide/rights';
import { exitCodes, readArguments, UnusableArguments, type CommandIo } from './arguments.js';

const options = { json: { type: 'boolean' } } as const;

/** What a request says of its deadline, as the API answers it. */
interface Told {
  readonly facts: KeptClock;
  readonly dueAt: string | null | undefined;
  readonly trace: readonly unknown[] | undefined;
}

/** `abide request clock <file>`: the deadline of a request computed again; 0 when it is what the file says, 1 when not, 2 when nothing can be computed. */
export async function requestClock(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    const { values, positionals } = readArguments(args, { positionals: ['file'], options });
    const told = await read(positionals[0] ?? '');
    const clock = clockOfKept(told.facts);
    const isSame = agrees(told, clock);
    io.out(
      values['json'] === true
        ? `${JSON.stringify({ same: isSame, dueAt: clock.dueAt, provisional: clock.isProvisional, trace: clock.trace }, null, 2)}\n`
        : `${lines(told, clock, isSame).join('\n')}\n`,
    );
    return isSame ? exitCodes.ok : exitCodes.negative;
  } catch (error) {
    if (!(error instanceof UnusableArguments)) throw error;
    io.err(`${error.message}\n`);
    return exitCodes.unusable;
  }
}

/** A request as `GET /me/requests/{id}` answers it, or its `clock` alone. */
async function read(file: string): Promise<Told> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UnusableArguments(`Cannot read ${file}.`);
  });
  const told = parsed(text, file);
  const clock = (told['clock'] ?? told) as Record<string, unknown>;
  const facts = keptClockSchema.safeParse(clock['facts']);
  if (!facts.success)
    throw new UnusableArguments(`${file} holds no facts of a clock: save a request as the API answers it.`);
  return {
    facts: facts.data,
    dueAt: told['dueAt'] as string | null | undefined,
    trace: clock['trace'] as readonly unknown[] | undefined,
  };
}

function parsed(text: string, file: string): Record<string, unknown> {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // falls through to the refusal
  }
  throw new UnusableArguments(`${file} is no JSON object.`);
}

/** A request that is over has no deadline any more: then its trace alone is compared. */
function agrees({ dueAt, trace }: Told, clock: RequestClock): boolean {
  const isSameTrace =
    trace === undefined || isDeepStrictEqual(trace.map(withoutArticle), clock.trace.map(withoutArticle));
  return isSameTrace && (!dueAt || dueAt === clock.dueAt?.toISOString());
}

/** The article is told in the reader's language; it moves nothing. */
function withoutArticle(step: unknown): unknown {
  return { ...(JSON.parse(JSON.stringify(step)) as object), article: null };
}

function lines({ dueAt }: Told, clock: RequestClock, isSame: boolean): string[] {
  const due = clock.dueAt?.toISOString() ?? 'none while the person owes an answer';
  return [
    isSame ? `The same: ${due}` : `Not the same: ${due}, the file says ${dueAt ?? 'nothing'} or another way`,
    ...clock.trace.map(stepLine),
    ...(clock.isProvisional ? ['  Provisional: the holidays of a year on the way are not published.'] : []),
  ];
}

function stepLine({ rule, from, to, days, weekendDays, skipped, article }: ClockStep): string {
  const cited = typeof article === 'string' ? article : article.en;
  const off = skipped.map(({ date, name, why }) => `${date} ${name?.en ?? why}`).join(', ');
  const passed = `${days} days, ${weekendDays} weekend days passed over${off ? `, not counted: ${off}` : ''}`;
  return `  ${rule.padEnd(13)}${from} to ${to}  ${days > 0 ? `${passed}; ` : ''}${cited}`;
}
