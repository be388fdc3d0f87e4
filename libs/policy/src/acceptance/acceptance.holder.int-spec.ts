import { aSignedInSubject } from '@abide/identity/testing';
import { Database } from '@abide/platform';
import { keepsTheHolderContract, type TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '../testing/policy-staff.js';
import { aPolicy } from '../testing/documents.js';
import { createPolicyApp } from '../testing/app.js';
import { AcceptanceHolder } from './acceptance.holder.js';

describe('the holder of acceptances', () => {
  let test: TestApp;
  let accepted: string;
  beforeAll(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    accepted = await (await PolicyStaff.open(test)).inForce(aPolicy());
  });
  afterAll(() => test.close());

  keepsTheHolderContract(() => ({
    holder: test.get(AcceptanceHolder),
    db: test.get(Database),
    databaseUrl: test.databaseUrl,
    schema: 'policy',
    seed: async () => (await aSignedInSubject(test, { acceptedRevisionIds: [accepted] })).subjectId,
    words: 'nowhere',
    supplies: null,
    destroyKeys: async () => undefined,
    fallDue: async (subjectIds) => {
      for (const subjectId of subjectIds) await test.get(AcceptanceHolder).erase(subjectId);
      return new Date(Date.now() + 3.1 * 365 * 86_400_000);
    },
  }));
});
