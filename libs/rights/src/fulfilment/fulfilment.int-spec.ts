import {
  aRegisteredHolder,
  inFrontOf,
  listening,
  SmallStore,
  type Listening,
  type RegisteredHolder,
} from '@abide/holders/testing';
import { holderServer } from '@abide/holders';
import { aSignedInOperator, aSignedInSubject, type TestClientApp, type TestConsole } from '@abide/identity/testing';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { Fulfilment } from './fulfilment.service.js';

describe('carrying out what was granted', () => {
  let test: TestApp;
  let officer: TestConsole;
  let colleague: TestConsole;
  let person: TestClientApp;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
    colleague = await aSignedInOperator(test, 'privacyOfficer');
  });
  beforeEach(async () => {
    person = await aSignedInSubject(test, { ...accepted, profile: { name: '林小禾' } });
  });
  afterAll(() => test.close());

  const carryOut = (id: string) => test.get(Fulfilment).run(id);
  const get = async (id: string) => (await person.send('GET', `me/requests/${id}`)).body;
  const answersOf = async (id: string, holder = 'identity') =>
    (await get(id)).holders.filter(({ name }: { name: string }) => name === holder);
  const nameOf = async () => (await person.send('GET', 'me')).body.profile.name;

  it('keeps what was done where two runs meet', async () => {
    const { id } = await aProvenRequest(test, person, { type: 'restriction' });
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant' });
    await Promise.all([carryOut(id), carryOut(id), carryOut(id)]);
    expect((await get(id)).state).toBe('closed');
    expect(await answersOf(id)).toEqual([expect.objectContaining({ outcome: 'done' })]);
    expect((await get(id)).timeline.filter(({ act }: { act: string }) => act === 'carriedOut')).toHaveLength(1);
  });

  it('keeps what was done in an earlier round, and carries out nothing where all is refused', async () => {
    const corrections = [
      { category: 'registration.name', value: '林小荷' },
      { category: 'registration.email', value: 'lin@new.example' },
    ];
    const { id } = await aProvenRequest(test, person, { type: 'correction', corrections });
    const items = [
      { category: 'registration.name', outcome: 'grant' },
      { category: 'registration.email', outcome: 'refuse', reason: '请在设置中更换' },
    ];
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'perCategory', reason: '邮箱不改', items });
    await carryOut(id);
    const done = { round: 1, outcome: 'done', counts: [expect.objectContaining({ count: 1 })] };
    expect(await answersOf(id)).toEqual([expect.objectContaining(done)]);

    await person.send('POST', `me/requests/${id}/appeal`, { text: '请再看一次' });
    expect(await answersOf(id)).toEqual([expect.objectContaining(done)]);
    await colleague.post(`operator/requests/${id}/decision`, { outcome: 'refuse', reason: '仍不改' });
    expect((await get(id)).outcome).toBe('refused');
    expect(await answersOf(id)).toEqual([expect.objectContaining(done)]);
    expect((await get(id)).holders.filter(({ outcome }: { outcome: string | null }) => outcome === null)).toEqual([]);
  });

  it('carries out what an appeal grants beside what the first decision did', async () => {
    const corrections = [{ category: 'registration.name', value: '林小荷' }];
    const { id } = await aProvenRequest(test, person, { type: 'correction', corrections });
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'refuse', reason: '请先出示证件' });
    expect((await get(id)).holders).toEqual([]);
    await person.send('POST', `me/requests/${id}/appeal`, { text: '证件已出示' });
    await colleague.post(`operator/requests/${id}/decision`, { outcome: 'grant' });
    await carryOut(id);
    expect([(await get(id)).state, await nameOf()]).toEqual(['closed', '林小荷']);
    expect(await answersOf(id)).toEqual([expect.objectContaining({ round: 2, outcome: 'done' })]);
  });

  describe('by several holders', () => {
    let shop: RegisteredHolder;
    let server: Listening;
    let store: SmallStore;

    beforeAll(async () => {
      const front = inFrontOf(holderServer({ secret: 'unused', store: new SmallStore() }), (request, response) => {
        holderServer({ secret: shop.secret, store }).emit('request', request, response);
        return true;
      });
      server = await listening(front);
      shop = await aRegisteredHolder(test, { baseUrl: server.url, categories: ['registration.name'] });
    });
    beforeEach(() => {
      const kept = {
        category: 'registration.name',
        id: '7',
        since: '2026-01-02T00:00:00Z',
        values: { value: '林小禾' },
      };
      store = new SmallStore([{ owner: person.identifier.value, ...kept }]);
    });
    afterAll(() => server.close());

    it.each([
      { granted: 'identity', refused: 'the shop', name: '林小荷', shopName: '林小禾' },
      { granted: 'the shop', refused: 'identity', name: '林小禾', shopName: '林小荷' },
    ])('corrects at $granted what was granted there, and not at $refused', async ({ granted, name, shopName }) => {
      const corrections = [{ category: 'registration.name', value: '林小荷' }];
      const { id } = await aProvenRequest(test, person, { type: 'correction', corrections });
      await officer.get(`operator/requests/${id}/findings`);
      const items = ['identity', shop.name].map((holder) => {
        const isGranted = (holder === 'identity') === (granted === 'identity');
        const outcome = isGranted ? { outcome: 'grant' } : { outcome: 'refuse', reason: '票面已售出' };
        return { holder, category: 'registration.name', ...outcome };
      });
      await officer.post(`operator/requests/${id}/decision`, { outcome: 'perCategory', reason: '票面不改', items });
      await carryOut(id);
      const ofHolder = async (holder: string) => (await answersOf(id, holder))[0].outcome;
      const outcomes = [await ofHolder('identity'), await ofHolder(shop.name)];
      expect(outcomes).toEqual(granted === 'identity' ? ['done', 'nothing'] : ['nothing', 'done']);
      expect([await nameOf(), store.records[0]?.values['value']]).toEqual([name, shopName]);
    });
  });
});
