import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { createIdentityApp } from '../testing/app.js';
import { aChild, bornYearsAgo } from '../testing/families.js';
import { aSubject, messagesTo } from '../testing/people.js';
import { Subjects } from './subjects.service.js';

describe('subjects for other modules', () => {
  let test: TestApp;
  let subjects: Subjects;
  beforeAll(async () => {
    test = await createIdentityApp();
    subjects = test.get(Subjects);
  });
  afterAll(() => test.close());

  it('are known by facts, never by name', async () => {
    const { subjectId } = await aSubject(test, { birthDate: '1990-01-01' });
    expect(await subjects.find(subjectId)).toEqual({
      id: subjectId,
      kind: 'person',
      status: 'active',
      minorStatus: 'adult',
      registeredAt: expect.any(Date),
    });
    expect(await subjects.find('0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3')).toBeNull();
  });

  it('are counted and paged once each, with the channels that reach them', async () => {
    const byMail = await aSubject(test);
    const byPhone = await aSubject(test, { identifier: { type: 'phone', value: '+8610000000009' } });
    const device = (await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [] } })).body;
    const before = new Date(Date.now() + 60_000);
    const seen = new Map<string, readonly string[]>();
    for (let cursor: string | null = null; ;) {
      const page: Awaited<ReturnType<Subjects['activeAfter']>> = await subjects.activeAfter(cursor, 2, before);
      for (const { subjectId, reachable } of page) seen.set(subjectId, reachable);
      if (page.length < 2) break;
      cursor = page.at(-1)?.subjectId ?? null;
    }
    expect(seen.size).toBe(await subjects.countActive(before));
    expect(seen.get(byMail.subjectId)).toEqual(['email']);
    expect(seen.get(byPhone.subjectId)).toEqual(['sms']);
    expect(seen.get(device.subjectId)).toEqual([]);
  });

  it('are children and their guardians for what is meant for them, and nobody whose age is unknown', async () => {
    const { child, guardian } = await aChild(test);
    const others = [await aSubject(test), await aSubject(test, { birthDate: bornYearsAgo(16) })];
    const before = new Date(Date.now() + 60_000);
    expect(await subjects.countActive(before, 'children')).toBe(2);
    const page = await subjects.activeAfter(null, 100, before, 'children');
    expect(page.map(({ subjectId }) => subjectId)).toContain(child.subjectId);
    const sent = page.find(({ subjectId }) => subjectId !== child.subjectId)?.subjectId ?? '';
    await subjects.sendTo(sent, 'email', { text: 'For guardians' });
    expect((await messagesTo(test, guardian.value))[0]).toBe('For guardians');
    expect(await subjects.isOf(child.subjectId, 'children')).toBe(true);
    for (const { subjectId } of others) {
      expect(await subjects.isOf(subjectId, 'children')).toBe(false);
      expect(await subjects.isOf(subjectId, 'everyone')).toBe(true);
    }
  });

  it('leave out who registered later', async () => {
    const { subjectId } = await aSubject(test);
    const facts = await subjects.find(subjectId);
    const page = await subjects.activeAfter(null, 100, facts?.registeredAt ?? new Date());
    expect(page.map((subject) => subject.subjectId)).not.toContain(subjectId);
  });

  it('are reached at a confirmed address only', async () => {
    const enterprise = await aSubject(test, {
      kind: 'enterprise',
      profile: { name: '纸鹤文化', contactPerson: { name: '周听澜', email: 'zhou@example.com' } },
    });
    expect(await subjects.sendTo(enterprise.subjectId, 'email', { subject: 'Notice', text: 'A notice' })).toBe(true);
    expect((await messagesTo(test, enterprise.identifier.value))[0]).toBe('A notice');
    expect(await subjects.sendTo(enterprise.subjectId, 'sms', { text: 'A notice' })).toBe(false);
    const [row] = await test
      .get(Database)
      .query<{ person_id: string }>('SELECT person_id FROM identity.mandates WHERE subject_id = $1', [
        enterprise.subjectId,
      ]);
    expect(await subjects.sendTo(row?.person_id ?? '', 'email', { text: 'A notice' })).toBe(false);
    expect(await messagesTo(test, 'zhou@example.com')).not.toContain('A notice');
  });

  it('keep the language they registered in', async () => {
    const chinese = await aSubject(test);
    expect(await subjects.preferredLocale(chinese.subjectId)).toBe('zh-CN');
  });
});
