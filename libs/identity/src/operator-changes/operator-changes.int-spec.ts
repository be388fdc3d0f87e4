import { Database } from '@abide/platform';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { DataSource } from 'typeorm';
import { AccessVersions1764000324000 } from '../migrations/1764000324000-access-versions.js';
import {
  accept,
  advance,
  anOperator,
  aSignedInOperator,
  createIdentityApp,
  goodPassword,
  mailTo,
  resetClock,
  TestConsole,
} from '../testing/app.js';

const anotherPassword = 'seven quiet lanterns by the lake';

describe('changes of operators that need a second person', () => {
  let test: TestApp;
  let proposer: TestConsole;
  let confirmer: TestConsole;
  beforeAll(async () => {
    test = await createIdentityApp();
  });
  beforeEach(async () => {
    [proposer, confirmer] = [
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'administrator'),
    ];
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  let sequence = 0;
  const anAddition = (changes = {}) => ({
    email: `new-${(sequence += 1)}@abide.example`,
    name: 'Su Wen',
    roles: ['policyApprover'],
    ...changes,
  });
  const propose = async (body: object = anAddition()): Promise<string> =>
    (await proposer.post('operator/operators', body)).body.change.id;
  const patch = (by: TestConsole, id: string, body: object, headers = {}) =>
    by.request({ method: 'PATCH', path: `operator/operators/${id}`, body, headers });
  const confirm = (by: TestConsole, id: string, body = {}) =>
    by.post(`operator/operator-changes/${id}/confirmation`, body);
  const reject = (by: TestConsole, id: string, reason = 'Not agreed with the team') =>
    by.post(`operator/operator-changes/${id}/rejection`, { reason });
  const signInAs = (email: string, password = goodPassword): Promise<TestAnswer> =>
    test.request({ method: 'POST', path: 'operator/sessions', body: { email, password } });
  const countOf = async (sql: string, values: unknown[]): Promise<number> =>
    (await test.get(Database).query(sql, values)).length;
  const lastEntry = async (act: string) =>
    (
      await test
        .get(Database)
        .query<{ actor_id: string; details: Record<string, unknown> }>(
          'SELECT actor_id, details FROM audit.entries WHERE act = $1 ORDER BY id DESC LIMIT 1',
          [act],
        )
    )[0];

  it('does not let one administrator make an editor and an approver of their own and sign in as both', async () => {
    for (const role of ['policyEditor', 'policyApprover']) {
      const body = anAddition({ roles: [role] });
      const answer = await proposer.post('operator/operators', body);
      expect(answer.status).toBe(202);
      expect((await confirm(proposer, answer.body.change.id)).body).toMatchObject({
        status: 403,
        code: 'operator.own_change',
      });
      expect((await signInAs(body.email)).status).toBe(401);
    }
  });

  it('does not let one administrator take over a colleague by a password and factors of their choice', async () => {
    const approver = await aSignedInOperator(test, 'policyApprover');
    expect((await patch(proposer, approver.operatorId, { password: anotherPassword })).body.code).toBe(
      'request.invalid',
    );
    expect(
      (await proposer.request({ method: 'DELETE', path: `operator/operators/${approver.operatorId}/factors` })).status,
    ).toBe(202);
    expect((await signInAs(approver.email, anotherPassword)).status).toBe(401);
    expect((await approver.get('operator/sessions/current')).status).toBe(200);
  });

  it('does not let one administrator bring back a deactivated operator', async () => {
    const operator = await anOperator(test, 'policyApprover');
    expect((await patch(proposer, operator.operatorId, { active: false })).body).toMatchObject({ active: false });
    expect((await patch(proposer, operator.operatorId, { active: true })).status).toBe(202);
    expect((await operator.signIn()).status).toBe(401);
  });

  it('tells what waits, who proposed it and until when', async () => {
    const body = anAddition();
    const { change } = (await proposer.post('operator/operators', body)).body;
    expect(change).toMatchObject({
      kind: 'creation',
      state: 'pending',
      operator: null,
      proposed: { email: body.email, name: 'Su Wen', roles: ['policyApprover'] },
      proposedBy: { id: proposer.operatorId, name: 'Fang Yuan' },
      decidedBy: null,
    });
    expect(Date.parse(change.expiresAt) - Date.parse(change.proposedAt)).toBe(7 * 86_400_000);
    const listed = await confirmer.get('operator/operator-changes?state=pending&limit=1');
    expect(listed.body.items).toEqual([change]);
  });

  it('adds the operator once another administrator confirms, with the evidence of both', async () => {
    const body = anAddition();
    const id = await propose(body);
    const answer = await confirm(confirmer, id, { reason: 'Joined the team in May' });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        state: 'confirmed',
        operator: { email: body.email, roles: ['policyApprover'] },
        decidedBy: { id: confirmer.operatorId },
        reason: 'Joined the team in May',
      },
    });
    expect((await signInAs(body.email)).status).toBe(401);
    expect(await accept(test, body.email)).toBe(204);
    expect((await signInAs(body.email)).body.operator.roles).toEqual(['policyApprover']);
    const both = { proposedBy: proposer.operatorId, confirmedBy: confirmer.operatorId };
    expect(await lastEntry('operator.created')).toEqual({
      actor_id: confirmer.operatorId,
      details: { roles: 'policyApprover', singleHanded: false, ...both },
    });
    expect(await lastEntry('operatorChange.confirmed')).toMatchObject({
      actor_id: confirmer.operatorId,
      details: { kind: 'creation', proposedBy: proposer.operatorId },
    });
  });

  it('changes roles once confirmed, and ends the sessions of the operator only then', async () => {
    const operator = await aSignedInOperator(test, 'auditor');
    const { change } = (await patch(proposer, operator.operatorId, { roles: ['policyEditor'] })).body;
    expect(change).toMatchObject({
      kind: 'amendment',
      operator: { id: operator.operatorId, roles: ['auditor'] },
      proposed: { roles: ['policyEditor'] },
    });
    expect((await operator.get('operator/sessions/current')).body.operator.roles).toEqual(['auditor']);
    await confirm(confirmer, change.id);
    expect((await operator.get('operator/sessions/current')).status).toBe(401);
    expect((await operator.signIn()).body.operator.roles).toEqual(['policyEditor']);
    expect((await lastEntry('operator.rolesChanged'))?.details).toMatchObject({
      before: 'auditor',
      roles: 'policyEditor',
      singleHanded: false,
      confirmedBy: confirmer.operatorId,
    });
  });

  it('takes away factors once confirmed, and tells whose they were', async () => {
    const operator = await anOperator(test, 'auditor');
    const { change } = (
      await proposer.request({ method: 'DELETE', path: `operator/operators/${operator.operatorId}/factors` })
    ).body;
    expect((await confirm(confirmer, change.id)).body).toMatchObject({ kind: 'factorReset', state: 'confirmed' });
    expect((await lastEntry('operator.factorRemoved'))?.details).toMatchObject({
      singleHanded: false,
      proposedBy: proposer.operatorId,
    });
    expect((await mailTo(test, operator.email)).at(-1)?.text).toMatch(/二次验证已被移除/);
  });

  it('deactivates and renames at once, and lets only the rest of the same edit wait', async () => {
    const operator = await aSignedInOperator(test, 'auditor');
    const answer = await patch(proposer, operator.operatorId, {
      name: 'Bai Lu',
      active: false,
      roles: ['supportAgent'],
    });
    expect(answer.body.change).toMatchObject({
      operator: { name: 'Bai Lu', active: false, roles: ['auditor'] },
      proposed: { roles: ['supportAgent'] },
    });
    expect((await operator.get('operator/sessions/current')).status).toBe(401);
  });

  it('applies a change once, however many confirm it at the same time', async () => {
    const others = [
      confirmer,
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'administrator'),
    ];
    const operator = await anOperator(test, 'auditor');
    const { change } = (await patch(proposer, operator.operatorId, { roles: ['supportAgent'] })).body;
    const answers = await Promise.all(others.map((by) => confirm(by, change.id)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(answers.filter(({ body }) => body.code === 'operator.change_decided')).toHaveLength(2);
    expect(
      await countOf("SELECT 1 FROM audit.entries WHERE act = 'operator.rolesChanged' AND object_id = $1", [
        operator.operatorId,
      ]),
    ).toBe(1);
  });

  it('confirms no older change over a newer one, and says that it is stale', async () => {
    const operator = await aSignedInOperator(test, 'auditor');
    const reset = () =>
      proposer.request({ method: 'DELETE', path: `operator/operators/${operator.operatorId}/factors` });
    const [older, firstReset, newer] = [
      (await patch(proposer, operator.operatorId, { roles: ['administrator', 'privacyOfficer'] })).body.change,
      (await reset()).body.change,
      (await patch(proposer, operator.operatorId, { roles: ['policyEditor'] })).body.change,
    ];
    expect((await confirm(confirmer, newer.id)).status).toBe(200);
    for (const { id } of [older, firstReset])
      expect((await confirm(confirmer, id)).body).toMatchObject({ status: 409, code: 'change.stale' });
    expect((await confirmer.get(`operator/operators/${operator.operatorId}`)).body.roles).toEqual(['policyEditor']);
    const [one, other] = [(await reset()).body.change, (await reset()).body.change];
    expect((await confirm(confirmer, other.id)).status).toBe(200);
    expect((await confirm(confirmer, one.id)).body.code).toBe('change.stale');
    expect((await reject(confirmer, older.id)).status).toBe(200);
  });

  it('confirms nothing about somebody who was shut out or let in since, and what a name or a new password does not touch', async () => {
    const operator = await aSignedInOperator(test, 'auditor');
    const { change } = (await patch(proposer, operator.operatorId, { roles: ['policyEditor'] })).body;
    await patch(proposer, operator.operatorId, { name: 'Bai Lu' });
    const own = await operator.request({
      method: 'PUT',
      path: 'operator/password',
      body: { currentPassword: goodPassword, password: anotherPassword },
    });
    expect(own.status).toBe(204);
    expect((await confirm(confirmer, change.id)).status).toBe(200);
    const after = (await patch(proposer, operator.operatorId, { roles: ['administrator'] })).body.change;
    await patch(proposer, operator.operatorId, { active: false });
    expect((await confirm(confirmer, after.id)).body.code).toBe('change.stale');
  });

  it('either confirms or rejects when both are asked at the same time', async () => {
    const third = await aSignedInOperator(test, 'administrator');
    const body = anAddition();
    const id = await propose(body);
    const [confirmed, rejected] = await Promise.all([confirm(confirmer, id), reject(third, id)]);
    expect([confirmed.status, rejected.status].toSorted()).toEqual([200, 409]);
    expect(await countOf('SELECT 1 FROM identity.operators WHERE email = $1', [body.email])).toBe(
      confirmed.status === 200 ? 1 : 0,
    );
  });

  it('changes nothing when the change is rejected, for a reason that is kept', async () => {
    const body = anAddition();
    const id = await propose(body);
    expect((await confirmer.post(`operator/operator-changes/${id}/rejection`, {})).body.code).toBe('request.invalid');
    expect((await reject(proposer, id)).body).toMatchObject({ status: 403, code: 'operator.own_change' });
    expect((await reject(confirmer, id)).body).toMatchObject({
      state: 'rejected',
      reason: 'Not agreed with the team',
      operator: null,
    });
    expect((await confirm(confirmer, id)).body).toMatchObject({ status: 409, code: 'operator.change_decided' });
    expect((await signInAs(body.email)).status).toBe(401);
  });

  it('expires after seven days', async () => {
    const id = await propose();
    await advance(test, 'P7D');
    await confirmer.signIn();
    expect((await confirm(confirmer, id)).body).toMatchObject({ status: 409, code: 'operator.change_expired' });
    expect((await confirmer.get('operator/operator-changes?state=expired')).body.items[0]).toMatchObject({
      id,
      state: 'expired',
    });
    expect((await confirmer.get('operator/operator-changes?state=pending')).body.items).toEqual([]);
  });

  it('does not confirm what somebody proposed who is no administrator any more', async () => {
    const id = await propose();
    expect((await patch(confirmer, proposer.operatorId, { active: false })).status).toBe(202);
    expect((await confirm(confirmer, id)).body).toMatchObject({ status: 409, code: 'operator.proposer_gone' });
    expect((await reject(confirmer, id)).status).toBe(200);
  });

  it('leaves a change pending when it cannot be applied', async () => {
    const body = anAddition();
    const [first, second] = [await propose(body), await propose(body)];
    expect((await confirm(confirmer, first)).status).toBe(200);
    expect((await confirm(confirmer, second)).body).toMatchObject({ status: 409, code: 'operator.email_taken' });
    expect(await countOf("SELECT 1 FROM identity.operator_changes WHERE id = $1 AND state = 'pending'", [second])).toBe(
      1,
    );
  });

  it('asks for a fresh proof of who decides', async () => {
    const id = await propose();
    await advance(test, 'PT6M');
    expect((await confirm(confirmer, id)).body.code).toBe('session.step_up_required');
    expect((await reject(confirmer, id)).body.code).toBe('session.step_up_required');
    await confirmer.stepUp();
    expect((await confirm(confirmer, id)).status).toBe(200);
  });

  it('shows the changes to whoever sees operators, and lets only a second person decide', async () => {
    const auditor = await aSignedInOperator(test, 'auditor');
    const id = await propose();
    expect((await auditor.get('operator/operator-changes')).body.items[0].id).toBe(id);
    expect((await confirm(auditor, id)).body).toMatchObject({
      code: 'operator.forbidden',
      permission: 'change.decide',
    });
    expect((await reject(auditor, id)).body).toMatchObject({ code: 'operator.forbidden', permission: 'change.decide' });
    const editor = await aSignedInOperator(test, 'policyEditor');
    expect((await editor.get('operator/operator-changes')).body).toMatchObject({
      code: 'operator.forbidden',
      permission: 'operator.read',
    });
  });

  it('pages through the changes, newest first', async () => {
    const ids = [await propose(), await propose(), await propose()];
    const first = await confirmer.get('operator/operator-changes?limit=2');
    const second = await confirmer.get(`operator/operator-changes?limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...second.body.items].slice(0, 3).map(({ id }) => id)).toEqual(ids.toReversed());
  });

  it('gives the waiting change again for the same key, and keeps it once', async () => {
    const body = anAddition();
    const send = () =>
      proposer.request({
        method: 'POST',
        path: 'operator/operators',
        body,
        headers: { 'idempotency-key': body.email },
      });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status, second.body.change.id]).toEqual([202, 202, first.body.change.id]);
  });
});

describe('an installation from before changes could be stale', () => {
  it('confirms what waits, and not what was proposed before something else was confirmed', async () => {
    const test = await createIdentityApp();
    const [one, other, auditor] = [
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'administrator'),
      await anOperator(test, 'auditor'),
    ];
    const propose = async (roles: string[]) =>
      (await one.request({ method: 'PATCH', path: `operator/operators/${auditor.operatorId}`, body: { roles } })).body
        .change.id;
    const confirm = (id: string) => other.post(`operator/operator-changes/${id}/confirmation`, {});
    const [older, newer, latest] = [
      await propose(['administrator']),
      await propose(['policyEditor']),
      await propose(['supportAgent']),
    ];
    await confirm(newer);
    const owner = await new DataSource({ type: 'postgres', url: test.databaseUrl }).initialize();
    const runner = owner.createQueryRunner();
    const migration = new AccessVersions1764000324000();
    await migration.down(runner);
    await runner.query("UPDATE identity.operator_changes SET proposed_at = now() + interval '1 hour' WHERE id = $1", [
      latest,
    ]);
    await migration.up(runner);
    await owner.destroy();
    expect((await confirm(older)).body.code).toBe('change.stale');
    expect((await confirm(latest)).body.operator.roles).toEqual(['supportAgent']);
    await test.close();
  });
});
