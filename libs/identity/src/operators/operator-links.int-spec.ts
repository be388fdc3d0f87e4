import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { DataSource } from 'typeorm';
import { AccessVersions1764000324000 } from '../migrations/1764000324000-access-versions.js';
import { OneTableOfChanges1764000336000 } from '../migrations/1764000336000-one-table-of-changes.js';
import { OperatorLinks1764000316001 } from '../migrations/1764000316001-operator-links.js';
import {
  accept,
  advance,
  anOperator,
  aSignedInOperator,
  createIdentityApp,
  goodPassword,
  linkTokenOf,
  mailTo,
  resetClock,
  TestConsole,
} from '../testing/app.js';
import { OperatorLinks } from './operator-links.service.js';

const anotherPassword = 'seven quiet lanterns by the lake';

describe('the password of an operator', () => {
  let test: TestApp;
  let administrator: TestConsole;
  beforeAll(async () => {
    test = await createIdentityApp();
    administrator = await aSignedInOperator(test, 'administrator');
  });
  afterEach(async () => {
    await resetClock(test);
    await administrator.signIn();
  });
  afterAll(() => test.close());

  let sequence = 0;
  const invite = async (): Promise<{ id: string; email: string }> => {
    const email = `invited-${(sequence += 1)}@abide.example`;
    return (await administrator.post('operator/operators', { email, name: 'Bai Lu', roles: ['auditor'], locale: 'en' }))
      .body;
  };
  const sendLink = (id: string) => administrator.post(`operator/operators/${id}/password-link`, {});
  const use = (token: string, password = anotherPassword) =>
    test.request({ method: 'POST', path: 'operator/password-links/use', body: { token, password } });
  const holder = (token: string) =>
    test.request({ method: 'POST', path: 'operator/password-links/holder', body: { token } });
  const signIn = (email: string, password: string) =>
    test.request({ method: 'POST', path: 'operator/sessions', body: { email, password } });

  it('is never set by whoever adds or changes them', async () => {
    const body = { email: 'set@abide.example', name: 'Bai Lu', roles: ['auditor'], password: goodPassword };
    expect((await administrator.post('operator/operators', body)).body).toMatchObject({
      status: 400,
      code: 'request.invalid',
    });
    const { id } = await invite();
    expect(
      (
        await administrator.request({
          method: 'PATCH',
          path: `operator/operators/${id}`,
          body: { password: goodPassword },
        })
      ).body.code,
    ).toBe('request.invalid');
  });

  it('is chosen by the invited with a link that went to their address, and is not kept in the clear', async () => {
    const operator = await invite();
    expect(operator).toMatchObject({ invited: true, active: true });
    expect((await signIn(operator.email, goodPassword)).status).toBe(401);
    const token = await linkTokenOf(test, operator.email);
    expect((await holder(token)).body).toMatchObject({ email: operator.email, name: 'Bai Lu', invitation: true });
    expect(
      await test
        .get(Database)
        .query("SELECT 1 FROM identity.operators WHERE encode(link_hash, 'escape') LIKE $1", [`%${token}%`]),
    ).toEqual([]);
    expect(await accept(test, operator.email)).toBe(204);
    expect((await signIn(operator.email, goodPassword)).body.operator).toMatchObject({
      invited: false,
      roles: ['auditor'],
    });
  });

  it('is chosen once with a link, even by many at the same time', async () => {
    const { email } = await invite();
    const token = await linkTokenOf(test, email);
    const statuses = await Promise.all([use(token), use(token), use(token)]);
    expect(statuses.map(({ status }) => status).toSorted()).toEqual([204, 404, 404]);
    expect((await use(token)).body).toMatchObject({ status: 404, code: 'operator.link_unusable' });
  });

  it('cannot be chosen after 24 hours, nor with a link that another replaced', async () => {
    const { id, email } = await invite();
    const first = await linkTokenOf(test, email);
    expect((await sendLink(id)).status).toBe(204);
    expect((await holder(first)).status).toBe(404);
    await advance(test, 'PT24H');
    expect((await use(await linkTokenOf(test, email))).body.code).toBe('operator.link_unusable');
  });

  it('is held to the rules, and a refused one leaves the link good', async () => {
    const token = await linkTokenOf(test, (await invite()).email);
    expect((await use(token, 'fourteen chars')).body.code).toBe('password.too_short');
    expect((await use(token)).status).toBe(204);
  });

  it("is nothing that its owner's own address or name gives away, whichever way it is chosen", async () => {
    const { email } = await invite();
    const token = await linkTokenOf(test, email);
    for (const guessed of [email, `${email}1`, `${email}${email}`])
      expect((await use(token, guessed)).body.code).toBe('password.common');
    const operator = await aSignedInOperator(test, 'auditor');
    const change = { currentPassword: goodPassword, password: operator.email };
    expect((await operator.request({ method: 'PUT', path: 'operator/password', body: change })).body.code).toBe(
      'password.common',
    );
  });

  it('is reset by its owner: the old one works until then, every session ends and they are told', async () => {
    const operator = await aSignedInOperator(test, 'auditor');
    expect((await sendLink(operator.operatorId)).status).toBe(204);
    expect((await operator.get('operator/sessions/current')).status).toBe(200);
    expect((await use(await linkTokenOf(test, operator.email))).status).toBe(204);
    expect((await operator.get('operator/sessions/current')).status).toBe(401);
    expect((await operator.signIn()).status).toBe(401);
    expect((await operator.signIn(anotherPassword)).status).toBe(200);
    expect((await mailTo(test, operator.email)).at(-1)?.text).toContain('密码已更改');
  });

  it('cannot be reset by a link while the operator is shut out, or after', async () => {
    const operator = await anOperator(test, 'auditor');
    await sendLink(operator.operatorId);
    const token = await linkTokenOf(test, operator.email);
    await administrator.request({
      method: 'PATCH',
      path: `operator/operators/${operator.operatorId}`,
      body: { active: false },
    });
    expect((await use(token)).status).toBe(404);
    expect((await sendLink(operator.operatorId)).body).toMatchObject({ status: 409, code: 'operator.inactive' });
    await administrator.request({
      method: 'PATCH',
      path: `operator/operators/${operator.operatorId}`,
      body: { active: true },
    });
    expect((await use(token)).status).toBe(404);
  });

  it('still asks for the second factor after a reset', async () => {
    const operator = await anOperator(test, 'auditor');
    await test
      .get(Database)
      .execute("UPDATE identity.operators SET totp_secret = '\\x00' WHERE id = $1", [operator.operatorId]);
    await sendLink(operator.operatorId);
    await use(await linkTokenOf(test, operator.email));
    expect((await operator.signIn(anotherPassword)).body.code).toBe('session.second_factor_required');
  });

  it('is never handed to an administrator: no answer and no entry of the trail holds the link', async () => {
    const { id, email } = await invite();
    const token = await linkTokenOf(test, email);
    const answer = await sendLink(id);
    const entries = await test
      .get(Database)
      .query('SELECT details::text FROM audit.entries WHERE object_id = $1', [id]);
    expect(JSON.stringify([answer.text, entries])).not.toContain(token.slice(0, 20));
    expect(JSON.stringify(entries)).toContain('expiresAt');
  });
});

