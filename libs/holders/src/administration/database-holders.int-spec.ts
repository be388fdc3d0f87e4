import { advance, aSignedInOperator, resetClock, type TestConsole } from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { HolderCalls } from '../calls/holder-calls.service.js';
import { aDatabaseHolder, createHoldersApp, createSigningDatabase, type SigningDatabase } from '../testing/index.js';

describe('a database that is a holder outside', () => {
  let test: TestApp;
  let administrator: TestConsole;
  let other: TestConsole;
  let signing: SigningDatabase;
  beforeAll(async () => {
    test = await createHoldersApp();
    administrator = await aSignedInOperator(test, 'administrator');
    other = await aSignedInOperator(test, 'administrator');
  });
  beforeEach(async () => {
    signing = await createSigningDatabase();
  });
  afterEach(async () => {
    await resetClock(test);
    await signing.drop();
  });
  afterAll(() => test.close());

  const wanted = async (changes: object = {}) =>
    aDatabaseHolder({ url: signing.url, manifest: await signing.manifest(), ...changes });
  const register = async (changes: object = {}): Promise<TestAnswer> =>
    administrator.post('operator/holders/databases', await wanted(changes));
  const confirm = (by: TestConsole, id: string) => by.post(`operator/changes/${id}/confirmation`, {});
  const registered = async (changes: object = {}): Promise<{ id: string; name: string }> => {
    const body = await wanted(changes);
    const { change } = (await administrator.post('operator/holders/databases', body)).body;
    await confirm(other, change.id);
    return { id: change.object.id, name: `outside.${String(body['code'])}` };
  };
  const listed = async (id: string): Promise<any> =>
    (await administrator.get('operator/holders')).body.items.find((one: { id: string }) => one.id === id);
  const act = (id: string, what: string, body: object = {}, by = administrator) =>
    by.post(`operator/holders/${id}/${what}`, body);
  const about = (value = 'lin@example.com') => {
    const reference = newId();
    return {
      reference,
      requestId: reference,
      subject: { id: newId(), identifiers: [{ type: 'email', value }] },
      categories: [],
    };
  };
  const everywhere = async () =>
    JSON.stringify(
      await test
        .get(Database)
        .query(
          'SELECT proposed::text, opens::text, (SELECT json_agg(e) FROM audit.entries e)::text FROM identity.pending_changes',
        ),
    );

  it('comes about by two operators, who read what is read and changed there, and no password', async () => {
    const { change } = (await register()).body;
    const opens = change.opens.map((one: { en: string }) => one.en);
    expect(opens[0]).toMatch(/^The database postgres:\/\/127\.0\.0\.1:\d+\/outside_\w+ \(within 127\.0\.0\.0\/8\)/);
    expect(opens[1]).toBe(
      'signing.signers: reads full_name, email, mobile; may correct full_name; restricts by is_restricted; erasing blanks these columns.',
    );
    expect(opens[3]).toBe('signing.letters: reads address; erasing deletes the row.');
    expect((await confirm(other, change.id)).status).toBe(200);
    expect(await listed(change.object.id)).toMatchObject({
      kind: 'database',
      secretDue: false,
      categories: ['content.stored', 'registration.email', 'registration.name', 'registration.phone'],
    });
    expect(await everywhere()).not.toContain(`${signing.login}@`);
    expect(await everywhere()).not.toContain(`:${signing.login}`);
    await act(change.object.id, 'suspension', { reason: '排查中' });
    const resumption = (await act(change.object.id, 'resumption')).body.change;
    expect(resumption.opens).toEqual(change.opens);
    await confirm(other, resumption.id);
    expect((await act(change.object.id, 'secret')).body.code).toBe('holder.no_secret_due');
    expect((await act(change.object.id, 'check')).body).toMatchObject({ health: 'answering', appeared: [], gone: [] });
  });

  it('leaves no password behind where it is rejected', async () => {
    const { change } = (await register()).body;
    const kept = () => test.get(Database).query('SELECT FROM holders.waiting_secrets');
    expect(await kept()).toHaveLength(1);
    await other.post(`operator/changes/${change.id}/rejection`, { reason: '不是我们的库' });
    expect(await kept()).toEqual([]);
  });

  it('is refused with an address, networks or a manifest that cannot be used, each problem by its place', async () => {
    const refused = async (changes: object) => (await register(changes)).body;
    for (const url of [
      'https://a.example/db',
      'postgres://a.example/db',
      'postgres://u:p@a.example/db?host=/tmp',
      'postgres://u:p@a.example',
    ])
      expect((await refused({ url })).code).toBe('holder.bad_database');
    expect((await refused({ networks: [] })).code).toBe('holder.networks_needed');
    expect((await refused({ networks: ['all/8'] })).code).toBe('holder.bad_network');
    const manifest = await signing.manifest({ 'erase: delete': 'erase: unknown' });
    expect(await refused({ manifest })).toMatchObject({
      code: 'holder.bad_manifest',
      errors: [{ pointer: 'manifest.tables.signing.letters.erase', code: 'holder.manifest.gap' }],
    });
  });

  it('shows what it covers to who may read', async () => {
    const { id } = await registered();
    const auditor = await aSignedInOperator(test, 'auditor');
    const { body } = await auditor.get(`operator/holders/${id}/database`);
    expect(body.manifest).toBe(await signing.manifest());
    expect(body.tables[1]).toEqual({
      table: 'signing.contracts',
      kinds: [{ category: 'content.stored', columns: ['title', 'body'] }],
      correctable: [],
      restrictedBy: null,
      erasure: 'keep',
      article: '电子签名法第二十四条',
    });
    for (const [what, more] of [
      ['database', {}],
      ['shadow', {}],
    ] as const)
      expect((await act(id, what, more, auditor)).body.code).toBe('operator.forbidden');
    expect((await auditor.post('operator/holders/databases', await wanted())).body.code).toBe('operator.forbidden');
  });

  it('answers for requests as any other holder does', async () => {
    const { name } = await registered();
    const question = about();
    const calls = test.get(HolderCalls);
    expect(await calls.describe(name, question)).toMatchObject({ outcome: 'done', holdings: { length: 4 } });
    expect(await calls.lastDescription(name, question.requestId)).toMatchObject({ outcome: 'done' });
    const exported = await calls.export(name, question, (records) => Array.fromAsync(records));
    expect(exported).toMatchObject({ counts: expect.arrayContaining([{ category: 'content.stored', count: 3 }]) });
    const corrections = [{ category: 'registration.name', value: '林禾' }];
    const answer = { outcome: 'done', counts: [{ category: 'registration.name', table: 'signing.signers', count: 1 }] };
    expect(await calls.act(name, 'correct', { ...question, corrections })).toMatchObject(answer);
    expect(await calls.act(name, 'correct', { ...question, corrections })).toMatchObject(answer);
  });

  it('says nothing once its schema changed, alarms, and answers again by a manifest that two operators agreed on', async () => {
    const { id, name } = await registered();
    await signing.run('ALTER TABLE signing.letters ADD phone text');
    await advance(test, 'P2D');
    administrator = await aSignedInOperator(test, 'administrator');
    await test.get(ScheduledTasks).runAll();
    expect(await listed(id)).toMatchObject({ health: 'failing', lastFailure: 'schemaChanged' });
    const { fragments } = (await administrator.get('operator/overview')).body;
    const shown = fragments.find((one: { name: string }) => one.name === 'holders');
    expect(shown.standing).toContainEqual(expect.objectContaining({ id, lastFailure: 'schemaChanged' }));
    const acts = async () =>
      (await administrator.get(`operator/audit/entries?objectId=${id}`)).body.items.map(
        (one: { act: string }) => one.act,
      );
    expect(await acts()).toEqual(['holder.schemaChanged', 'holder.registered']);
    expect((await act(id, 'check')).body).toMatchObject({
      failure: 'schemaChanged',
      appeared: ['signing.letters.phone'],
    });
    expect(await test.get(HolderCalls).act(name, 'erase', about())).toMatchObject({ outcome: 'unreachable' });
    expect((await acts()).filter((one: string) => one === 'holder.schemaChanged')).toHaveLength(1);

    const manifest = await signing.manifest({
      'address: content.stored': 'address: content.stored, phone: registration.phone',
    });
    const { change } = (await act(id, 'database', { manifest })).body;
    expect(change).toMatchObject({ kind: 'holderDatabaseChange', state: 'waiting' });
    expect((await confirm(await aSignedInOperator(test, 'administrator'), change.id)).status).toBe(200);
    expect((await act(id, 'check')).body.health).toBe('answering');
    expect((await act(id, 'database', { url: 'postgres://u:p@h/d?options=x' })).body.code).toBe('holder.bad_database');
  });

  it('is tried with somebody, and keeps nothing of it', async () => {
    const { id } = await registered();
    const identifiers = [{ type: 'email', value: 'lin@example.com' }];
    const { body } = await act(id, 'shadow', { identifiers });
    expect(body).toMatchObject({
      outcome: 'done',
      counts: expect.arrayContaining([{ table: 'signing.letters', category: 'content.stored', count: 1 }]),
      retained: [{ category: 'content.stored', count: 2, ground: 'legalMinimum' }],
    });
    expect(await signing.run('SELECT FROM signing.letters')).toHaveLength(2);
    await signing.run('CREATE TABLE signing.notes (id int)');
    expect((await act(id, 'shadow', { identifiers })).body).toMatchObject({
      code: 'holder.no_answer',
      failure: 'schemaChanged',
    });
    expect(await everywhere()).not.toContain('lin@example.com');
  });

  it('takes no answer over HTTP, since its secret signs nothing', async () => {
    const { id } = await registered();
    const path = `holder-answers/${id}`;
    expect(
      (await test.request({ method: 'POST', path, body: '{}', headers: { 'content-type': 'application/json' } })).body
        .code,
    ).toBe('holder.unproven');
  });
});
