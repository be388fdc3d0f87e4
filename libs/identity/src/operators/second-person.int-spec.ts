import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { DataSource } from 'typeorm';
import { SecondPerson1764000316000 } from '../migrations/1764000316000-second-person.js';
import { advance, anOperator, aSignedInOperator, createIdentityApp, type TestConsole } from '../testing/app.js';

describe('the only administrator', () => {
  let test: TestApp;
  let administrator: TestConsole;
  beforeAll(async () => {
    test = await createIdentityApp();
    administrator = await aSignedInOperator(test, 'administrator');
  });
  afterAll(() => test.close());

  const patch = (id: string, body: object) =>
    administrator.request({ method: 'PATCH', path: `operator/operators/${id}`, body });

  it('acts at once, and the evidence of each grant says so', async () => {
    const added = await administrator.post('operator/operators', {
      email: 'qiu.he@abide.example',
      name: 'Qiu He',
      roles: ['auditor'],
    });
    expect(added.status).toBe(201);
    expect(
      (await administrator.post('operator/operators', { email: 'Qiu.He@abide.example', name: 'Twin', roles: [] })).body,
    ).toMatchObject({ status: 409, code: 'operator.email_taken' });
    expect((await patch(added.body.id, { roles: ['supportAgent'], active: true })).body.roles).toEqual([
      'supportAgent',
    ]);
    expect(
      (await administrator.request({ method: 'DELETE', path: `operator/operators/${added.body.id}/factors` })).status,
    ).toBe(204);
    const entries = await test
      .get(Database)
      .query<{ act: string; flag: boolean }>(
        "SELECT act, details->'singleHanded' AS flag FROM audit.entries WHERE object_id = $1 AND details ? 'singleHanded' ORDER BY act",
        [added.body.id],
      );
    expect(entries).toEqual(
      ['activated', 'created', 'factorRemoved', 'rolesChanged'].map((act) => ({ act: `operator.${act}`, flag: true })),
    );
  });

  it('needs a second one as soon as there is one', async () => {
    const second = { email: 'he.yi@abide.example', name: 'He Yi', roles: ['administrator'] };
    const { id } = (await administrator.post('operator/operators', second)).body;
    expect((await administrator.post('operator/operators', { ...second, email: 'third@abide.example' })).status).toBe(
      202,
    );
    await patch(id, { active: false });
    expect((await administrator.post('operator/operators', { ...second, email: 'third@abide.example' })).status).toBe(
      202,
    );
  });
});

describe('an administrator beside a privacy officer', () => {
  let test: TestApp;
  let administrator: TestConsole;
  let officer: TestConsole;
  beforeEach(async () => {
    test = await createIdentityApp();
    [administrator, officer] = [
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'privacyOfficer'),
    ];
  });
  afterEach(() => test.close());

  const patch = (id: string, body: object) =>
    administrator.request({ method: 'PATCH', path: `operator/operators/${id}`, body });
  const add = (roles: string[]) =>
    administrator.post('operator/operators', { email: 'puppet@abide.example', name: 'Su Wen', roles });
  const decide = (by: TestConsole, id: string, verdict: 'confirmation' | 'rejection' = 'confirmation') =>
    by.post(`operator/operator-changes/${id}/${verdict}`, { reason: 'Asked by telephone' });

  it.each(['privacyOfficer', 'administrator', 'auditor'])(
    'adds nobody alone: a new %s waits until the officer confirms',
    async (role) => {
      const { status, body } = await add([role]);
      expect(status).toBe(202);
      expect((await decide(administrator, body.change.id)).body.code).toBe('operator.own_change');
      expect((await decide(officer, body.change.id)).body).toMatchObject({
        state: 'confirmed',
        operator: { roles: [role] },
      });
    },
  );

  it('gives no role, lets nobody in and takes no factor away alone', async () => {
    const auditor = await anOperator(test, 'auditor');
    expect((await patch(auditor.operatorId, { active: false })).status).toBe(200);
    const asked = [
      await patch(auditor.operatorId, { active: true }),
      await patch(auditor.operatorId, { roles: ['privacyOfficer'] }),
      await patch(officer.operatorId, { roles: ['auditor'] }),
    ];
    const reset = await administrator.request({
      method: 'DELETE',
      path: `operator/operators/${officer.operatorId}/factors`,
    });
    expect([...asked, reset].map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect((await auditor.signIn()).status).toBe(401);
  });

  it('is not alone after shutting out the officer, who is out at once and counts on until another has confirmed it', async () => {
    const { status, body } = await patch(officer.operatorId, { active: false });
    expect([status, body.change?.proposed]).toEqual([202, { email: officer.email, active: false }]);
    expect((await officer.signIn()).status).toBe(401);
    expect((await administrator.get(`operator/operators/${officer.operatorId}`)).body).toMatchObject({
      active: false,
      suspended: true,
    });
    expect((await add(['privacyOfficer'])).status).toBe(202);
    const reading = {
      name: 'Backup',
      scopes: ['telemetry:read'],
      purposes: ['product.improvement'],
      services: ['ticketing'],
    };
    expect((await administrator.post('operator/clients', reading)).status).toBe(202);
    const colleague = await aSignedInOperator(test, 'privacyOfficer');
    expect((await decide(colleague, body.change.id)).body).toMatchObject({
      state: 'confirmed',
      operator: { active: false },
    });
    expect((await add(['auditor'])).status).toBe(202);
  });

  it('sees the officer come back when another rejects it', async () => {
    const { change } = (await patch(officer.operatorId, { active: false })).body;
    const colleague = await aSignedInOperator(test, 'privacyOfficer');
    expect((await decide(colleague, change.id, 'rejection')).body).toMatchObject({
      state: 'rejected',
      operator: { active: true },
    });
    expect((await officer.signIn()).status).toBe(200);
  });
});