describe('recovery on the server', () => {
  it('lets in an operator whom everybody else has shut out, loudly', async () => {
    const test = await createIdentityApp();
    const [one, other] = [
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'administrator'),
    ];
    await one.request({ method: 'PATCH', path: `operator/operators/${other.operatorId}`, body: { active: false } });
    const { link } = await test.get(OperatorLinks).recover(other.email.toUpperCase());
    expect(
      (
        await test.request({
          method: 'POST',
          path: 'operator/password-links/use',
          body: { token: link.split('#')[1], password: anotherPassword },
        })
      ).status,
    ).toBe(204);
    expect((await other.signIn(anotherPassword)).status).toBe(200);
    const [entry] = await test
      .get(Database)
      .query("SELECT actor_kind, details FROM audit.entries WHERE act = 'operator.recovered'");
    expect(entry).toEqual({
      actor_kind: 'system',
      details: { onServer: true, singleHanded: true, roles: 'administrator' },
    });
    expect((await mailTo(test, other.email))[0]?.text).toContain('服务器');
    await test.close();
  });
});

describe('an installation where an administrator had proposed a password', () => {
  it('forgets it, lets a change of the password alone lapse, and invites whom it was for', async () => {
    const test = await createIdentityApp();
    const [one, other, colleague] = [
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'administrator'),
      await anOperator(test, 'auditor'),
    ];
    const owner = await new DataSource({ type: 'postgres', url: test.databaseUrl }).initialize();
    const runner = owner.createQueryRunner();
    const later = [new AccessVersions1764000324000(), new OneTableOfChanges1764000336000()];
    for (const migration of later.toReversed()) await migration.down(runner);
    await new OperatorLinks1764000316001().down(runner);
    const insert = `INSERT INTO identity.operator_changes (id, kind, operator_id, proposed, password_hash, proposed_by, proposed_at, expires_at, state)
      VALUES (gen_random_uuid(), $1, $2, $3, '$argon2id$x', $4, now(), now() + interval '7 days', 'pending')`;
    await runner.query(insert, [
      'creation',
      null,
      { email: 'new@abide.example', name: 'Su Wen', roles: ['auditor'], hasPassword: true },
      one.operatorId,
    ]);
    await runner.query(insert, ['amendment', colleague.operatorId, { hasPassword: true }, one.operatorId]);
    await new OperatorLinks1764000316001().up(runner);
    for (const migration of later) await migration.up(runner);
    await owner.destroy();
    const { items } = (await other.get('operator/operator-changes?state=waiting')).body;
    expect(items).toHaveLength(1);
    expect((await other.post(`operator/operator-changes/${items[0].id}/confirmation`, {})).status).toBe(200);
    expect(await accept(test, 'new@abide.example')).toBe(204);
    expect((await colleague.signIn()).status).toBe(200);
    await test.close();
  });
});
