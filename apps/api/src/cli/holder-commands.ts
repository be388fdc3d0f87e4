import { newId } from '@abide/kernel';
import { checkHolder, type CheckedPoint, type HolderAddress } from '@abide/holders';
import { AddressGuard, everyNetwork, HostResolver, OutgoingRequests } from '@abide/platform';
import { exitCodes, readArguments, UnusableArguments, type CommandIo } from './arguments.js';

const options = {
  subject: { type: 'string' },
  email: { type: 'string' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const defaultTimeoutMilliseconds = 10_000;

/**
 * `abide holder check <url>`: whether a service keeps docs/holder-protocol.yaml, point by point; 0 when it does, 1 when not. The secret comes
 * from ABIDE_HOLDER_SECRET, so that it stands in no list of processes. With `--subject` (an id) or `--email`, that person's data is erased there.
 */
export async function holderCheck(
  args: readonly string[],
  io: CommandIo,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
  try {
    const { values, positionals } = readArguments(args, { positionals: ['url'], options });
    const address = addressOf(positionals[0] ?? '', env['ABIDE_HOLDER_SECRET']);
    const timeoutMilliseconds = timeoutOf(values['timeout'] as string | undefined);
    const subject = subjectOf(values as { readonly subject?: string; readonly email?: string });
    const points = await checkHolder(requests(), { address, timeoutMilliseconds, subject });
    const isConforming = points.every(({ passed }) => passed !== false);
    io.out(
      values['json'] === true ? `${JSON.stringify({ conforming: isConforming, points }, null, 2)}\n` : told(points),
    );
    return isConforming ? exitCodes.ok : exitCodes.negative;
  } catch (error) {
    if (!(error instanceof UnusableArguments)) throw error;
    io.err(`${error.message}\n`);
    return exitCodes.unusable;
  }
}

/** Whoever runs a command on this machine has named the address: it may lie anywhere. */
function requests(): OutgoingRequests {
  return new OutgoingRequests(new AddressGuard({ isProduction: false }, new HostResolver()));
}

function addressOf(url: string, secret: string | undefined): HolderAddress {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UnusableArguments('Give the base address of the holder, such as https://holder.internal/abide.');
  if (!secret) throw new UnusableArguments('Put the secret that the holder was given into ABIDE_HOLDER_SECRET.');
  return { baseUrl: url.replace(/\/+$/, ''), networks: everyNetwork, secrets: [secret] };
}

function timeoutOf(text: string | undefined): number {
  if (text === undefined) return defaultTimeoutMilliseconds;
  if (!/^\d{1,3}$/.test(text) || Number(text) < 1) throw new UnusableArguments('--timeout takes seconds, 1 to 999.');
  return Number(text) * 1000;
}

function subjectOf({ subject, email }: { readonly subject?: string; readonly email?: string }) {
  if (subject === undefined && email === undefined) return null;
  return { id: subject ?? newId(), identifiers: email === undefined ? [] : [{ type: 'email', value: email }] };
}

function told(points: readonly CheckedPoint[]): string {
  const lines = points.map(({ point, passed, found }) => {
    const mark = passed === null ? '–' : passed ? '✓' : '✗';
    return `${mark} ${meaning[point].padEnd(62)} ${passed ? '' : found}`.trimEnd();
  });
  const failed = points.filter(({ passed }) => passed === false).length;
  return `${lines.join('\n')}\n\n${failed === 0 ? 'Keeps the contract.' : `Breaks the contract in ${failed} of ${points.length} points.`}\n`;
}

const meaning: Readonly<Record<CheckedPoint['point'], string>> = {
  identity: 'says who it is, signed',
  unsigned: 'refuses what is not signed',
  wrongSignature: 'refuses what is signed with another secret',
  twoSignatures: 'takes what is signed with its secret and another, as while one replaces the other',
  replay: 'refuses what was signed more than five minutes ago',
  altered: 'refuses what was changed after it was signed',
  malformed: 'refuses half a body, and survives it',
  unknownSubject: 'has nothing of somebody whom nobody knows',
  operations: 'answers every operation with facts',
  partial: 'ends an export with its count and signature',
  found: 'exports all that it says it has',
  idempotent: 'answers the same when it is asked again, and erases once',
  slow: 'answers in time',
};
