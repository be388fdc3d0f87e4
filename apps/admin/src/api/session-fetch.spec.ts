import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChallengeDeclined, currentChallenge } from '../session/challenge.js';
import type * as SessionTabs from '../session/session-tabs.js';
import { openNewBrowser } from '../session/storage.testing.js';
import type * as SessionFetch from './session-fetch.js';

describe('an answer', () => {
  let tabs: typeof SessionTabs;
  let sessionFetch: typeof SessionFetch.sessionFetch;
  let sent: string[];
  beforeAll(async () => {
    openNewBrowser();
    Object.assign(globalThis, { BroadcastChannel: undefined });
    tabs = await import('../session/session-tabs.js');
    ({ sessionFetch } = await import('./session-fetch.js'));
  });
  beforeEach(() => {
    sent = [];
  });

  /** The server answers in the session of this operator, or in nobody's. */
  const answerAs = (operatorId: string | null, status = 200) => {
    Object.assign(globalThis, {
      fetch: async ({ url }: Request) => {
        sent.push(url);
        return Response.json(
          { name: '林晓' },
          { status, headers: operatorId === null ? {} : { 'X-Abide-Operator': operatorId } },
        );
      },
    });
  };
  const read = () => sessionFetch(new Request('https://abide.example/api/v1/operator/subjects/1'));

  it('is the page’s where it is in the session of its own operator, in nobody’s, or before anybody is signed in', async () => {
    answerAs('zhou');
    expect((await read()).status).toBe(200);
    tabs.workFor({ id: 'lin', name: 'Lin Fang' });
    for (const operatorId of ['lin', null]) {
      answerAs(operatorId);
      expect(await (await read()).json()).toEqual({ name: '林晓' });
    }
    expect(tabs.currentLock()).toBeNull();
  });

  it('in somebody else’s session is given to nobody, locks the page, and asks for no password', async () => {
    answerAs('zhou', 403);
    await expect(read()).rejects.toThrow(ChallengeDeclined);
    expect(tabs.currentLock()).toEqual({ name: null });
    expect(currentChallenge()).toBeNull();
  });

  it('is not even asked for by a locked page', async () => {
    answerAs('lin');
    await expect(read()).rejects.toThrow(ChallengeDeclined);
    expect(sent).toEqual([]);
  });
});
