import { aForm } from '@abide/attachments/testing';
import { aSignedInOperator, aSignedInSubject, type TestConsole } from '@abide/identity/testing';
import { Database } from '@abide/platform';
import { keepsTheHolderContract, type TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Vault } from '@abide/vault';
import { RetentionHolder } from './retention.holder.js';
import { createRetentionApp } from './testing/app.js';

const year = 365 * 86_400_000;

describe('the holder of holds', () => {
  let test: TestApp;
  let officer: TestConsole;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRetentionApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
  });
  afterAll(() => test.close());

  const place = async (subjectId: string, changes: object): Promise<string> =>
    (
      await officer.post('operator/holds', {
        subjectId,
        ground: 'litigation',
        article: '民事诉讼法第八十四条',
        until: new Date(Date.now() + 86_400_000).toISOString(),
        ...changes,
      })
    ).body.id;

  /** One that is to be lifted, and one that they are not told of. */
  async function aPersonUnderHold(words: string): Promise<string> {
    const { subjectId } = await aSignedInSubject(test, accepted);
    const id = await place(subjectId, { notes: words });
    await officer.post(`operator/holds/${id}/lifting`, { reason: words });
    await place(subjectId, { notes: words, barredArticle: '刑事诉讼法第五十四条' });
    return subjectId;
  }

  keepsTheHolderContract(() => ({
    holder: test.get(RetentionHolder),
    db: test.get(Database),
    databaseUrl: test.databaseUrl,
    schema: 'retention',
    seed: aPersonUnderHold,
    words: 'kept',
    supplies: null,
    destroyKeys: (subjectId) => test.get(Vault).destroyKeys(subjectId, 'ordinary'),
    open: (place, sealed) => test.get(Vault).open(place, sealed),
    fallDue: async () => new Date(Date.now() + 3.1 * year),
  }));

  it('tells the person nothing of a hold that the law forbids to tell of', async () => {
    const { subjectId } = await aSignedInSubject(test, accepted);
    await place(subjectId, { barredArticle: '刑事诉讼法第五十四条' });
    const holder = test.get(RetentionHolder);
    expect(await holder.describe(subjectId)).toEqual([]);
    expect(await Array.fromAsync(holder.export(subjectId))).toEqual([]);
  });

  it('tells the person no word that operators noted for each other', async () => {
    const told = JSON.stringify(
      await Array.fromAsync(test.get(RetentionHolder).export(await aPersonUnderHold('诉讼策略'))),
    );
    expect(told).toContain('民事诉讼法第八十四条');
    expect(told).not.toContain('诉讼策略');
  });

  it('lets what a hold rests on go with it', async () => {
    const { subjectId } = await aSignedInSubject(test, accepted);
    const { body, headers } = aForm();
    const { attachmentId } = (await officer.request({ method: 'POST', path: 'attachments', body, headers })).body;
    await place(subjectId, { attachmentIds: [attachmentId] });
    const files = () => test.get(Database).query('SELECT 1 FROM attachments.attachments WHERE id = $1', [attachmentId]);
    expect(await files()).toHaveLength(1);
    await test.get(RetentionHolder).expire({ now: new Date(Date.now() + 4 * year), limit: 1000, except: [] });
    expect(await files()).toEqual([]);
  });
});
