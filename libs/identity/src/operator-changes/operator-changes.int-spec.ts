import { Database } from '@abide/platform';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { DataSource } from 'typeorm';
import { AccessVersions1764000324000 } from '../migrations/1764000324000-access-versions.js';
import { OneTableOfChanges1764000336000 } from '../migrations/1764000336000-one-table-of-changes.js';
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
      kind: 'operatorCreation',
      state: 'waiting',
      object: { type: 'operator', name: { en: 'Su Wen' } },
      proposed: { email: body.email, name: 'Su Wen', roles: ['policyApprover'] },
      opens: [{ en: 'May approve policies, put them into force and withdraw them.' }],
      proposedBy: { id: proposer.operatorId, name: 'Fang Yuan' },
      decidedBy: null,
    });
    expect(Date.parse(change.expiresAt) - Date.parse(change.proposedAt)).toBe(7 * 86_400_000);
    const listed = async (by: TestConsole, path: string) =>
      (await by.get(`operator/${path}?state=waiting&limit=1`)).body.items;
    expect(await listed(proposer, 'changes')).toEqual([change]);
    expect(await listed(proposer, 'operator-changes')).toEqual([{ ...change, operator: null }]);
    expect(await listed(confirmer, 'operator-changes')).toEqual([{ ...change, operator: null, mayConfirm: true }]);
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
      details: { roles: 'policyApprover', singleHanded: false, ...both, opens: expect.stringContaining('May approve') },
    });
    expect(await lastEntry('change.confirmed')).toMatchObject({
      actor_id: confirmer.operatorId,
      details: { kind: 'operatorCreation', objectType: 'operator', proposedBy: proposer.operatorId },
    });
  });

  it('changes roles once confirmed, and ends the sessions of the operator only then', async () => {
    const operator = await aSignedInOperator(test, 'auditor');
    const { change } = (await patch(proposer, operator.operatorId, { roles: ['policyEditor'] })).body;
    expect(change).toMatchObject({
      kind: 'operatorAmendment',
      object: { type: 'operator', id: operator.operatorId },
      proposed: { email: operator.email, roles: ['policyEditor'], before: { roles: ['auditor'] } },
      opens: [{ en: 'May write policies and submit them for review.' }],
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
    expect((await confirm(confirmer, change.id)).body).toMatchObject({
      kind: 'operatorFactorReset',
      state: 'confirmed',
      opens: [{ en: expect.stringContaining('password alone') }],
    });
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
      object: { name: { en: 'Bai Lu' } },
      proposed: { roles: ['supportAgent'], before: { roles: ['auditor'] } },
    });
    expect((await confirmer.get(`operator/operators/${operator.operatorId}`)).body).toMatchObject({
      name: 'Bai Lu',
      active: false,
      roles: ['auditor'],
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
    expect(answers.filter(({ body }) => body.code === 'change.decided')).toHaveLength(2);
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
    expect((await confirm(confirmer, id)).body).toMatchObject({ status: 409, code: 'change.decided' });
    expect((await signInAs(body.email)).status).toBe(401);
  });

  it('expires after seven days', async () => {
    const id = await propose();
    await advance(test, 'P7D');
    await confirmer.signIn();
    expect((await confirm(confirmer, id)).body).toMatchObject({ status: 409, code: 'change.expired' });
    expect((await confirmer.get('operator/operator-changes?state=expired')).body.items[0]).toMatchObject({
      id,
      state: 'expired',
    });
    expect((await confirmer.get('operator/operator-changes?state=waiting')).body.items).toEqual([]);
  });

  it('does not confirm what somebody proposed who is no administrator any more', async () => {
    const id = await propose();
    expect((await patch(confirmer, proposer.operatorId, { active: false })).status).toBe(202);
    expect((await confirm(confirmer, id)).body).toMatchObject({ status: 409, code: 'change.proposer_gone' });
    expect((await reject(confirmer, id)).status).toBe(200);
  });

  it('leaves a change waiting when it cannot be applied', async () => {
    const body = anAddition();
    const [first, second] = [await propose(body), await propose(body)];
    expect((await confirm(confirmer, first)).status).toBe(200);
    expect((await confirm(confirmer, second)).body).toMatchObject({ status: 409, code: 'operator.email_taken' });
    expect(await countOf("SELECT 1 FROM identity.pending_changes WHERE id = $1 AND state = 'waiting'", [second])).toBe(
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

  it('is seen and decided on as every change is, and no other under the address of operators', async () => {
    const auditor = await aSignedInOperator(test, 'auditor');
    const id = await propose();
    const seen = async (by: TestConsole) => (await by.get(`operator/changes/${id}`)).body.mayConfirm;
    expect([await seen(proposer), await seen(confirmer), await seen(auditor)]).toEqual([false, true, false]);
    const { body: overview } = await confirmer.get('operator/overview');
    const { mine } = overview.fragments.find(({ name }: { name: string }) => name === 'changes');
    expect(mine).toContainEqual(expect.objectContaining({ id, kind: 'operatorCreation' }));
    const { change: other } = (
      await proposer.post('operator/clients', {
        name: 'Survey reports',
        scopes: ['telemetry:read'],
        purposes: ['product.improvement'],
        services: ['ticketing'],
      })
    ).body;
    for (const decide of [confirm, reject])
      expect((await decide(confirmer, other.id)).body).toMatchObject({ status: 404, code: 'change.not_found' });
    expect((await confirmer.get('operator/operator-changes')).body.items.map((one: any) => one.object.type)).toEqual(
      expect.not.arrayContaining(['client']),
    );
    const answer = await confirmer.post(`operator/changes/${id}/confirmation`, {});
    expect(answer.body).toMatchObject({ state: 'confirmed', mayConfirm: false });
    expect((await confirmer.get(`operator/operators/${answer.body.object.id}`)).status).toBe(200);
  });

  it('opens nothing that is not given', async () => {
    const opens = async (from: string[], to: string[]) => {
      const operator = await anOperator(test, 'auditor');
      await test
        .get(Database)
        .execute('UPDATE identity.operators SET roles = $2 WHERE id = $1', [operator.operatorId, from]);
      return (await patch(proposer, operator.operatorId, { roles: to })).body.change.opens.length;
    };
    expect(await opens(['auditor', 'policyEditor'], ['policyEditor'])).toBe(0);
    expect(await opens(['auditor'], ['auditor', 'policyEditor', 'supportAgent', 'policyEditor'])).toBe(2);
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
    const [versions, table] = [new AccessVersions1764000324000(), new OneTableOfChanges1764000336000()];
    await table.down(runner);
    await versions.down(runner);
    await runner.query("UPDATE identity.operator_changes SET proposed_at = now() + interval '1 hour' WHERE id = $1", [
      latest,
    ]);
    await versions.up(runner);
    await table.up(runner);
    await owner.destroy();
    expect((await confirm(older)).body.code).toBe('change.stale');
    expect((await confirm(latest)).body.operator.roles).toEqual(['supportAgent']);
    await test.close();
  });
});

describe('an installation from before all changes were kept in one table', () => {
  it('goes on with what waits, and shows what was decided as it was', async () => {
    const test = await createIdentityApp();
    const [one, other, officer, auditor] = [
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'privacyOfficer'),
      await anOperator(test, 'auditor'),
    ];
    const add = (email: string) => one.post('operator/operators', { email, name: 'Su Wen', roles: ['auditor'] });
    const patch = (id: string, body: object) =>
      one.request({ method: 'PATCH', path: `operator/operators/${id}`, body });
    const decide = (id: string, verdict = 'confirmation', by = other) =>
      by.post(`operator/changes/${id}/${verdict}`, { reason: 'Asked by telephone' });
    const added = (await add('added@abide.example')).body.change;
    await decide(added.id);
    const refused = (await add('refused@abide.example')).body.change;
    await decide(refused.id, 'rejection');
    const roles = (await patch(auditor.operatorId, { roles: ['supportAgent'] })).body.change;
    const reset = (await one.request({ method: 'DELETE', path: `operator/operators/${auditor.operatorId}/factors` }))
      .body.change;
    const waiting = (await add('waiting@abide.example')).body.change;
    const suspended = (await patch(officer.operatorId, { active: false })).body.change;
    const listed = async () => (await other.get('operator/operator-changes')).body.items;
    const before = await listed();

    const owner = await new DataSource({ type: 'postgres', url: test.databaseUrl }).initialize();
    const migration = new OneTableOfChanges1764000336000();
    await migration.down(owner.createQueryRunner());
    const earlier = await owner.query('SELECT kind, state, proposed FROM identity.operator_changes ORDER BY id');
    expect(earlier.map(({ kind, state }: any) => [kind, state])).toEqual([
      ['creation', 'confirmed'],
      ['creation', 'rejected'],
      ['amendment', 'pending'],
      ['factorReset', 'pending'],
      ['creation', 'pending'],
      ['amendment', 'pending'],
    ]);
    expect([earlier[2].proposed, earlier[5].proposed]).toEqual([{ roles: ['supportAgent'] }, { isActive: false }]);
    await migration.up(owner.createQueryRunner());
    await owner.destroy();

    const facts = ({ id, kind, state, operator, decidedBy, reason, expiresAt, mayConfirm }: any) => ({
      id,
      kind,
      state,
      operator,
      decidedBy,
      reason,
      expiresAt,
      mayConfirm,
    });
    expect((await listed()).map(facts)).toEqual(before.map(facts));
    expect((await decide(waiting.id)).body.state).toBe('confirmed');
    expect(await accept(test, 'waiting@abide.example')).toBe(204);
    expect((await decide(suspended.id, 'rejection')).body.state).toBe('rejected');
    expect((await officer.signIn()).status).toBe(200);
    expect((await decide(roles.id)).body.state).toBe('confirmed');
    expect((await decide(reset.id)).body.code).toBe('change.stale');
    expect((await other.get(`operator/operators/${auditor.operatorId}`)).body.roles).toEqual(['supportAgent']);
    await test.close();
  });
});
