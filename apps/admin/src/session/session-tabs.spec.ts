import { beforeAll, describe, expect, it } from '@jest/globals';
import { challenge, ChallengeDeclined, currentChallenge } from './challenge.js';
import { handOver, handedOver, lastReason, rememberReason } from './look-up.js';
import type * as SessionTabs from './session-tabs.js';
import { openNewBrowser } from './storage.testing.js';

/** What the other tabs of this browser hear. */
const heard: unknown[] = [];

class TestChannel {
  postMessage(news: unknown): void {
    heard.push(news);
  }
}

const [lin, zhou] = [
  { id: 'lin', name: 'Lin Fang' },
  { id: 'zhou', name: 'Zhou Wei' },
];

describe('a page of the console', () => {
  let tabs: typeof SessionTabs;
  beforeAll(async () => {
    openNewBrowser();
    Object.assign(globalThis, { BroadcastChannel: TestChannel });
    tabs = await import('./session-tabs.js');
  });

  it('goes on while the session in the browser is that of its own operator', () => {
    tabs.workFor(lin);
    expect(tabs.isStillOwn(lin)).toBe(true);
    expect(tabs.currentLock()).toBeNull();
  });

  it('tells the other tabs of every sign-in, of the same operator too', () => {
    heard.length = 0;
    tabs.workFor(lin);
    tabs.workFor(lin);
    expect(heard).toEqual([{ signedIn: lin }, { signedIn: lin }]);
  });

  it('asks nobody for the password any more once it is signed out of, or somebody else has signed in', async () => {
    for (const end of [() => tabs.leave(), () => tabs.isStillOwn(zhou)]) {
      tabs.workFor(lin);
      const asked = expect(challenge('signIn')).rejects.toThrow(ChallengeDeclined);
      end();
      await asked;
      expect(currentChallenge()).toBeNull();
    }
  });

  it('locks once somebody else has signed in, and forgets what was typed and not saved', () => {
    Object.assign(sessionStorage, {
      'abide.sealed.draft.lin.privacy': 'AAAA',
      'abide.sealed.tests.lin.privacy': 'AAAA',
    });
    Object.assign(localStorage, { 'abide.draft.lin.privacy': '{}', 'abide.views.lin.list': '[]' });
    expect(tabs.isStillOwn(zhou)).toBe(false);
    expect(tabs.currentLock()).toEqual({ name: 'Zhou Wei' });
    expect(Object.keys(sessionStorage)).toEqual([]);
    expect(Object.keys(localStorage)).toEqual(['abide.views.lin.list']);
  });

  it('keeps whom it looks for and why in its memory alone, and no longer than the session', () => {
    handOver({ by: 'phone', value: '+8610012345678' });
    rememberReason('Case 4711');
    expect([handedOver(), lastReason()]).toEqual([{ by: 'phone', value: '+8610012345678' }, 'Case 4711']);
    expect([Object.keys(sessionStorage), Object.keys(localStorage)]).toEqual([[], ['abide.views.lin.list']]);
    tabs.leave();
    expect([handedOver(), lastReason()]).toEqual([null, '']);
  });
});
