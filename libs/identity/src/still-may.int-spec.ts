import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import { eventually, someoneWaits, type TestAnswer, type TestApp } from '@abide/platform/testing';
import { createIdentityApp, aSignedInOperator } from './testing/app.js';
import { aSignedInSubject, codeTo, confirm, subjectPassword } from './testing/people.js';

/** What ends a right while an act that needs it is under way: whichever comes first, nothing is done without it. */
describe('whoever may no more', () => {
  let test: TestApp;
  let db: Database;
  beforeAll(async () => {
    test = await createIdentityApp();
    db = test.get(Database);
  });
  afterAll(() => test.close());

  /** Sends a request between the writing of `ended` and its commit, and answers what came of it. */
  async function meanwhile(ended: () => Promise<unknown>, act: () => Promise<TestAnswer>): Promise<TestAnswer> {
    let answered: Promise<TestAnswer> | undefined;
    await db.transaction(async () => {
      await ended();
      let isAnswered = false;
      answered = db.outside(act).finally(() => (isAnswered = true));
      await eventually(async () => isAnswered || (await someoneWaits(db)));
    });
    if (!answered) throw new Error('Nothing was sent');
    return answered;
  }

  const entries = (act: string, objectId: string) =>
    db.query(
      'SELECT 1 FROM audit.entries e JOIN audit.openings o ON o.entry_id = e.id WHERE e.act = $1 AND o.subject_id = $2',
      [act, objectId],
    );

  it('as an operator does nothing once their sessions have ended, however far the act had come', async () => {
    const officer = await aSignedInOperator(test, 'privacyOfficer');
    const person = await aSignedInSubject(test);
    const shut = () =>
      db.execute('UPDATE identity.operator_sessions SET ended_at = now() WHERE operator_id = $1', [officer.operatorId]);
    const answer = await meanwhile(shut, () =>
      officer.post(`operator/subjects/${person.subjectId}/reveal`, { fields: ['email'], reason: 'Ticket 4711' }),
    );
    expect(answer).toMatchObject({ status: 401, body: { code: 'session.expired' } });
    expect(await entries('subject.revealed', person.subjectId)).toEqual([]);
  });

  it('as an operator can still end the very session they act in', async () => {
    const officer = await aSignedInOperator(test, 'privacyOfficer');
    expect((await officer.request({ method: 'DELETE', path: 'operator/sessions/current' })).status).toBe(204);
    expect((await officer.get('operator/sessions/current')).status).toBe(401);
  });

  it('as an operator is not signed in with what was changed while it was looked at', async () => {
    const officer = await aSignedInOperator(test, 'privacyOfficer');
    const answer = await meanwhile(
      () =>
        db.execute('UPDATE identity.operators SET is_active = false, version = version + 1 WHERE id = $1', [
          officer.operatorId,
        ]),
      () => officer.signIn(),
    );
    expect(answer).toMatchObject({ status: 401, body: { code: 'session.invalid_credentials' } });
  });

  it('as a person is not signed in with a password that was changed while it was looked at, nor on a closed account', async () => {
    for (const change of [
      `UPDATE identity.credentials SET changed_at = changed_at + interval '1 second' WHERE subject_id = $1`,
      `UPDATE identity.subjects SET status = 'closed' WHERE subject_id = $1`,
    ]) {
      const person = await aSignedInSubject(test);
      const answer = await meanwhile(
        () => db.execute(change, [person.subjectId]),
        () => person.signIn(),
      );
      expect(answer).toMatchObject({ status: 401, body: { code: 'session.invalid_credentials' } });
    }
  });

  it('as a person changes no password by a session that has ended, or by one that has been replaced', async () => {
    for (const change of [
      'UPDATE identity.subject_sessions SET ended_at = now() WHERE subject_id = $1',
      `UPDATE identity.credentials SET changed_at = changed_at + interval '1 second' WHERE subject_id = $1`,
    ]) {
      const person = await aSignedInSubject(test);
      const answer = await meanwhile(
        () => db.execute(change, [person.subjectId]),
        () =>
          person.send('PUT', 'me/password', { currentPassword: subjectPassword, password: 'another-fine-password-8' }),
      );
      expect(answer).toMatchObject({ status: 403, body: { code: 'access.reauthentication_needed' } });
    }
  });

  it('takes no new address on an account that was restricted since the code was sent', async () => {
    const person = await aSignedInSubject(test);
    const value = `next-${newId()}@example.com`;
    const { body } = await person.send('PUT', 'me/identifiers/email', { value, password: subjectPassword });
    await db.execute('UPDATE identity.subjects SET is_restricted = true WHERE subject_id = $1', [person.subjectId]);
    expect((await confirm(test, body.verification.id, await codeTo(test, value))).body.code).toBe('subject.restricted');
  });
});
