import { aSignedInOperator, type TestConsole } from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { holderServer } from '../kit/holder-server.js';
import { ExpectingRequests } from '../registry/expecting-requests.js';
import { aHolder, aRegisteredHolder, createHoldersApp, listening, SmallStore } from '../testing/index.js';

describe('a holder outside', () => {
  let test: TestApp;
  let administrator: TestConsole;
  let other: TestConsole;
  beforeAll(async () => {
    test = await createHoldersApp();
    administrator = await aSignedInOperator(test, 'administrator');
    other = await aSignedInOperator(test, 'administrator');
  });
  afterAll(() => test.close());

  const register = (body: object = aHolder()): Promise<TestAnswer> => administrator.post('operator/holders', body);
  const confirm = (by: TestConsole, id: string): Promise<TestAnswer> =>
    by.post(`operator/changes/${id}/confirmation`, {});
  const listed = async (id: string): Promise<any> =>
    (await administrator.get('operator/holders')).body.items.find((one: { id: string }) => one.id === id);
  const act = (id: string, what: string, by = administrator) =>
    by.post(`operator/holders/${id}/${what}`, { reason: '排查中' });
  const remove = async (id: string) => confirm(other, (await act(id, 'removal')).body.change.id);
  const actsOn = async (objectId: string): Promise<string[]> =>
    (await administrator.get(`operator/audit/entries?objectId=${objectId}`)).body.items.map(
      (entry: { act: string }) => entry.act,
    );

  it('comes about by two operators, who see where personal data would go', async () => {
    const proposed = await register(aHolder({ baseUrl: 'https://tickets.example/abide/' }));
    expect(proposed.status).toBe(202);
    const { change } = proposed.body;
    expect(change).toMatchObject({ kind: 'holderCreation', state: 'waiting', object: { type: 'holder' } });
    expect(change.opens[0].en).toContain('go to https://tickets.example/abide (within 127.0.0.0/8)');
    expect(await listed(change.object.id)).toBeUndefined();
    expect((await confirm(administrator, change.id)).status).toBe(403);

    expect((await confirm(other, change.id)).status).toBe(200);
    expect(await listed(change.object.id)).toMatchObject({
      state: 'active',
      health: 'unknown',
      baseUrl: 'https://tickets.example/abide',
    });
    expect(await actsOn(change.object.id)).toEqual(['holder.registered']);
  });

  it('has a secret that is shown once, to whoever proposed it', async () => {
    const { change } = (await register()).body;
    const secret = (by: TestConsole) => by.post(`operator/holders/${change.object.id}/secret`, {});
    expect((await secret(administrator)).body.code).toBe('holder.not_found');
    await confirm(other, change.id);
    expect((await secret(other)).body.code).toBe('holder.no_secret_due');
    expect((await secret(administrator)).body.secret).toMatch(/^whsec_/);
    expect((await secret(administrator)).body.code).toBe('holder.no_secret_due');
  });

  it('is asked who it is, about nobody', async () => {
    const store = new SmallStore();
    const server = await listening(holderServer({ secret: 'whsec_b3RoZXI=', store }));
    const { id } = await aRegisteredHolder(test, { baseUrl: server.url });
    expect((await act(id, 'check')).body).toMatchObject({ health: 'failing', failure: 'refused', name: null });
    expect(await listed(id)).toMatchObject({ health: 'failing', lastFailure: 'refused', lastAnsweredAt: null });
    await server.close();
    expect((await act(id, 'check')).body.failure).toBe('unreachable');
  });

  it('is known by its answer, and by what it keeps beyond what it was registered for', async () => {
    let secret = '';
    const store = new SmallStore();
    const server = await listening(lateSecret(() => secret, store));
    const registered = await aRegisteredHolder(test, { baseUrl: server.url });
    secret = registered.secret;
    expect((await act(registered.id, 'check')).body).toEqual({
      health: 'answering',
      failure: null,
      name: 'A small shop',
      unregistered: ['account.contact'],
      appeared: [],
      gone: [],
    });
    expect(await listed(registered.id)).toMatchObject({ health: 'answering', failingSince: null });
    await server.close();
  });

  it('is reached within the networks that it was registered with, and nowhere else', async () => {
    const server = await listening(holderServer({ secret: 'x', store: new SmallStore() }));
    const { id } = await aRegisteredHolder(test, { baseUrl: server.url, networks: ['10.0.0.0/8'] });
    expect((await act(id, 'check')).body.failure).toBe('addressForbidden');
    await server.close();
  });

  it('is suspended by one operator at once, and resumed by two', async () => {
    const { id } = await aRegisteredHolder(test);
    expect((await act(id, 'suspension')).body.state).toBe('suspended');
    expect((await act(id, 'check')).body.code).toBe('holder.state');
    const { change } = (await act(id, 'resumption')).body;
    expect((await listed(id)).state).toBe('suspended');
    expect((await confirm(other, change.id)).status).toBe(200);
    expect((await listed(id)).state).toBe('active');
    expect((await act(id, 'resumption')).body.code).toBe('holder.state');
  });

  it('is not resumed by an agreement that was asked for before it changed', async () => {
    const { id } = await aRegisteredHolder(test);
    await act(id, 'suspension');
    const { change } = (await act(id, 'resumption')).body;
    await remove(id);
    expect((await confirm(other, change.id)).body.code).toBe('change.stale');
    expect((await listed(id)).state).toBe('removed');
  });

  it('is removed by two operators, who read how many requests still expect its answer', async () => {
    test.get(ExpectingRequests).register(() => Promise.resolve({ decided: 2, undecided: 1 }));
    const { id } = await aRegisteredHolder(test);
    expect((await other.get(`operator/holders/${id}/removal`)).body).toEqual({ decided: 2, undecided: 1 });
    const { status, body } = await act(id, 'removal');
    expect([status, body.change.kind]).toEqual([202, 'holderRemoval']);
    expect(body.change.opens[0].en).toMatch(/^3 open requests still expect an answer from it/);
    expect(body.change.proposed).toEqual({ reason: '排查中', expecting: { decided: 2, undecided: 1 } });
    expect((await listed(id)).state).toBe('active');
    await act(id, 'suspension');
    expect((await confirm(administrator, body.change.id)).status).toBe(403);

    expect((await confirm(other, body.change.id)).status).toBe(200);
    expect((await listed(id)).state).toBe('removed');
    expect((await act(id, 'removal')).body.code).toBe('holder.state');
    expect(await actsOn(id)).toContain('holder.removed');
    expect((await other.get(`operator/changes/${body.change.id}`)).body.proposed.expecting).toBeNull();
  });

  it('has its secret replaced by two operators: the new one is made and shown once, to whoever proposed it', async () => {
    const { id, secret } = await aRegisteredHolder(test);
    const collect = (by: TestConsole) => by.post(`operator/holders/${id}/secret`, {});
    const { status, body } = await act(id, 'secret-replacement');
    expect([status, body.change.kind]).toEqual([202, 'holderSecretReplacement']);
    expect((await collect(administrator)).body.code).toBe('holder.no_secret_due');
    expect((await confirm(administrator, body.change.id)).status).toBe(403);
    await confirm(other, body.change.id);
    expect(await listed(id)).toMatchObject({ secretDue: true, formerSecretUntil: null });
    expect((await collect(other)).body.code).toBe('holder.no_secret_due');

    const shown = (await collect(administrator)).body.secret;
    expect(shown).toMatch(/^whsec_/);
    expect(shown).not.toBe(secret);
    expect((await collect(administrator)).body.code).toBe('holder.no_secret_due');
    const { secretDue, formerSecretUntil } = await listed(id);
    expect(secretDue).toBe(false);
    expect(Math.round((Date.parse(formerSecretUntil) - Date.now()) / 3_600_000)).toBe(24);
    expect((await actsOn(id)).toReversed()).toEqual([
      'holder.registered',
      'holder.secretShown',
      'holder.secretReplacementAgreed',
      'holder.secretReplaced',
      'holder.secretShown',
    ]);
    await remove(id);
    expect((await act(id, 'secret-replacement')).body.code).toBe('holder.state');
  });

  it('has an address that can be one, and a code that nobody had', async () => {
    const refused = async (changes: object) => (await register(aHolder({ ...changes }))).body.code;
    for (const baseUrl of ['ftp://a.example', 'https://user:pass@a.example', 'https://a.example/?x=1', 'nothing'])
      expect(await refused({ baseUrl })).toBe('holder.bad_address');
    for (const networks of [['10.0.0.0'], ['10.0.0.0/33'], ['all/8'], ['::/129'], ['0.0.0.0/0'], ['::/0']])
      expect(await refused({ networks })).toBe('holder.bad_network');
    const { id } = await aRegisteredHolder(test, { code: 'taken' });
    await remove(id);
    expect(await refused({ code: 'taken' })).toBe('holder.code_taken');
  });

  it('is read by an auditor, who changes nothing', async () => {
    const { id } = await aRegisteredHolder(test);
    const auditor = await aSignedInOperator(test, 'auditor');
    expect((await auditor.get('operator/holders')).status).toBe(200);
    expect((await auditor.get(`operator/holders/${id}/calls`)).body.items).toEqual([]);
    for (const what of ['check', 'secret', 'secret-replacement', 'suspension', 'resumption', 'removal'])
      expect((await act(id, what, auditor)).body.code).toBe('operator.forbidden');
    expect((await auditor.post('operator/holders', aHolder())).body.code).toBe('operator.forbidden');
    const agent = await aSignedInOperator(test, 'supportAgent');
    expect((await agent.get('operator/holders')).body.code).toBe('operator.forbidden');
    expect((await agent.get(`operator/holders/${newId()}/calls`)).body.code).toBe('operator.forbidden');
  });
});

/** A holder that learns its secret after it began to listen. */
function lateSecret(secret: () => string, store: SmallStore) {
  const inner = () => holderServer({ secret: secret(), store });
  const server = holderServer({ secret: 'unused', store });
  server.removeAllListeners('request');
  return server.on('request', (request, response) => inner().emit('request', request, response));
}
