import {
  advance,
  aSignedInOperator,
  aSignedInSubject,
  resetClock,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { aProvenRequest, createRightsApp } from '../testing/app.js';

describe('the figures of requests', () => {
  let test: TestApp;
  let officer: TestConsole;
  let person: TestClientApp;

  beforeAll(async () => {
    test = await createRightsApp();
    const accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
    person = await aSignedInSubject(test, accepted);
  });
  afterEach(async () => {
    await resetClock(test);
    await test.get(Database).execute('DELETE FROM rights.requests');
  });
  afterAll(() => test.close());

  const figures = async () => (await officer.get('operator/requests/figures?weeks=6')).body;
  const listed = async (filter: string) => (await officer.get(`operator/requests?${filter}`)).body.items.length;
  const refuse = (id: string) =>
    officer.post(`operator/requests/${id}/decision`, { outcome: 'refuse', reason: '无法核实。' });

  it('count arrivals and answers in the week of each, with those answered in time, and nothing unproven', async () => {
    await refuse((await aProvenRequest(test, person)).id);
    const late = await aProvenRequest(test, person, { type: 'portability' });
    await person.send('POST', 'me/requests', { type: 'access' });
    await advance(test, 'P28D');
    await officer.signIn();
    await refuse(late.id);
    const { weeks, utcOffsetHours } = await figures();
    expect([weeks.length, utcOffsetHours]).toEqual([6, 8]);
    expect(weeks[1]).toMatchObject({ arrived: 2, answered: 1, inTime: 1, timed: 1 });
    expect(weeks[5]).toMatchObject({ arrived: 0, answered: 1, inTime: 0, timed: 1 });
    const monday = new Date(Date.parse(weeks[1].startsAt) + 8 * 3_600_000);
    expect([monday.getUTCDay(), monday.getUTCHours()]).toEqual([1, 0]);
    const day = monday.toISOString().slice(0, 10);
    const sunday = new Date(monday.getTime() + 6 * 86_400_000).toISOString().slice(0, 10);
    expect([await listed(`arrivedIn=${day}`), await listed(`arrivedIn=${sunday}`)]).toEqual([2, 2]);
    expect(await listed(`answeredIn=${sunday}`)).toBe(1);
  });

  it('tell the age of what is open, each request in one class', async () => {
    await aProvenRequest(test, person);
    await advance(test, 'P10D');
    await person.signIn();
    await aProvenRequest(test, person, { type: 'portability' });
    await officer.signIn();
    expect((await figures()).ages).toEqual([
      { upToDays: 7, count: 1 },
      { upToDays: 15, count: 1 },
      { upToDays: 30, count: 0 },
      { upToDays: null, count: 0 },
    ]);
    expect([await listed('age=7'), await listed('age=15'), await listed('age=older')]).toEqual([1, 1, 0]);
    await advance(test, 'P60D');
    await officer.signIn();
    expect((await figures()).ages[3]).toEqual({ upToDays: null, count: 2 });
    expect([await listed('age=older'), await listed('age=30')]).toEqual([2, 0]);
  });

  it('are for those who read requests', async () => {
    const editor = await aSignedInOperator(test, 'policyEditor');
    expect((await editor.get('operator/requests/figures')).body.code).toBe('operator.forbidden');
  });
});
