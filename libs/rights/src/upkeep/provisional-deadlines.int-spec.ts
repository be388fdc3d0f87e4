import { aSignedInOperator, aSignedInSubject, type TestClientApp, type TestConsole } from '@abide/identity/testing';
import { Database, ScheduledTasks } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Calendars, type WorkingDays } from '../clock/working-days.js';
import { aProvenRequest, createRightsApp } from '../testing/app.js';

/** A country that announces its holidays late. */
class LateCalendar implements WorkingDays {
  isKnown = false;
  holiday = '';

  dayOf(date: Parameters<WorkingDays['dayOf']>[0]): ReturnType<WorkingDays['dayOf']> {
    if (this.isKnown && date.toString() === this.holiday)
      return { isWorking: false, name: { 'zh-CN': '新节日', en: 'New holiday' } };
    return { isWorking: date.dayOfWeek < 6 };
  }

  isPublished(): boolean {
    return this.isKnown;
  }
}

describe('a deadline in a year whose holidays are not published', () => {
  let test: TestApp;
  let officer: TestConsole;
  let person: TestClientApp;
  let calendar: LateCalendar;
  let accepted: { acceptedRevisionIds: string[] };
  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
  });
  beforeEach(async () => {
    person = await aSignedInSubject(test, accepted);
    calendar = new LateCalendar();
    test.get(Calendars).of = () => calendar;
  });
  afterAll(() => test.close());

  const get = async (id: string) => (await person.send('GET', `me/requests/${id}`)).body;
  const publish = async (holiday: string) => {
    Object.assign(calendar, { isKnown: true, holiday });
    await test.get(ScheduledTasks).runAll();
  };
  const acts = async (id: string) =>
    (
      await test
        .get(Database)
        .query<{ act: string }>("SELECT act FROM audit.entries WHERE object_id = $1 AND act = 'request.recomputed'", [
          id,
        ])
    ).length;

  it('stays provisional until they are, and moves with a trace, evidence and a word to the person', async () => {
    const { id, dueAt, clock } = await aProvenRequest(test, person);
    expect(clock.provisional).toBe(true);
    await test.get(ScheduledTasks).runAll();
    expect(await get(id)).toMatchObject({ dueAt, clock: { provisional: true } });
    const lastDay = clock.trace.at(-1).to;
    await publish(lastDay);
    const moved = await get(id);
    expect(moved.clock).toMatchObject({
      provisional: false,
      trace: [{}, { skipped: [{ date: lastDay, why: 'holiday' }] }],
    });
    expect(new Date(moved.dueAt).getTime()).toBeGreaterThan(new Date(dueAt).getTime());
    expect(moved.timeline.at(-1)).toMatchObject({ act: 'recomputed', by: 'system' });
    expect(await acts(id)).toBe(1);
    const inbox = (await person.send('GET', 'me/notices')).body.items;
    expect(inbox[0].title).toBe('您的请求的答复期限有变化');
    await test.get(ScheduledTasks).runAll();
    expect(await acts(id)).toBe(1);
    expect((await officer.get(`operator/requests/${id}`)).body.dueAt).toBe(moved.dueAt);
  });

  it('stands without a word where the day does not move', async () => {
    const { id, dueAt } = await aProvenRequest(test, person);
    await publish('2000-01-03');
    expect(await get(id)).toMatchObject({ dueAt, clock: { provisional: false } });
    expect(await acts(id)).toBe(0);
  });

  it('moves where the person owes an answer, once they have given it', async () => {
    const { id, clock } = await aProvenRequest(test, person);
    await officer.post(`operator/requests/${id}/message`, { text: '请说明时间范围。' });
    await publish(clock.trace.at(-1).to);
    expect(await get(id)).toMatchObject({ dueAt: null, clock: { provisional: false } });
    const told = (await person.send('POST', `me/requests/${id}/message`, { text: '去年。' })).body;
    expect(told.clock.trace.at(-1).skipped).toMatchObject([{ why: 'holiday' }]);
  });
});
