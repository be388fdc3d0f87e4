import type { TestApp } from '@abide/platform/testing';
import { aClause, aPolicy } from '../testing/documents.js';
import { Desk } from '../testing/desk.js';
import { createPolicyApp } from '../testing/house.js';

const words = (word: string) => Array.from({ length: 2200 }, (_, index) => `${word}${(index * 7919) % 9973}`).join(' ');
const rewritten = (word: string) => aPolicy({ clauses: Array.from({ length: 6 }, (_, index) => aClause({ id: `long${index}`, body: { 'zh-CN': words(word), en: words(word) } })) });

describe('comparing long texts', () => {
  let test: TestApp;
  let desk: Desk;
  beforeAll(async () => {
    test = await createPolicyApp();
    desk = await Desk.open(test);
    await desk.inForce(rewritten('was'));
    await desk.inForce(rewritten('is'));
  });
  afterAll(() => test.close());

  /** Asks for something small again and again as long as `work` lasts. */
  async function meanwhile(work: Promise<unknown>): Promise<{ answered: number; slowest: number; whole: number }> {
    const startedAt = performance.now();
    let isDone = false;
    void work.finally(() => { isDone = true; });
    const times: number[] = [];
    for (let asked = performance.now(); !isDone; asked = performance.now()) {
      expect((await test.request({ method: 'GET', path: 'policies?limit=1' })).status).toBe(200);
      times.push(performance.now() - asked);
    }
    return { answered: times.length, slowest: Math.max(...times), whole: performance.now() - startedAt };
  }

  it('lets others be answered meanwhile, though strangers ask for it many times at once', async () => {
    const work = Promise.all(Array.from({ length: 4 }, () => test.request({ method: 'GET', path: 'policies/privacy/revisions/2/changes' })));
    const { answered, slowest, whole } = await meanwhile(work);
    expect((await work).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answered).toBeGreaterThan(5);
    expect(slowest).toBeLessThan(whole / 2);
  });

  it('lets others be answered while an operator compares a draft, and while it is submitted', async () => {
    const { revisionId } = await desk.draft(rewritten('will'));
    const compared = await meanwhile(desk.editor.get(`operator/revisions/${revisionId}/comparison`));
    expect(compared.slowest).toBeLessThan(compared.whole / 2);
    expect((await desk.submit(revisionId)).status).toBe(200);
  });

  it('refuses a draft with a clause longer than can be compared word by word', async () => {
    const document = aPolicy({ clauses: [aClause({ id: 'endless', body: { 'zh-CN': '字'.repeat(20_001), en: 'Endless.' } })] });
    const answer = await desk.editor.request({ method: 'POST', path: 'operator/policies/check', body: { document }, headers: { 'accept-language': 'en' } });
    expect(answer.body.problems).toEqual([expect.objectContaining({ code: 'policy.clauseTooLong', path: 'clauses[3].body.zh-CN', severity: 'error' })]);
  });
});
