import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import { keepsTheHolderContract, type TestApp } from '@abide/platform/testing';
import { Inbox } from './notices/inbox.service.js';
import { NotificationsHolder } from './notifications.holder.js';
import { createNotificationsApp, TestAudience } from './testing/app.js';

describe('the holder of notices and messages', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createNotificationsApp(new TestAudience());
  });
  afterAll(() => test.close());

  async function seed(words: string): Promise<string> {
    const [db, subjectId] = [test.get(Database), newId()];
    const text = { 'zh-CN': words, en: words };
    await test.get(Inbox).tell(subjectId, { kind: 'handOver', title: text, summary: text, link: '/privacy' });
    await db.execute('INSERT INTO notifications.notice_reads VALUES ($1, $2, now())', [subjectId, newId()]);
    await db.execute(`INSERT INTO notifications.deliveries VALUES ($1, $2, 'email', 'attempted', 1, now(), now())`, [
      subjectId,
      newId(),
    ]);
    await db.execute(`INSERT INTO notifications.outreach_messages VALUES ($1, $2, 'sent', 1, now(), now())`, [
      subjectId,
      newId(),
    ]);
    return subjectId;
  }

  keepsTheHolderContract(() => ({
    holder: test.get(NotificationsHolder),
    db: test.get(Database),
    databaseUrl: test.databaseUrl,
    schema: 'notifications',
    seed,
    words: 'exported',
    supplies: null,
    destroyKeys: async () => undefined,
    fallDue: async () => new Date(Date.now() + 3.1 * 365 * 86_400_000),
  }));
});
