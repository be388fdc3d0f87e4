import { jest } from '@jest/globals';
import {
  aSignedInOperator,
  aSignedInSubject,
  letLook,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { holderServer } from '@abide/holders';
import { aRegisteredHolder, listening, SmallStore } from '@abide/holders/testing';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { RequestHandling } from '../requests/request-handling.service.js';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { BulkDecisions } from './bulk-decisions.service.js';

const path = 'operator/requests/bulk-decisions';
const grant = { outcome: 'grant', text: '请查收。' };
const refuse = { outcome: 'refuse', reason: '无法核实。' };

describe('a decision for many requests', () => {
  let test: TestApp;
  let officer: TestConsole;
  let second: TestConsole;
  let agent: TestConsole;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
    second = await aSignedInOperator(test, 'privacyOfficer');
    agent = await aSignedInOperator(test, 'supportAgent');
    await second.stepUp();
  });
  afterEach(() => test.get(Database).execute('DELETE FROM rights.requests'));
  afterAll(() => test.close());

  const aPerson = (changes = {}): Promise<TestClientApp> => aSignedInSubject(test, { ...accepted, ...changes });
  const asked = async (changes = {}, body: Record<string, unknown> = { type: 'access' }): Promise<string> =>
    (await aProvenRequest(test, await aPerson(changes), body)).id;
  const stateOf = async (id: string): Promise<string> => (await officer.get(`operator/requests/${id}`)).body.state;
  const propose = (who: TestConsole, body: object) => who.post(path, { dryRun: false, ...body });
  const confirm = (who: TestConsole, changeId: string) => who.post(`operator/changes/${changeId}/confirmation`, {});
  const decidedTimes = async (id: string): Promise<number> =>
    (
      await test
        .get(Database)
        .query("SELECT 1 FROM rights.request_events WHERE request_id = $1 AND act = 'decided'", [id])
    ).length;

  it('is shown first: of each what would come of it, or why not, and nothing is done', async () => {
    const access = await asked();
    const minor = await aPerson({ birthDate: '2010-06-01' });
    const { id: minors } = await aProvenRequest(test, minor);
    const deletion = await asked({}, { type: 'deletion' });
    const person = await aPerson();
    const { id: over } = await aProvenRequest(test, person);
    await person.send('POST', `me/requests/${over}/cancellation`);
    const show = () => agent.post(path, { ids: [access, minors, deletion, over], decision: refuse, dryRun: true });
    expect((await show()).body.items[1]).toMatchObject({ records: null, refusal: 'subject.minor_look_unapproved' });
    await letLook(test, agent, minor.subjectId);
    const shown = await show();
    expect(shown.status).toBe(200);
    expect(shown.body).toMatchObject({
      id: null,
      state: 'dryRun',
      items: [
        { id: access, outcome: 'refused', state: 'closed', refusal: null },
        { id: minors, outcome: 'refused', state: 'awaitingSecond', refusal: null },
        { id: deletion, outcome: null, state: null, refusal: 'request.not_yours_to_decide' },
        { id: over, outcome: null, state: null, refusal: 'request.over' },
      ],
    });
    expect([await stateOf(access), await stateOf(minors), await decidedTimes(access)]).toEqual(['open', 'open', 0]);
  });

  it('says of each what it lacks, and is not proposed where none could be decided', async () => {
    const id = await asked();
    const unsaid = { ids: [id], decision: { outcome: 'refuse' } };
    expect((await agent.post(path, { ...unsaid, dryRun: true })).body.items).toMatchObject([
      { id, refusal: 'request.reason_needed' },
    ]);
    expect((await propose(agent, unsaid)).body.code).toBe('request.nothing_to_decide');
  });

  it('is confirmed by a second operator who could have decided it, and made of each by itself', async () => {
    const ids = [await asked(), await asked()];
    const proposed = await propose(officer, { filter: { type: 'access' }, decision: grant });
    expect([proposed.status, proposed.body.state, proposed.body.change.state]).toEqual([202, 'waiting', 'waiting']);
    const { id, change } = proposed.body;
    await officer.stepUp();
    expect((await confirm(officer, change.id)).body.code).toBe('operator.own_change');
    const administrator = await aSignedInOperator(test, 'administrator');
    await administrator.stepUp();
    expect((await confirm(administrator, change.id)).body.code).toBe('operator.second_person_only');
    expect((await confirm(agent, change.id)).status).toBe(403);
    await test.get(BulkDecisions).run(id);
    const waiting = (await officer.get(`operator/bulk-decisions/${id}`)).body;
    expect(waiting).toMatchObject({ state: 'waiting', settled: 0, decision: { ...grant, reason: null } });
    for (const { records } of waiting.items) expect(records).toBeGreaterThan(0);
    expect((await second.get(`operator/changes/${change.id}`)).body.mayConfirm).toBe(true);
    expect((await confirm(second, change.id)).status).toBe(200);
    await test.get(BulkDecisions).run(id);
    const done = (await officer.get(`operator/bulk-decisions/${id}`)).body;
    expect(done).toMatchObject({ state: 'done', settled: 2 });
    expect(done.items.map(({ outcome, state }: { outcome: string; state: string }) => [outcome, state])).toEqual([
      ['granted', 'fulfilling'],
      ['granted', 'fulfilling'],
    ]);
    const [first = ''] = ids;
    const { timeline } = (await officer.get(`operator/requests/${first}`)).body;
    expect(timeline.slice(-2)).toMatchObject([
      { act: 'decided', by: 'Fang Yuan' },
      { act: 'confirmed', by: 'Fang Yuan' },
    ]);
    const trail = (await officer.get(`operator/audit/entries?objectId=${first}&limit=2`)).body.items[1];
    expect(trail).toMatchObject({
      act: 'request.decided',
      actor: { kind: 'operator', id: officer.operatorId },
      details: { bulk: id, confirmedBy: second.operatorId },
    });
  });

  it('goes on past one that was appealed meanwhile, about which holders outside are asked anew', async () => {
    const server = await listening(holderServer({ secret: 'unused', store: new SmallStore() }));
    await aRegisteredHolder(test, { baseUrl: server.url, categories: ['registration.email'] });
    const person = await aPerson();
    const [appealed, other] = [(await aProvenRequest(test, person)).id, await asked()];
    const { id, change } = (await propose(officer, { ids: [appealed, other], decision: refuse })).body;
    await agent.post(`operator/requests/${appealed}/decision`, refuse);
    await person.send('POST', `me/requests/${appealed}/appeal`, { text: '我不同意。' });
    await confirm(second, change.id);
    await test.get(BulkDecisions).run(id);
    const { state, items } = (await officer.get(`operator/bulk-decisions/${id}`)).body;
    expect([state, items]).toMatchObject(['done', [{ refusal: 'request.stale_findings' }, { outcome: 'refused' }]]);
    await server.close();
  });

  it('waits for a second operator also where a support agent may decide it alone', async () => {
    const ids = [await asked()];
    const { body } = await propose(agent, { ids, decision: grant });
    expect(body.change).toMatchObject({ state: 'waiting', mayConfirm: false });
    expect(await stateOf(ids[0] ?? '')).toBe('open');
  });

  it('leaves out whatever has changed since it was proposed, and says so', async () => {
    const person = await aPerson();
    const { id: changed } = await aProvenRequest(test, person);
    const same = await asked();
    const { id, change } = (await propose(agent, { ids: [changed, same], decision: grant })).body;
    await person.send('POST', 'me/requests', { type: 'inquiry', text: '什么时候答复？' });
    await confirm(second, change.id);
    await test.get(BulkDecisions).run(id);
    expect((await agent.get(`operator/bulk-decisions/${id}`)).body.items).toMatchObject([
      { id: changed, outcome: null, refusal: 'request.stale_findings' },
      { id: same, outcome: 'granted', refusal: null },
    ]);
    expect(await stateOf(changed)).toBe('open');
  });

  it('ends the same where it is killed in between: each is decided once', async () => {
    const ids = [await asked(), await asked(), await asked()];
    const { id, change } = (await propose(agent, { ids, decision: grant })).body;
    await confirm(second, change.id);
    const handling = test.get(RequestHandling);
    const whole = handling.decide.bind(handling);
    const killed = jest.spyOn(handling, 'decide').mockImplementation(async (requestId, by) => {
      const decided = await whole(requestId, by);
      if (requestId === ids[1]) throw new Error('The process was killed');
      return decided;
    });
    await expect(test.get(BulkDecisions).run(id)).rejects.toThrow('killed');
    killed.mockRestore();
    expect((await agent.get(`operator/bulk-decisions/${id}`)).body).toMatchObject({ state: 'running', settled: 2 });
    await test.get(BulkDecisions).run(id);
    await test.get(BulkDecisions).run(id);
    expect((await agent.get(`operator/bulk-decisions/${id}`)).body).toMatchObject({ state: 'done', settled: 3 });
    expect(await Promise.all(ids.map(decidedTimes))).toEqual([1, 1, 1]);
  });

  it('is bounded, names its requests in one way, and belongs to those who decide', async () => {
    const many = Array.from({ length: 201 }, () => newId());
    const status = async (who: TestConsole, body: object) =>
      (await who.post(path, { dryRun: true, ...body })).body.code;
    expect(await status(agent, { ids: many, decision: grant })).toBe('request.invalid');
    expect(await status(agent, { ids: [newId()], decision: grant })).toBe('request.not_found');
    expect(await status(agent, { decision: grant })).toBe('request.ids_or_filter');
    expect(await status(agent, { ids: [newId()], filter: {}, decision: grant })).toBe('request.ids_or_filter');
    const auditor = await aSignedInOperator(test, 'auditor');
    expect(await status(auditor, { ids: [newId()], decision: grant })).toBe('operator.forbidden');
    expect((await auditor.get(`operator/bulk-decisions/${newId()}`)).body.code).toBe('request.bulk_not_found');
  });
});
