export type ChallengeKind = 'signIn' | 'stepUp';

/** The person closed the dialog that asked for the password: nothing was sent, nothing failed. */
export class ChallengeDeclined extends Error {
  override readonly name = 'ChallengeDeclined';
}

interface Challenge {
  readonly kind: ChallengeKind;
  readonly settled: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

let current: Challenge | null = null;
const listeners = new Set<() => void>();

/** Asks for the password over the page; requests that need the same thing meanwhile wait for the same answer. */
export async function challenge(kind: ChallengeKind): Promise<void> {
  if (current && current.kind !== kind) await current.settled;
  current ??= open(kind);
  return current.settled;
}

export function currentChallenge(): ChallengeKind | null {
  return current?.kind ?? null;
}

export function answerChallenge(): void {
  close()?.resolve();
}

export function declineChallenge(): void {
  close()?.reject(new ChallengeDeclined());
}

export function subscribeToChallenge(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function open(kind: ChallengeKind): Challenge {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  queueMicrotask(notify);
  return { kind, settled: promise, resolve, reject };
}

function close(): Challenge | null {
  const closed = current;
  current = null;
  notify();
  return closed;
}

function notify(): void {
  for (const listener of listeners) listener();
}
