import { newId } from '@abide/kernel';
import { aSignedInSubject } from '@abide/identity/testing';
import { Database } from '@abide/platform';
import { keepsTheHolderContract, type TestApp } from '@abide/platform/testing';
import { Vault } from '@abide/vault';
import { Attachments } from './attachments.service.js';
import { AttachmentsHolder } from './attachments.holder.js';
import { aForm, createAttachmentsApp } from './testing/forms.js';
import { aPdf } from './testing/samples.js';

describe('the holder of attachments', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createAttachmentsApp();
  });
  afterAll(() => test.close());

  async function upload(words: string, token: string): Promise<string> {
    const { body, headers } = aForm([{ name: `${words}.pdf`, content: aPdf(words) }]);
    return (await test.request({ method: 'POST', path: 'attachments', body, headers, token })).body.attachmentId;
  }

  /** One that waits and one that a request rests on. */
  async function seed(words: string): Promise<string> {
    const { subjectId, accessToken } = await aSignedInSubject(test);
    await upload(words, accessToken);
    await test.get(Attachments).cite({
      attachmentIds: [await upload(words, accessToken)],
      by: { kind: 'request', id: newId() },
      uploadedBy: { kind: 'subject', id: subjectId },
    });
    return subjectId;
  }

  keepsTheHolderContract(() => ({
    holder: test.get(AttachmentsHolder),
    db: test.get(Database),
    databaseUrl: test.databaseUrl,
    schema: 'attachments',
    seed,
    words: 'kept',
    supplies: null,
    destroyKeys: (subjectId) => test.get(Vault).destroyKeys(subjectId, 'ordinary'),
    open: (place, sealed) => test.get(Vault).open(place, sealed),
    fallDue: async () => new Date(Date.now() + 86_400_000),
  }));

  it('says until when what waits is kept, and that the rest stays as long as what rests on it', async () => {
    const [held] = await test.get(AttachmentsHolder).describe(await seed('described'));
    expect(held).toMatchObject({ category: 'content.stored', count: 2, isOpenEnded: true });
    expect(Number(held?.until) - Number(held?.since)).toBeGreaterThanOrEqual(86_400_000);
  });

  it('leaves no file of an erased subject in the vault either', async () => {
    const subjectId = await seed('erased');
    const files = () => test.get(Database).query('SELECT 1 FROM vault.sealed_files WHERE subject_id = $1', [subjectId]);
    expect(await files()).toHaveLength(2);
    await test.get(AttachmentsHolder).erase(subjectId);
    expect(await files()).toEqual([]);
  });
});
