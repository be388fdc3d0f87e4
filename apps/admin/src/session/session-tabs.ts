import { forgetLookUps } from './look-up.js';
import { forgetDrafts } from './sealed-store.js';

/** Why this page may not go on: another operator signed in to this browser, whose session every request would use. */
export interface Lock {
  readonly name: string;
}

type News = { readonly signedIn: { readonly id: string; readonly name: string } } | { readonly signedOut: true };

let ownId: string | null = null;
let lock: Lock | null = null;
const listeners = new Set<() => void>();
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('abide.session');

/** The page works for this operator from now on. The other tabs hear of it. */
export function workFor({ id, name }: { id: string; name: string }): void {
  if (ownId === id) return;
  ownId = id;
  channel?.postMessage({ signedIn: { id, name } } satisfies News);
}

/** Nobody is signed in any more; the other tabs hear of it, and what was typed and not saved is gone. */
export function leave(): void {
  ownId = null;
  forgetTyped();
  channel?.postMessage({ signedOut: true } satisfies News);
}

/** Locks the page unless the session in this browser is that of the operator it works for. Answers whether it is. */
export function isStillOwn({ id, name }: { id: string; name: string }): boolean {
  if (ownId === null || ownId === id) return true;
  lock = { name };
  forgetTyped();
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
    ownId = null;
    forgetTyped();
    signedOut();
  });
}

/** Texts typed and not saved live in this tab alone, and no longer than their author is signed in. */
function forgetTyped(): void {
  forgetLookUps();
  forgetDrafts();
}
