import { advance, aSignedInOperator, resetClock, type TestConsole } from '@abide/identity/testing';
import { Clock, newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import { keepsTheHolderContract, type TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { Vault } from '@abide/vault';
import { ConsentHolder } from './consent.holder.js';
import { createConsentApp } from './testing/app.js';
import { TestSubject } from './testing/people.js';
import { aConsentPolicy } from './testing/policies.js';

describe('the holder of consents', () => {
  let test: TestApp;
  let revisionId: string;
  let agent: TestConsole;
  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
    revisionId = await (await PolicyStaff.open(test)).inForce(aConsentPolicy());
    agent = await aSignedInOperator(test, 'supportAgent');
  });
  afterAll(async () => {
    await resetClock(test);
    await test.close();
  });

  async function seed(words: string): Promise<string> {
    const [db, person] = [test.get(Database), await TestSubject.register(test, [revisionId])];
    const { status, text } = await agent.post(`operator/subjects/${person.id}/consents`, {
      purpose: 'survey.participation',
      state: 'granted',
      channel: 'telephone',
      evidence: `Said so on the telephone: ${words}`,
      reason: 'Ticket 4711',
    });
    if (status > 201) throw new Error(`The consent was refused: ${text}`);
    await person.grant('advertising.relevant');
    await person.app.send('PUT', 'me/positioning', { on: true });
    await db.execute(`INSERT INTO consent.prompts VALUES ($1, 'marketing.push', now())`, [person.id]);
    await db.execute('INSERT INTO consent.privacy_control_changes VALUES ($1, $2, true, now())', [person.id, newId()]);
    await db.execute(
      `INSERT INTO consent.reminder_recipients (subject_id, reminder_id, message, tries, next_try_at, told_at) VALUES ($1, $2, 'sent', 1, now(), now())`,
      [person.id, newId()],
    );
    return person.id;
  }

  keepsTheHolderContract(() => ({
    holder: test.get(ConsentHolder),
    db: test.get(Database),
    databaseUrl: test.databaseUrl,
    schema: 'consent',
    seed,
    words: 'kept',
    supplies: null,
    destroyKeys: (subjectId) => test.get(Vault).destroyKeys(subjectId, 'ordinary'),
    open: (place, sealed) => test.get(Vault).open(place, sealed),
    fallDue: async (subjectIds) => {
      for (const subjectId of subjectIds) await test.get(ConsentHolder).erase(subjectId);
      await advance(test, 'P3Y1D');
      return test.get(Clock).now();
    },
    stays: {
      'consent.purpose_removals': 'What a withdrawal has still to take away, for seconds',
    },
  }));
});
