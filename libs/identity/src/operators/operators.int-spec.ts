import { Config, Database } from '@abide/platform';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import {
  accept,
  anOperator,
  aSignedInOperator,
  createIdentityApp,
  goodPassword,
  type TestConsole,
} from '../testing/app.js';
import { Operators } from './operators.service.js';
import { roles } from './roles.js';

describe('operators and their roles', () => {
  let test: TestApp;
  let administrator: TestConsole;
  let colleague: TestConsole;
  beforeAll(async () => {
    test = await createIdentityApp({ ABIDE_BOOTSTRAP_OPERATOR: 'First.Admin@abide.example:short:one' });
    administrator = await aSignedInOperator(test, 'administrator');
    colleague = await aSignedInOperator(test, 'administrator');
  });
  afterAll(() => test.close());

  const lastEntry = async (act: string) =>
    (
      await test
        .get(Database)
        .query<{ details: Record<string, unknown> }>(
          'SELECT details FROM audit.entries WHERE act = $1 ORDER BY at DESC LIMIT 1',
          [act],
        )
    )[0];
  const patch = (id: string, body: unknown, headers = {}) =>
    administrator.request({ method: 'PATCH', path: `operator/operators/${id}`, body, headers });

  const confirmed = async ({ body }: TestAnswer) =>
    (await colleague.post(`operator/operator-changes/${body.change.id}/confirmation`, {})).body;

  it('makes the first administrator from the configuration, once', async () => {
    const answer = await test.request({
      method: 'POST',
      path: 'operator/sessions',
      body: { email: 'first.admin@abide.example', password: 'short:one' },
    });
    expect(answer.body.operator.roles).toEqual(['administrator']);
    expect(await test.get(Operators).hasAny()).toBe(true);
    expect(test.get(Config).get('ABIDE_BOOTSTRAP_OPERATOR')).toBeDefined();
    expect(
      await test.get(Database).query("SELECT 1 FROM identity.operators WHERE email LIKE 'first.admin%'"),
    ).toHaveLength(1);
  });

  it('adds an operator who can then sign in', async () => {
    const body = { email: 'Mei.Chen@abide.example', name: 'Chen Mei', roles: ['policyApprover'] };
    const answer = await administrator.post('operator/operators', body);
    expect(answer.status).toBe(202);
    const { operator } = await confirmed(answer);
    expect(operator).toMatchObject({ email: 'mei.chen@abide.example', roles: ['policyApprover'], active: true });
    expect(await accept(test, operator.email)).toBe(204);
    expect(
      (
        await test.request({
          method: 'POST',
          path: 'operator/sessions',
          body: { email: body.email, password: goodPassword },
        })
      ).status,
    ).toBe(200);
  });

  it('refuses a second operator with the same address', async () => {
    const { email } = await anOperator(test, 'auditor');
    const answer = await administrator.post('operator/operators', {
      email: email.toUpperCase(),
      name: 'Twin',
      roles: [],
    });
    expect(answer.body).toMatchObject({ status: 409, code: 'operator.email_taken' });
  });

  it.each(['\u202e', '\u200b', '\u00ad', '\u2800', '\u{1d173}'])(
    'refuses an operator who looks like another by a character that nobody sees (%j)',
    async (hidden) => {
      for (const body of [
        { email: `mei${hidden}@abide.example`, name: 'Chen Mei' },
        { email: 'other.mei@abide.example', name: `Chen${hidden} Mei` },
      ]) {
        const answer = await administrator.post('operator/operators', { ...body, roles: [] });
        expect(answer.body).toMatchObject({ status: 400, code: 'request.invalid' });
      }
    },
  );

  it('refuses a role that does not exist', async () => {
    const answer = await administrator.post('operator/operators', {
      email: 'x@abide.example',
      name: 'X',
      roles: ['root'],
    });
    expect(answer.body.code).toBe('request.invalid');
  });

  it('changes roles, ends the sessions of the operator and records the grant', async () => {
    const operator = await aSignedInOperator(test, 'auditor');
    const change = await confirmed(await patch(operator.operatorId, { roles: ['policyEditor', 'supportAgent'] }));
    expect(change.operator.roles).toEqual(['policyEditor', 'supportAgent']);
    expect((await operator.get('operator/sessions/current')).status).toBe(401);
    expect((await lastEntry('operator.rolesChanged'))?.details).toMatchObject({
      before: 'auditor',
      roles: 'policyEditor supportAgent',
      singleHanded: false,
    });
  });

  it('does not let operators change their own roles', async () => {
    const answer = await patch(administrator.operatorId, { roles: [...roles] });
    expect(answer.body).toMatchObject({ status: 403, code: 'operator.own_roles' });
  });

  it('end the sessions of each other at the same moment, and nobody waits for both', async () => {
    const one = await aSignedInOperator(test, 'administrator');
    const other = await aSignedInOperator(test, 'administrator');
    const end = (by: TestConsole, whose: TestConsole) =>
      by.request({ method: 'DELETE', path: `operator/operators/${whose.operatorId}/sessions` });
    for (let round = 0; round < 5; round += 1) {
      const statuses = (await Promise.all([end(one, other), end(other, one)])).map(({ status }) => status);
      expect(statuses).toContain(204);
      expect(statuses.every((status) => [204, 401].includes(status))).toBe(true);
      await one.signIn();
      await other.signIn();
    }
  });

  it('ends the sessions of another operator, after a fresh proof of who asks', async () => {
    const operator = await aSignedInOperator(test, 'auditor');
    const endSessions = (by: TestConsole) =>
      by.request({ method: 'DELETE', path: `operator/operators/${operator.operatorId}/sessions` });
    expect((await endSessions(await aSignedInOperator(test, 'privacyOfficer'))).body).toMatchObject({
      code: 'operator.forbidden',
      permission: 'operator.manage',
    });
    await test
      .get(Database)
      .execute('UPDATE identity.operator_sessions SET step_up_until = NULL WHERE operator_id = $1', [
        administrator.operatorId,
      ]);
    expect((await endSessions(administrator)).body.code).toBe('session.step_up_required');
    await administrator.stepUp();
    expect((await endSessions(administrator)).status).toBe(204);
    expect((await operator.get('operator/sessions/current')).status).toBe(401);
    expect(await lastEntry('operatorSession.allEnded')).toMatchObject({ details: { reason: 'revoked' } });
    expect((await operator.signIn()).status).toBe(200);
  });

  it('deactivates an operator, who is out at once', async () => {
    const operator = await aSignedInOperator(test, 'auditor');
    expect((await patch(operator.operatorId, { active: false })).body.active).toBe(false);
    expect((await operator.get('operator/sessions/current')).status).toBe(401);
    expect((await operator.signIn()).status).toBe(401);
  });

  it('refuses an edit of what somebody else changed meanwhile', async () => {
    const operator = await anOperator(test, 'auditor');
    const { headers } = await administrator.get(`operator/operators/${operator.operatorId}`);
    expect((await patch(operator.operatorId, { name: 'One' }, { 'if-match': String(headers['etag']) })).status).toBe(
      200,
    );
    expect(
      (await patch(operator.operatorId, { name: 'Two' }, { 'if-match': String(headers['etag']) })).body,
    ).toMatchObject({ status: 412, code: 'operator.stale_edit' });
  });

  it('refuses whoever lacks the permission, and names it', async () => {
    const auditor = await aSignedInOperator(test, 'auditor');
    const body = { email: 'y@abide.example', name: 'Y', roles: ['administrator'] };
    expect((await auditor.post('operator/operators', body)).body).toMatchObject({
      status: 403,
      code: 'operator.forbidden',
      permission: 'operator.manage',
    });
    const editor = await aSignedInOperator(test, 'policyEditor');
    expect((await editor.get('operator/operators')).body).toMatchObject({
      code: 'operator.forbidden',
      permission: 'operator.read',
    });
  });

  it('pages through the operators, each once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await administrator.get(`operator/operators?limit=3${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...body.items.map((item: { id: string }) => item.id));
      cursor = body.nextCursor;
    } while (cursor);
    const [row] = await test.get(Database).query<{ n: number }>('SELECT count(*)::int AS n FROM identity.operators');
    expect(seen).toHaveLength(row?.n ?? 0);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('says in the evidence when the only administrator grants a role', async () => {
    const lonely = await createIdentityApp();
    await anOperator(lonely, 'administrator');
    await anOperator(lonely, 'policyEditor');
    const [entry] = await lonely
      .get(Database)
      .query<{ details: object }>(
        "SELECT details FROM audit.entries WHERE act = 'operator.created' ORDER BY at DESC LIMIT 1",
      );
    expect(entry?.details).toEqual({ roles: 'policyEditor', singleHanded: true });
    await lonely.close();
  });

  it('keeps one active administrator when two take each other out at once', async () => {
    const pair = await createIdentityApp();
    const [one, two] = [await aSignedInOperator(pair, 'administrator'), await aSignedInOperator(pair, 'administrator')];
    const deactivate = (by: TestConsole, id: string) =>
      by.request({ method: 'PATCH', path: `operator/operators/${id}`, body: { active: false } });
    await Promise.all([deactivate(one, two.operatorId), deactivate(two, one.operatorId)]);
    const left = await pair
      .get(Database)
      .query("SELECT 1 FROM identity.operators WHERE is_active AND 'administrator' = ANY (roles)");
    expect(left).toHaveLength(1);
    await pair.close();
  });
});
