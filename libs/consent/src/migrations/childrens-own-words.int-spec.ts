import { aChild } from '@abide/identity/testing';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { Gate } from '../gate/gate.service.js';
import { aSignedInOperator, createConsentApp } from '../testing/app.js';
import { aConsentPolicy } from '../testing/policies.js';
import { ChildrensOwnWords1764000615000 } from './1764000615000-childrens-own-words.js';

describe('what staff recorded for a child before a guardian had to be named', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
  });
  afterAll(() => test.close());

  it('ends with the upgrade, and a guardian’s word stands', async () => {
    const revisionId = await (await PolicyStaff.open(test)).inForce(aConsentPolicy());
    const { child } = await aChild(test, { acceptedRevisionIds: [revisionId] });
    const officer = await aSignedInOperator(test, 'privacyOfficer');
    const [held] = (await officer.get(`operator/subjects/${child.subjectId}/guardianships`)).body.items;
    const note = {
      state: 'granted',
      evidence: 'Said so on the telephone.',
      reason: 'Ticket 4711',
      guardianshipId: held.id,
    };
    for (const purpose of ['advertising.relevant', 'survey.participation'])
      await officer.post(`operator/subjects/${child.subjectId}/consents`, { purpose, ...note });
    await test
      .get(Database)
      .execute(
        "UPDATE consent.states SET given_by = 'operator' WHERE subject_id = $1 AND purpose = 'advertising.relevant'",
        [child.subjectId],
      );
    const owner = new pg.Client({ connectionString: test.databaseUrl });
    await owner.connect();
    await new ChildrensOwnWords1764000615000().up({
      query: (sql: string) => owner.query(sql),
    } as unknown as QueryRunner);
    await owner.end();
    const codeFor = async (purpose: string, category: string) =>
      (await test.get(Gate).decide({ subjectId: child.subjectId, action: 'use', purpose, categories: [category] }))
        .results[0]?.code;
    expect(await codeFor('advertising.relevant', 'log.browsing')).toBe('consent.expired');
    expect(await codeFor('survey.participation', 'registration.email')).toBeNull();
  });
});
