import { beforeEach, describe, expect, it } from '@jest/globals';
import { forgetDrafts, sealFor, SealedStore } from './sealed-store.js';
import { aDraftKey, openNewBrowser } from './storage.testing.js';

const [lins, zhous] = [aDraftKey(251), aDraftKey(2)];
const draft = { body: '我们仅为提供票务服务收集您的手机号。', basedOn: 'abc' };
const inStorage = () => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]);

describe('what an operator typed and did not save', () => {
  beforeEach(() => {
    openNewBrowser();
    sealFor(lins);
  });

  const ofLin = () => new SealedStore(sessionStorage, 'draft', 'lin');

  it('cannot be read in the storage, and is found again by its author after signing in again', async () => {
    await ofLin().keep('privacy', draft);
    expect(Object.keys(sessionStorage)).toEqual(['abide.sealed.draft.lin.privacy']);
    expect(inStorage()).not.toMatch(/body|手机号|abc/);
    sealFor(lins);
    expect(await ofLin().find('privacy')).toEqual(draft);
    expect(await ofLin().find('terms')).toBeNull();
  });

  it('is sealed anew each time', async () => {
    await ofLin().keep('privacy', draft);
    const first = inStorage();
    await ofLin().keep('privacy', draft);
    expect(inStorage()).not.toBe(first);
  });

  it('opens for nobody else, also under the name of its author, and is dropped then', async () => {
    await ofLin().keep('privacy', draft);
    sealFor(zhous);
    expect(await new SealedStore(sessionStorage, 'draft', 'zhou').find('privacy')).toBeNull();
    expect(Object.keys(sessionStorage)).toHaveLength(1);
    expect(await ofLin().find('privacy')).toBeNull();
    expect(Object.keys(sessionStorage)).toEqual([]);
  });

  it('opens in no other place', async () => {
    await ofLin().keep('privacy', draft);
    sessionStorage.setItem(
      'abide.sealed.draft.lin.terms',
      sessionStorage.getItem('abide.sealed.draft.lin.privacy') ?? '',
    );
    expect(await ofLin().find('terms')).toBeNull();
    expect(await ofLin().find('privacy')).toEqual(draft);
  });

  it.each(['', 'AAAA', '{"body":"in the open"}', 'A'.repeat(60)])(
    'is dropped where it is not what was sealed: %j',
    async (text) => {
      sessionStorage.setItem('abide.sealed.draft.lin.privacy', text);
      expect(await ofLin().find('privacy')).toBeNull();
      expect(Object.keys(sessionStorage)).toEqual([]);
    },
  );

  it('is forgotten once saved, also while it is still being sealed', async () => {
    const keeping = ofLin().keep('privacy', draft);
    ofLin().forget('privacy');
    await keeping;
    expect(Object.keys(sessionStorage)).toEqual([]);
  });

  it('is the newest of what was kept at once', async () => {
    await Promise.all([1, 2, 3].map((version) => ofLin().keep('privacy', { version })));
    expect(await ofLin().find('privacy')).toEqual({ version: 3 });
  });

  it('goes with the session, and so does its key; what stays in this browser for longer stays sealed', async () => {
    await ofLin().keep('privacy', draft);
    await new SealedStore(localStorage, 'views', 'lin').keep('audit', draft);
    const keeping = ofLin().keep('terms', draft);
    forgetDrafts();
    await Promise.all([keeping, ofLin().keep('privacy', draft)]);
    expect([Object.keys(sessionStorage), Object.keys(localStorage)]).toEqual([[], ['abide.sealed.views.lin.audit']]);
  });

  it('that an earlier version kept in the open is gone', () => {
    sessionStorage.setItem('abide.draft.lin.privacy', '{}');
    localStorage.setItem('abide.tests.zhou.privacy', '{}');
    localStorage.setItem('abide.language', 'en');
    sealFor(lins);
    expect([Object.keys(sessionStorage), Object.keys(localStorage)]).toEqual([[], ['abide.language']]);
  });

  it('stays in memory where the browser cannot seal, or would not keep it', async () => {
    const full = {
      ...sessionStorage,
      getItem: () => null,
      removeItem: () => undefined,
      setItem: () => {
        throw new Error('quota');
      },
    };
    await new SealedStore(full, 'draft', 'lin').keep('privacy', draft);
    const secure = globalThis.crypto;
    Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
    try {
      sealFor(lins);
      await ofLin().keep('privacy', draft);
      expect(await ofLin().find('privacy')).toBeNull();
    } finally {
      Object.defineProperty(globalThis, 'crypto', { value: secure, configurable: true });
    }
    expect(Object.keys(sessionStorage)).toEqual([]);
  });
});
