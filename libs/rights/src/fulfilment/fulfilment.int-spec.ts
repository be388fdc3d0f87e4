import { aSignedInOperator, aSignedInSubject, type TestClientApp, type TestConsole } from '@abide/identity/testing';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { Fulfilment } from './fulfilment.service.js';

describe('carrying out what was granted', () => {
  let test: TestApp;
  let officer: TestConsole;
  let person: TestClientApp;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
  });
  beforeEach(async () => {
    person = await aSignedInSubject(test, { ...accepted, profile: { name: '林小禾' } });
  });
  afterAll(() => test.close());

  const carryOut = (id: string) => test.get(Fulfilment).run(id);
  const get = async (id: string) => (await person.send('GET', `me/requests/${id}`)).body;
  const answersOf = async (id: string, holder = 'identity') =>
    (await get(id)).holders.filter(({ name }: { name: string }) => name === holder);

  it('keeps what was done where two runs meet', async () => {
    const { id } = await aProvenRequest(test, person, { type: 'restriction' });
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant' });
    await Promise.all([carryOut(id), carryOut(id), carryOut(id)]);
    expect((await get(id)).state).toBe('closed');
    expect(await answersOf(id)).toEqual([expect.objectContaining({ outcome: 'done' })]);
    expect((await get(id)).timeline.filter(({ act }: { act: string }) => act === 'carriedOut')).toHaveLength(1);
  });
});
