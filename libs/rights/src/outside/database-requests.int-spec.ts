import { aDatabaseHolder, createSigningDatabase, type SigningDatabase } from '@abide/holders/testing';
import { aSignedInOperator, aSignedInSubject, type TestClientApp, type TestConsole } from '@abide/identity/testing';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Fulfilment } from '../fulfilment/fulfilment.service.js';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { filesIn } from '../testing/zip-files.js';

describe('a request that a database outside has to answer', () => {
  let test: TestApp;
  let officer: TestConsole;
  let person: TestClientApp;
  let signing: SigningDatabase;
  let name: string;

  beforeAll(async () => {
    test = await createRightsApp();
    const accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
    person = await aSignedInSubject(test, accepted);
    signing = await createSigningDatabase();
    await signing.run('UPDATE signing.signers SET email = $1 WHERE id = 1', [person.identifier.value]);
    const wanted = aDatabaseHolder({ url: signing.url, manifest: await signing.manifest() });
    name = `outside.${String(wanted['code'])}`;
    const proposer = await aSignedInOperator(test, 'administrator');
    const { change } = (await proposer.post('operator/holders/databases', wanted)).body;
    await (await aSignedInOperator(test, 'administrator')).post(`operator/changes/${change.id}/confirmation`, {});
  });
  afterAll(async () => {
    await test.close();
    await signing.drop();
  });

  const granted = async (body?: Record<string, unknown>): Promise<string> => {
    const { id } = await aProvenRequest(test, person, body);
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant', text: '请查收。' });
    await test.get(Fulfilment).run(id);
    return id;
  };
  const get = async (id: string) => (await person.send('GET', `me/requests/${id}`)).body;
  const answerIn = async (id: string) => (await get(id)).holders.find((one: { name: string }) => one.name === name);

  it('shows what it has, and puts its rows into the package', async () => {
    const id = await granted();
    const { items } = (await officer.get(`operator/requests/${id}/findings`)).body;
    expect(
      (items as { holder: string; category: string; count: number }[])
        .filter((one) => one.holder === name)
        .map((one) => [one.category, one.count]),
    ).toEqual([
      ['content.stored', 3],
      ['registration.email', 1],
      ['registration.name', 1],
      ['registration.phone', 1],
    ]);
    expect((await get(id)).state).toBe('closed');
    const headers = { authorization: `Bearer ${person.accessToken}` };
    const { rawPayload } = await test.app.inject({ method: 'GET', url: `/api/v1/me/requests/${id}/package`, headers });
    const { records } = JSON.parse((await filesIn(rawPayload))['data.json'] ?? '');
    const own = records.filter((one: { holder: string }) => one.holder === name);
    expect(own).toHaveLength(6);
    expect(own).toContainEqual(
      expect.objectContaining({
        category: 'content.stored',
        since: '2026-02-01T00:00:00.000Z',
        values: { title: '租赁合同', body: { pages: 2 } },
      }),
    );
  });

  it('corrects what it keeps, and leaves the rest to a person', async () => {
    const id = await granted({ type: 'correction', corrections: [{ category: 'registration.name', value: '林禾' }] });
    expect(await answerIn(id)).toMatchObject({
      outcome: 'done',
      counts: [{ category: 'registration.name', table: 'signing.signers', count: 1 }],
    });
    expect(await signing.run('SELECT full_name FROM signing.signers WHERE id = 1')).toEqual([{ full_name: '林禾' }]);
    const restricted = await granted({ type: 'restriction', categories: ['content.stored'] });
    expect(await answerIn(restricted)).toMatchObject({ outcome: 'manual', taskId: null });
    const { holders } = (await officer.get(`operator/requests/${restricted}`)).body;
    expect(holders.find((one: { name: string }) => one.name === name).taskId).toEqual(expect.any(String));
  });
});