describe('the first administrator', () => {
  it('makes the second person alone, which the evidence says, and nothing more alone from then on', async () => {
    const test = await createIdentityApp();
    const administrator = await aSignedInOperator(test, 'administrator');
    const add = (email: string) =>
      administrator.post('operator/operators', { email, name: 'Su Wen', roles: ['privacyOfficer'] });
    const answers = await Promise.all(['one@abide.example', 'two@abide.example', 'three@abide.example'].map(add));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 202, 202]);
    const entries = await test
      .get(Database)
      .query<{ flag: boolean }>(
        "SELECT details->'singleHanded' AS flag FROM audit.entries WHERE act = 'operator.created' AND actor_id = $1",
        [administrator.operatorId],
      );
    expect(entries).toEqual([{ flag: true }]);
    await test.close();
  });
});

describe('one of two administrators', () => {
  let test: TestApp;
  let one: TestConsole;
  let other: TestConsole;
  let officer: TestConsole;
  beforeEach(async () => {
    test = await createIdentityApp();
    [one, other, officer] = [
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'privacyOfficer'),
    ];
  });
  afterEach(() => test.close());

  const patch = (by: TestConsole, id: string, body: object) =>
    by.request({ method: 'PATCH', path: `operator/operators/${id}`, body });
  const suspend = async (by: TestConsole, whom: TestConsole): Promise<string> =>
    (await patch(by, whom.operatorId, { active: false })).body.change.id;
  const add = (by: TestConsole, email: string) =>
    by.post('operator/operators', { email, name: 'Su Wen', roles: ['policyApprover'] });
  const decide = (by: TestConsole, id: string, verdict: 'confirmation' | 'rejection') =>
    by.post(`operator/operator-changes/${id}/${verdict}`, { reason: 'Asked by telephone' });

  it('is not alone after shutting out the other, who is out at once and counts on until a privacy officer has confirmed it', async () => {
    const answer = await patch(one, other.operatorId, { active: false });
    expect(answer).toMatchObject({
      status: 202,
      body: {
        change: {
          kind: 'operatorSuspension',
          object: { type: 'operator', id: other.operatorId },
          proposed: { active: false },
          opens: [],
          proposedBy: { id: one.operatorId },
        },
      },
    });
    expect((await other.get('operator/sessions/current')).status).toBe(401);
    expect((await other.signIn()).status).toBe(401);
    expect((await officer.get(`operator/operators/${other.operatorId}`)).body).toMatchObject({
      active: false,
      suspended: true,
    });
    const addition = await add(one, 'accomplice@abide.example');
    expect(addition.status).toBe(202);
    expect((await decide(officer, addition.body.change.id, 'confirmation')).body).toMatchObject({
      status: 403,
      code: 'operator.second_person_only',
    });
    expect((await decide(one, answer.body.change.id, 'confirmation')).body).toMatchObject({
      status: 403,
      code: 'operator.own_change',
    });
    expect((await decide(officer, answer.body.change.id, 'confirmation')).body).toMatchObject({
      state: 'confirmed',
      operator: { active: false },
    });
    expect((await officer.get(`operator/operators/${other.operatorId}`)).body).toMatchObject({
      active: false,
      suspended: false,
    });
    expect((await decide(officer, addition.body.change.id, 'confirmation')).body.state).toBe('confirmed');
  });

  it('does not act single-handed once the other is gone for good', async () => {
    await decide(officer, await suspend(one, other), 'confirmation');
    expect((await add(one, 'accomplice@abide.example')).status).toBe(202);
    expect((await patch(one, officer.operatorId, { roles: ['privacyOfficer', 'policyApprover'] })).status).toBe(202);
    expect((await patch(one, other.operatorId, { active: true })).status).toBe(202);
    expect(
      (await one.request({ method: 'DELETE', path: `operator/operators/${officer.operatorId}/factors` })).status,
    ).toBe(202);
  });

  it('cannot become the only one by taking the role away either', async () => {
    const { change } = (await patch(one, other.operatorId, { roles: ['auditor'] })).body;
    expect((await decide(other, change.id, 'confirmation')).body).toMatchObject({
      status: 403,
      code: 'operator.own_benefit',
    });
    expect((await decide(officer, change.id, 'confirmation')).body.operator.roles).toEqual(['auditor']);
    expect((await add(one, 'accomplice@abide.example')).status).toBe(202);
  });

  it('sees the other come back when the privacy officer rejects it', async () => {
    const id = await suspend(one, other);
    expect((await decide(officer, id, 'rejection')).body).toMatchObject({
      state: 'rejected',
      operator: { active: true },
    });
    expect((await other.signIn()).status).toBe(200);
    const [entry] = await test
      .get(Database)
      .query<{ actor_id: string; details: object }>(
        "SELECT actor_id, details FROM audit.entries WHERE act = 'operator.activated'",
      );
    expect(entry).toEqual({
      actor_id: officer.operatorId,
      details: { suspendedBy: one.operatorId, rejectedBy: officer.operatorId },
    });
  });

  it('keeps the other out, and counting, when nobody decides in time', async () => {
    const id = await suspend(one, other);
    await advance(test, 'P8D');
    await Promise.all([one.signIn(), officer.signIn()]);
    expect((await decide(officer, id, 'confirmation')).body.code).toBe('change.expired');
    expect((await other.signIn()).status).toBe(401);
    expect((await officer.get(`operator/operators/${other.operatorId}`)).body.suspended).toBe(true);
    expect(
      (await decide(officer, (await add(one, 'accomplice@abide.example')).body.change.id, 'confirmation')).body.code,
    ).toBe('operator.second_person_only');
    expect((await decide(officer, await suspend(one, other), 'confirmation')).body.state).toBe('confirmed');
  });

  it('leaves the decision to a third administrator where there is one', async () => {
    const third = await anOperator(test, 'administrator');
    await third.signIn();
    const id = await suspend(one, other);
    expect((await decide(officer, id, 'confirmation')).body).toMatchObject({
      status: 403,
      code: 'operator.second_person_only',
    });
    expect((await decide(third, id, 'confirmation')).body.state).toBe('confirmed');
  });

  it('does not let the privacy officer decide on their own roles', async () => {
    await decide(officer, await suspend(one, other), 'confirmation');
    const { change } = (await patch(one, officer.operatorId, { roles: ['privacyOfficer', 'administrator'] })).body;
    expect((await decide(officer, change.id, 'confirmation')).body).toMatchObject({
      status: 403,
      code: 'operator.own_benefit',
    });
  });
});

describe('an installation from before the second person was kept', () => {
  it('knows from its audit trail who had been an administrator', async () => {
    const test = await createIdentityApp();
    const [one, other, auditor] = [
      await aSignedInOperator(test, 'administrator'),
      await anOperator(test, 'administrator'),
      await anOperator(test, 'auditor'),
    ];
    const owner = await new DataSource({ type: 'postgres', url: test.databaseUrl }).initialize();
    const runner = owner.createQueryRunner();
    const migration = new SecondPerson1764000316000();
    await migration.down(runner);
    await runner.query("UPDATE identity.operators SET roles = '{auditor}' WHERE id = $1", [other.operatorId]);
    await migration.up(runner);
    await owner.destroy();
    const rows = await test
      .get(Database)
      .query<{ id: string }>('SELECT id FROM identity.operators WHERE has_been_administrator ORDER BY id');
    expect(rows.map(({ id }) => id)).toEqual([one.operatorId, other.operatorId].toSorted());
    expect(rows.map(({ id }) => id)).not.toContain(auditor.operatorId);
    expect(
      (await one.post('operator/operators', { email: 'accomplice@abide.example', name: 'Su Wen', roles: ['auditor'] }))
        .status,
    ).toBe(202);
    await test.close();
  });
});
