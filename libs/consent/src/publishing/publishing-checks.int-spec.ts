import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { createConsentApp } from '../testing/app.js';
import { TestSubject } from '../testing/people.js';
import { aConsentPolicy } from '../testing/policies.js';

describe('asking what an upload may reveal', () => {
  let test: TestApp;
  let person: TestSubject;
  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
    person = await TestSubject.register(test, [await (await PolicyStaff.open(test)).inForce(aConsentPolicy())]);
  });
  afterAll(() => test.close());

  const check = (body: object, locale = 'zh-CN') =>
    test.request({
      method: 'POST',
      path: 'me/publishing-checks',
      token: person.token,
      body,
      headers: { 'accept-language': locale },
    });

  it('is answered in the language asked for, and asks before others see it', async () => {
    const upload = { categories: ['special.health'], hasPlace: true, audience: 'public' };
    const { status, body } = await check(upload, 'en');
    expect(status).toBe(200);
    expect(body).toEqual({
      warnings: [
        { code: 'place', category: 'content.metadata', text: expect.stringContaining('where you are') },
        { code: 'sensitive', category: 'special.health', text: expect.stringContaining('health') },
      ],
      ask: true,
    });
    expect((await check(upload)).body.warnings[1].text).toContain('健康信息');
    expect((await check({ ...upload, audience: 'self' })).body.ask).toBe(false);
    expect((await check({ audience: 'public' })).body).toEqual({ warnings: [], ask: false });
  });

  it('warns a child of everything', async () => {
    const child = 'UPDATE identity.subjects SET minor_status = $2 WHERE subject_id = $1';
    await test.get(Database).query(child, [person.id, 'under14']);
    expect((await check({ audience: 'friends' })).body).toMatchObject({ warnings: [{ code: 'minor' }], ask: true });
    await test.get(Database).query(child, [person.id, 'unknown']);
  });

  it('refuses a kind of data that nobody registered, and whoever is not signed in', async () => {
    expect((await check({ categories: ['special.helth'], audience: 'public' })).body).toMatchObject({
      status: 400,
      code: 'question.unknownCategory',
      errors: [{ pointer: '/categories/0' }],
    });
    expect((await check({ hasPlace: true })).status).toBe(400);
    expect(
      (await test.request({ method: 'POST', path: 'me/publishing-checks', body: { audience: 'public' } })).status,
    ).toBe(401);
  });

  it('leaves nothing behind', async () => {
    const counts = () =>
      test
        .get(Database)
        .query(
          `SELECT (SELECT count(*) FROM audit.entries) AS entries, (SELECT count(*) FROM consent.events) AS events, (SELECT count(*) FROM platform.idempotency_keys) AS keys`,
        );
    const before = await counts();
    await check({ hasFaces: true, audience: 'public' });
    expect(await counts()).toEqual(before);
  });
});
