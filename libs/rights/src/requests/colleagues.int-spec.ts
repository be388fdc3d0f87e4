import { aSignedInOperator, aSignedInSubject, type TestClientApp, type TestConsole } from '@abide/identity/testing';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { aProvenRequest, createRightsApp } from '../testing/app.js';

describe('a request among colleagues', () => {
  let test: TestApp;
  let officer: TestConsole;
  let agent: TestConsole;
  let person: TestClientApp;

  beforeAll(async () => {
    test = await createRightsApp();
    const revisionId = await (await PolicyStaff.open(test)).inForce(aPolicy());
    officer = await aSignedInOperator(test, 'privacyOfficer');
    agent = await aSignedInOperator(test, 'supportAgent');
    await aSignedInOperator(test, 'auditor');
    person = await aSignedInSubject(test, { acceptedRevisionIds: [revisionId] });
  });
  afterAll(() => test.close());

  const get = async (who: TestConsole, id: string) => (await who.get(`operator/requests/${id}`)).body;
  const assign = (who: TestConsole, id: string, operatorId: string | null) =>
    who.post(`operator/requests/${id}/assignment`, { operatorId });
  const deciding = async (id: string) => {
    const { items } = (await agent.get(`operator/requests/${id}/colleagues`)).body;
    return Object.fromEntries(items.map((one: { id: string; mayDecide: boolean }) => [one.id, one.mayDecide]));
  };

  it('says who decides it, and is handed to them and back to nobody', async () => {
    const { id } = await aProvenRequest(test, person, { type: 'deletion' });
    expect(await get(agent, id)).toMatchObject({ mayDecide: false, deciding: { barrier: 'kind' } });
    expect(await get(officer, id)).toMatchObject({ mayDecide: true, deciding: { barrier: null } });
    expect(await deciding(id)).toEqual({ [officer.operatorId]: true, [agent.operatorId]: false });
    expect((await assign(agent, id, officer.operatorId)).body.assigneeId).toBe(officer.operatorId);
    expect((await assign(agent, id, null)).body.assigneeId).toBeNull();
  });

  it('is decided anew by somebody else, who is named', async () => {
    const { id } = await aProvenRequest(test, person);
    await agent.post(`operator/requests/${id}/decision`, { outcome: 'refuse', reason: '无法核实。' });
    await person.send('POST', `me/requests/${id}/appeal`, { text: '我不同意。' });
    expect(await get(agent, id)).toMatchObject({
      isAppeal: true,
      mayDecide: false,
      deciding: { barrier: 'decidedBefore' },
    });
    expect(await deciding(id)).toEqual({ [officer.operatorId]: true });
    const [line] = (await agent.get('operator/requests?only=appeals')).body.items;
    expect(line).toMatchObject({ id, isAppeal: true, isJoined: false, channel: 'app', hasAccount: true });
    expect(line.personName).toMatch(/\*/);
  });

  it('names nobody who may not answer it to an editor', async () => {
    const { id } = await aProvenRequest(test, person, { type: 'portability' });
    const editor = await aSignedInOperator(test, 'policyEditor');
    expect((await editor.get(`operator/requests/${id}/colleagues`)).body.code).toBe('operator.forbidden');
  });
});
