import { declineChallenge } from './challenge.js';
import { forgetLookUps } from './look-up.js';
import { forgetDrafts } from './sealed-store.js';

/** Why this page may not go on: another operator signed in to this browser, whose session every request would use. */
export interface Lock {
  /** Null where an answer told only that it is somebody else's. */
  readonly name: string | null;
}

type News = { readonly signedIn: { readonly id: string; readonly name: string } } | { readonly signedOut: true };

let ownId: string | null = null;
let lock: Lock | null = null;
const listeners = new Set<() => void>();
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('abide.session');

/** The page works for this operator from now on. The other tabs hear of it each time: in between somebody else may have signed in. */
export function workFor({ id, name }: { id: string; name: string }): void {
  ownId = id;
  channel?.postMessage({ signedIn: { id, name } } satisfies News);
}

/** Nobody is signed in any more; the other tabs hear of it, and what was typed and not saved is gone. */
export function leave(): void {
  endWork();
  channel?.postMessage({ signedOut: true } satisfies News);
}

/** Locks the page unless the session in this browser is that of the operator it works for. Answers whether it is. */
export function isStillOwn({ id, name }: { id: string; name: string | null }): boolean {
  if (ownId === null || ownId === id) return true;
  lock = { name };
  stopWork();
  for (const listener of listeners) listener();
  return false;
}

export function currentLock(): Lock | null {
  return lock;
}

export function subscribeToLock(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls `signedOut` when another tab signs out; another operator's sign-in locks this page. */
export function listenToTabs(signedOut: () => void): void {
  channel?.addEventListener('message', ({ data }: MessageEvent<News>) => {
    if ('signedIn' in data) {
      isStillOwn(data.signedIn);
      return;
    }
    endWork();
    signedOut();
  });
}

function endWork(): void {
  ownId = null;
  stopWork();
}

/** Texts typed and not saved live in this tab alone, and no longer than their author is signed in; nor is anybody asked for their password any more. */
function stopWork(): void {
  declineChallenge();
  forgetLookUps();
  forgetDrafts();
}
