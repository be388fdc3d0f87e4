import {
  advance,
  aSignedInOperator,
  aSignedInSubject,
  letLook,
  resetClock,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Fulfilment } from '../fulfilment/fulfilment.service.js';
import { aProvenRequest, createRightsApp } from '../testing/app.js';

describe('the figures of requests on the overview', () => {
  let test: TestApp;
  let officer: TestConsole;
  let agent: TestConsole;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
    agent = await aSignedInOperator(test, 'supportAgent');
  });
  afterEach(async () => {
    await resetClock(test);
    await test.get(Database).execute('DELETE FROM rights.requests');
  });
  afterAll(() => test.close());

  const aPerson = (changes = {}): Promise<TestClientApp> => aSignedInSubject(test, { ...accepted, ...changes });
  const decide = (who: TestConsole, id: string, body: object) => who.post(`operator/requests/${id}/decision`, body);
  const refuse = { outcome: 'refuse', reason: '请与监护人一起提出。' };

  /** Of one part of the page: every figure, and how many the list behind it has. */
  async function figuresOf(who: TestConsole, part: 'mine' | 'standing' = 'mine') {
    const { fragments } = (await who.get('operator/overview')).body;
    const rows = fragments.find(({ name }: { name: string }) => name === 'requests')[part];
    const lists: Record<string, string> = {
      overdue: 'due=overdue',
      dueToday: 'due=today',
      dueThisWeek: 'due=week',
      officer: 'only=officer',
      appeals: 'only=appeals',
      unassigned: 'assignee=nobody&state=open',
      awaitingSubject: 'state=awaitingSubject',
      second: 'only=second',
      assigned: 'assignee=me',
      unreachable: 'only=unreachable',
      manual: 'only=manual',
    };
    for (const { figure, count } of rows) {
      const { body } = await who.get(`operator/requests?limit=50&${lists[figure]}`);
      expect([figure, body.items.length]).toEqual([figure, count]);
    }
    return Object.fromEntries(rows.map(({ figure, count }: { figure: string; count: number }) => [figure, count]));
  }

  it('are none while nothing waits', async () => {
    expect(await figuresOf(agent)).toEqual({});
  });

  it('count what falls due today and what is overdue apart, as the list behind each does', async () => {
    const { id, dueAt } = await aProvenRequest(test, await aPerson());
    const seconds = Math.floor((Date.parse(dueAt) - Date.now()) / 1000);
    await advance(test, `PT${seconds - 7200}S`);
    await agent.signIn();
    expect(await figuresOf(agent)).toEqual({ dueToday: 1, dueThisWeek: 1, unassigned: 1 });
    expect((await agent.get('operator/requests?due=week')).body.items).toMatchObject([{ id }]);
    await advance(test, 'PT3H');
    await agent.signIn();
    expect(await figuresOf(agent)).toEqual({ overdue: 1, unassigned: 1 });
    expect((await agent.get('operator/requests?due=week')).body.items).toEqual([]);
  });

  it('count what is assigned to whoever looks', async () => {
    const { id } = await aProvenRequest(test, await aPerson());
    await agent.post(`operator/requests/${id}/assignment`, { operatorId: agent.operatorId });
    expect(await figuresOf(agent)).toEqual({ assigned: 1 });
    expect(await figuresOf(officer)).toEqual({});
  });

  it('count what nobody answers, and for privacy officers what they alone decide', async () => {
    const { id } = await aProvenRequest(test, await aPerson(), { type: 'deletion' });
    expect(await figuresOf(agent)).toEqual({ unassigned: 1 });
    expect(await figuresOf(officer)).toEqual({ unassigned: 1, officer: 1 });
    await agent.post(`operator/requests/${id}/assignment`, { operatorId: officer.operatorId });
    expect(await figuresOf(agent)).toEqual({});
    expect(await figuresOf(officer)).toEqual({ assigned: 1, officer: 1 });
  });

  it('count what waits for the person, and what is decided anew', async () => {
    const person = await aPerson();
    const asked = await aProvenRequest(test, person);
    await agent.post(`operator/requests/${asked.id}/message`, { text: '请问是哪一年的订单？' });
    expect(await figuresOf(agent)).toEqual({ awaitingSubject: 1 });
    await person.send('POST', `me/requests/${asked.id}/message`, { text: '今年的。' });
    await decide(officer, asked.id, { outcome: 'refuse', reason: '无法核实。' });
    await person.send('POST', `me/requests/${asked.id}/appeal`, { text: '我不同意。' });
    expect(await figuresOf(agent)).toEqual({ appeals: 1, unassigned: 1 });
  });

  it('count a second look for those alone who may give it', async () => {
    const minor = await aPerson({ birthDate: '2010-06-01' });
    await letLook(test, officer, minor.subjectId);
    await decide(officer, (await aProvenRequest(test, minor)).id, refuse);
    await decide(officer, (await aProvenRequest(test, minor, { type: 'deletion' })).id, refuse);
    expect(await figuresOf(officer)).toEqual({});
    expect(await figuresOf(agent)).toEqual({ second: 1 });
    expect(await figuresOf(await aSignedInOperator(test, 'privacyOfficer'))).toEqual({ second: 2 });
  });

  it('count requests whose holder is gone as left to a person', async () => {
    const { id } = await aProvenRequest(test, await aPerson());
    await decide(agent, id, { outcome: 'grant' });
    await test
      .get(Database)
      .execute(
        `UPDATE rights.request_holders SET holder = 'ticketing.gone' WHERE request_id = $1 AND holder = 'identity'`,
        [id],
      );
    await test.get(Fulfilment).run(id);
    expect(await figuresOf(agent)).toEqual({ manual: 1 });
  });

  it('stand on the page of an auditor, who answers none', async () => {
    await aProvenRequest(test, await aPerson());
    await advance(test, 'P40D');
    const auditor = await aSignedInOperator(test, 'auditor');
    expect(await figuresOf(auditor, 'standing')).toEqual({ overdue: 1, unassigned: 1 });
    expect(await figuresOf(auditor)).toEqual({});
  });

  it('lead to what has no deadline as well: the one asked for by its number, and those of a state', async () => {
    const person = await aPerson();
    const { id, number } = await aProvenRequest(test, person);
    await person.send('POST', `me/requests/${id}/cancellation`);
    for (const query of [`number=${number}`, 'state=cancelled'])
      expect((await agent.get(`operator/requests?${query}`)).body.items).toMatchObject([{ id }]);
  });
});
