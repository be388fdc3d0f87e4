import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { advance, anOperator, resetClock } from '@abide/identity/testing';
import { Database, HolderRegistry } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { Vault } from '@abide/vault';
import { aSignedInOperator, createConsentApp, type TestConsole } from '../testing/app.js';
import { TestSubject } from '../testing/people.js';
import { aConsentPolicy } from '../testing/policies.js';

const documented = JSON.parse(readFileSync(join(import.meta.dirname, '../../../client/openapi.json'), 'utf8')) as {
  paths: Record<string, { get?: object }>;
};
const kinds: Readonly<Record<string, string>> = {
  '': 'profile',
  '/acceptances': 'acceptances',
  '/consents': 'consents',
  '/guardianships': 'guardians',
  '/holdings': 'holdings',
  '/mandates': 'profile',
  '/notices': 'notices',
  '/positioning': 'positioning',
  '/receipts/{id}': 'receipts',
  '/timeline': 'timeline',
};

/** Says whether the operator may look, and nothing else of the person. */
const beforeTheLook = '/minor-look';
/** Of a module above, whose own spec looks at it. */
const above = ['/death'];

describe('an operator’s look at a person', () => {
  let test: TestApp;
  let db: Database;
  let revisionId: string;
  let person: TestSubject;
  let auditor: TestConsole;
  let receiptId: string;

  beforeAll(async () => {
    test = await createConsentApp();
    db = test.get(Database);
    revisionId = await (await PolicyStaff.open(test)).inForce(aConsentPolicy());
    auditor = await aSignedInOperator(test, 'auditor');
  });
  beforeEach(async () => {
    person = await TestSubject.register(test, [revisionId]);
    ({ receiptId } = (await person.grant('advertising.relevant')).body);
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const look = (path: string, by = auditor) =>
    by.get(`operator/subjects/${person.id}${path.replace('{id}', receiptId)}`);
  const entries = () =>
    db.query<{ actor_id: string; kind: string }>(
      "SELECT e.actor_id, e.details->>'kind' AS kind FROM audit.entries e JOIN audit.openings o ON o.entry_id = e.id WHERE o.subject_id = $1 AND e.act = 'subject.viewed' ORDER BY e.at, e.id",
      [person.id],
    );

  it('is on record whatever page of them it is, and there is no other', async () => {
    const paths = Object.entries(documented.paths).flatMap(([path, { get }]) =>
      get && path.startsWith('/api/v1/operator/subjects/{') ? [path.replace(/^.*?\}/, '')] : [],
    );
    for (const path of above) expect(paths.splice(paths.indexOf(path), 1)).toEqual([path]);
    expect(paths.sort()).toEqual([...Object.keys(kinds), beforeTheLook].sort());
    for (const path of paths) expect((await look(path)).status).toBe(200);
    expect((await entries()).map(({ kind }) => kind).sort()).toEqual([...new Set(Object.values(kinds))].sort());
    expect(new Set((await entries()).map(({ actor_id }) => actor_id))).toEqual(new Set([auditor.operatorId]));
  });

  it('leaves one entry for each operator, person and kind of look an hour, also of many at once', async () => {
    await Promise.all(Array.from({ length: 5 }, () => look('/consents')));
    const other = await aSignedInOperator(test, 'supportAgent');
    await look('/consents', other);
    await look('/holdings');
    expect((await entries()).map(({ actor_id, kind }) => [actor_id, kind])).toEqual([
      [auditor.operatorId, 'consents'],
      [other.operatorId, 'consents'],
      [auditor.operatorId, 'holdings'],
    ]);
    await advance(test, 'PT59M');
    await auditor.signIn();
    await look('/consents');
    expect(await entries()).toHaveLength(3);
    await advance(test, 'PT2M');
    await look('/consents');
    expect(await entries()).toHaveLength(4);
  });

  it('leaves one entry also where the look that began first arrives last', async () => {
    await advance(test, 'PT1S');
    await look('/consents');
    await resetClock(test);
    await look('/consents');
    expect(await entries()).toHaveLength(1);
  });

  it('leaves none where nothing was shown, and none of somebody erased', async () => {
    const editor = await aSignedInOperator(test, 'policyEditor');
    expect((await look('', editor)).status).toBe(403);
    expect((await look('', await anOperator(test, 'auditor'))).status).toBe(401);
    expect(
      (await auditor.get(`operator/subjects/${person.id}/receipts/018f0000-0000-7000-8000-000000000000`)).status,
    ).toBe(404);
    expect(await entries()).toEqual([]);
    await look('/holdings');
    await test.get(HolderRegistry).named('identity')?.erase(person.id);
    await test.get(Vault).destroyKeys(person.id, 'ordinary');
    await db.query('DELETE FROM audit.openings WHERE subject_id = $1', [person.id]);
    expect(await db.query('SELECT 1 FROM identity.looks WHERE subject_id = $1', [person.id])).toEqual([]);
    await look(`/receipts/{id}`);
    expect(await entries()).toEqual([]);
  });
});
