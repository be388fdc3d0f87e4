import { Database } from '@abide/platform';
import { untilSomeoneWaits, type TestApp } from '@abide/platform/testing';
import { Subjects } from '../subjects/subjects.service.js';
import { createIdentityApp } from '../testing/app.js';
import { aSignedInSubject, messagesTo, type TestClientApp } from '../testing/people.js';
import { Devices } from './devices.service.js';

describe('a linked device', () => {
  let test: TestApp;
  let db: Database;
  beforeAll(async () => {
    test = await createIdentityApp();
    db = test.get(Database);
  });
  afterAll(() => test.close());

  const aDevice = async (): Promise<{ subjectId: string; token: string }> =>
    (await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [] } })).body;
  const link = (who: TestClientApp, deviceToken: string) => who.send('POST', 'me/devices', { deviceToken });
  const linksOf = async (who: TestClientApp) =>
    (await test.get(Subjects).linkedDevices(who.subjectId)).map(({ endedAt }) => endedAt !== null);
  const toldOf = async (who: TestClientApp) =>
    (await messagesTo(test, who.identifier.value)).filter((text) => /设备|devices/.test(text)).length;

  it('is one person’s at a time: a second link ends the first, and its owner is told once', async () => {
    const [first, second] = [await aSignedInSubject(test), await aSignedInSubject(test)];
    const device = await aDevice();
    await link(first, device.token);
    const { body } = await link(second, device.token);
    expect(await linksOf(first)).toEqual([true]);
    expect(await linksOf(second)).toEqual([false]);
    expect((await first.send('GET', 'me')).body.devices).toEqual([
      { id: device.subjectId, linkedAt: expect.any(String), endedAt: body.linkedAt },
    ]);
    await link(second, device.token);
    await test.get(Devices).tellEnded();
    expect([await toldOf(first), await toldOf(second)]).toEqual([1, 0]);
    const acts = await db.query(
      'SELECT e.act FROM audit.entries e JOIN audit.openings o ON o.entry_id = e.id WHERE o.subject_id = $1 AND e.act LIKE $2 ORDER BY e.at, e.id',
      [first.subjectId, 'device.%'],
    );
    expect(acts).toEqual([{ act: 'device.linked' }, { act: 'device.linkEnded' }]);
  });

  it('begins anew for whoever takes it back', async () => {
    const [first, second] = [await aSignedInSubject(test), await aSignedInSubject(test)];
    const device = await aDevice();
    const { body: before } = await link(first, device.token);
    await link(second, device.token);
    const { body: again } = await link(first, device.token);
    expect(Date.parse(again.linkedAt)).toBeGreaterThan(Date.parse(before.linkedAt));
    expect([await linksOf(first), await linksOf(second)]).toEqual([[false], [true]]);
  });

  it('stays one person’s when several link it at the same moment', async () => {
    const people = [await aSignedInSubject(test), await aSignedInSubject(test), await aSignedInSubject(test)];
    const device = await aDevice();
    const answers = await Promise.all(people.map((who) => link(who, device.token)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    const [live] = await db.query(
      'SELECT count(*)::int AS n FROM identity.device_links WHERE device_id = $1 AND ended_at IS NULL',
      [device.subjectId],
    );
    expect(live).toEqual({ n: 1 });
  });

  it('is not linked with a token whose session ends at the same moment', async () => {
    const person = await aSignedInSubject(test);
    const device = await aDevice();
    let answered: Promise<{ status: number }> | undefined;
    await db.transaction(async () => {
      await db.execute('UPDATE identity.subject_sessions SET ended_at = now() WHERE subject_id = $1', [
        device.subjectId,
      ]);
      answered = db.outside(() => link(person, device.token));
      await untilSomeoneWaits(db);
    });
    expect((await answered)?.status).toBe(400);
    expect(await linksOf(person)).toEqual([]);
  });
});
