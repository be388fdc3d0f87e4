import {
  advance,
  aSignedInOperator,
  aSignedInSubject,
  letLook,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { ScheduledTasks } from '@abide/platform';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { aProvenRequest, createRightsApp } from '../testing/app.js';

const refuse = { outcome: 'refuse', reason: '无法核实。' };

describe('who judges a request', () => {
  let test: TestApp;
  let first: TestConsole;
  let second: TestConsole;
  let third: TestConsole;
  let fourth: TestConsole;
  let accepted: { acceptedRevisionIds: string[] };
  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    first = await aSignedInOperator(test, 'privacyOfficer');
    second = await aSignedInOperator(test, 'privacyOfficer');
    third = await aSignedInOperator(test, 'privacyOfficer');
    fourth = await aSignedInOperator(test, 'privacyOfficer');
  });
  afterAll(() => test.close());

  const act = (who: TestConsole, id: string, what: string, body: object = {}): Promise<TestAnswer> =>
    who.post(`operator/requests/${id}/${what}`, body);
  const outcomeOf = async (answer: Promise<TestAnswer>): Promise<string> => {
    const { body } = await answer;
    return body.code ?? body.state;
  };
  const appeal = (person: TestClientApp, id: string) =>
    person.send('POST', `me/requests/${id}/appeal`, { text: '我不同意。' });
  const aMinor = () => aSignedInSubject(test, { ...accepted, birthDate: '2010-06-01' });

  /** Refused by the first, agreed to by the second, and appealed. */
  async function anAppealedRefusal(): Promise<string> {
    const minor = await aMinor();
    const { id } = await aProvenRequest(test, minor);
    for (const one of [first, second, third, fourth]) await letLook(test, one, minor.subjectId);
    await act(first, id, 'decision', refuse);
    await act(second, id, 'approval');
    await appeal(minor, id);
    return id;
  }

  it('after an appeal is nobody who decided or agreed before: neither alone nor as the second', async () => {
    const id = await anAppealedRefusal();
    for (const one of [first, second]) {
      expect(await outcomeOf(act(one, id, 'decision', refuse))).toBe('request.same_operator');
      expect(await outcomeOf(act(one, id, 'assignment', { operatorId: one.operatorId }))).toBe('request.same_operator');
      expect((await one.get(`operator/requests/${id}`)).body.mayDecide).toBe(false);
    }
    expect(await outcomeOf(act(third, id, 'decision', refuse))).toBe('awaitingSecond');
    const waiting = async (who: TestConsole) =>
      (await who.get('operator/requests?only=second')).body.items.map((item: { id: string }) => item.id);
    for (const one of [first, second]) {
      expect(await outcomeOf(act(one, id, 'approval'))).toBe('request.same_operator');
      expect(await outcomeOf(act(one, id, 'rejection', { reason: '不同意' }))).toBe('request.same_operator');
      expect(await waiting(one)).not.toContain(id);
    }
    expect(await waiting(fourth)).toContain(id);
    expect(await outcomeOf(act(fourth, id, 'rejection', { reason: '理由不足' }))).toBe('open');
    for (const one of [first, second])
      expect(await outcomeOf(act(one, id, 'decision', refuse))).toBe('request.same_operator');
    expect(await outcomeOf(act(fourth, id, 'decision', refuse))).toBe('awaitingSecond');
    expect(await waiting(third)).toContain(id);
    expect(await outcomeOf(act(third, id, 'approval'))).toBe('closed');
  });

  it('writes to the colleague what the person does not read', async () => {
    const minor = await aMinor();
    const { id } = await aProvenRequest(test, minor);
    for (const one of [first, second]) await letLook(test, one, minor.subjectId);
    await act(first, id, 'decision', refuse);
    await act(second, id, 'rejection', { reason: '请补充理由' });
    await act(first, id, 'decision', refuse);
    const { timeline } = (await act(second, id, 'approval', { comment: '已核对' })).body;
    const written = (events: { act: string; text: string | null }[]) =>
      events.filter((one) => one.act === 'sentBack' || one.act === 'confirmed').map(({ text }) => text);
    expect(written(timeline)).toEqual(['请补充理由', '已核对']);
    expect(written((await minor.send('GET', `me/requests/${id}`)).body.timeline)).toEqual([null, null]);
  });

  it('signs in once more before something goes for good', async () => {
    const person = await aSignedInSubject(test, accepted);
    const { id } = await aProvenRequest(test, person, { type: 'deletion', categories: ['registration.email'] });
    await advance(test, 'PT6M');
    expect(await outcomeOf(act(third, id, 'decision', { outcome: 'grant' }))).toBe('session.step_up_required');
    await third.stepUp();
    expect(await outcomeOf(act(third, id, 'decision', { outcome: 'grant' }))).toBe('waiting');
  });

  it('does not wait for ever for somebody who owes an answer', async () => {
    const person = await aSignedInSubject(test, accepted);
    const { id } = await aProvenRequest(test, person);
    await act(third, id, 'message', { text: '请问是哪一年的订单？' });
    expect(await outcomeOf(act(third, id, 'decision', refuse))).toBe('closed');
    const silent = await aProvenRequest(test, await aSignedInSubject(test, accepted));
    await act(third, silent.id, 'message', { text: '请问是哪一年的订单？' });
    await advance(test, 'P15D');
    await test.get(ScheduledTasks).runAll();
    const officer = await aSignedInOperator(test, 'privacyOfficer');
    const { state, dueAt, timeline } = (await officer.get(`operator/requests/${silent.id}`)).body;
    expect([state, timeline.at(-1).act]).toEqual(['open', 'unanswered']);
    expect(Date.parse(dueAt)).toBeGreaterThan(Date.parse(silent.dueAt));
  });
});
