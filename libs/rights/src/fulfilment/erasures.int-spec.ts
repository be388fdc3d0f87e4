import {
  advance,
  aSignedInOperator,
  aSignedInSubject,
  messagesTo,
  resetClock,
  subjectPassword,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { Database, ScheduledTasks } from '@abide/platform';
import { eventually, type TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { Fulfilment } from './fulfilment.service.js';

const article = '民事诉讼法第八十四条';

describe('what goes for good', () => {
  let test: TestApp;
  let officer: TestConsole;
  let administrator: TestConsole;
  let person: TestClientApp;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp({ ABIDE_ROLE: 'all' });
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
    administrator = await aSignedInOperator(test, 'administrator');
  });
  beforeEach(async () => {
    person = await aSignedInSubject(test, { ...accepted, profile: { name: '林小禾' } });
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const secondProof = { password: subjectPassword };
  const row = async (sql: string, of: string) =>
    (await test.get(Database).query<Record<string, unknown>>(sql, [of]))[0];
  const stateOf = async (id: string) => (await officer.get(`operator/requests/${id}`)).body.state;
  const granted = async (body: object, decision: object = { outcome: 'grant' }): Promise<string> => {
    const { id } = await aProvenRequest(test, person, { ...body });
    await officer.stepUp();
    expect((await officer.post(`operator/requests/${id}/decision`, decision)).body.state).toBe('waiting');
    return id;
  };
  /** Nothing of the person is in the live database but what the answer says. */
  const namedIn = async (table: string) =>
    (await row(`SELECT count(*)::int AS n FROM ${table} WHERE subject_id = $1`, person.subjectId))?.['n'];

  it('goes once the waiting is over, and not before', async () => {
    const id = await granted({ type: 'accountClosure', secondProof });
    const { decisions } = (await person.send('GET', `me/requests/${id}`)).body;
    const saidToStay = decisions
      .filter(({ outcome }: { outcome: string }) => outcome === 'keep')
      .map(({ holder, category, ground }: Record<string, string>) => `${holder} ${category} ${ground}`);
    await test.get(ScheduledTasks).runAll();
    expect(await stateOf(id)).toBe('waiting');
    expect((await person.send('GET', 'me')).status).toBe(200);
    await advance(test, 'P3DT1M');
    await officer.signIn();
    await test.get(ScheduledTasks).runAll();
    // Not through the console: each look there is an entry about the person.
    const closed = async () =>
      (await row('SELECT state FROM rights.requests WHERE id = $1', id))?.['state'] === 'closed';
    await eventually(closed);

    expect((await person.send('GET', 'me')).status).toBe(401);
    expect((await person.signIn()).status).toBe(401);
    for (const table of ['identity.subjects', 'identity.identifiers', 'identity.profile_fields'])
      expect([table, await namedIn(table)]).toEqual([table, 0]);
    // Only the looks of operators since.
    const opened =
      'SELECT count(*)::int AS n FROM audit.openings JOIN audit.entries entry ON entry.id = entry_id WHERE subject_id = $1 AND entry.at <= (SELECT closed_at FROM rights.requests WHERE subject_id = $1)';
    expect(await row(opened, person.subjectId)).toEqual({ n: 0 });
    expect(
      await row("SELECT wrapped FROM vault.subject_keys WHERE subject_id = $1 AND kind = 'ordinary'", person.subjectId),
    ).toEqual({ wrapped: null });
    const { holders, timeline } = (await officer.get(`operator/requests/${id}`)).body;
    expect(holders.every(({ outcome }: { outcome: string }) => ['done', 'nothing'].includes(outcome))).toBe(true);
    expect(holders.find(({ name }: { name: string }) => name === 'identity').counts).toContainEqual(
      expect.objectContaining({ category: 'registration.name', count: 1 }),
    );
    const stayed = holders.flatMap(({ name, retained }: { name: string; retained: Record<string, string>[] }) =>
      retained.map(({ category, ground }) => `${name} ${category} ${ground}`),
    );
    expect(saidToStay).toEqual(expect.arrayContaining(stayed));
    expect(stayed).toContain('policy.acceptances client.instruction evidence');
    expect(timeline.map(({ act }: { act: string }) => act)).toEqual([
      'opened',
      'verified',
      'decided',
      'carriedOut',
      'closed',
    ]);
  });

  it('is answered once, over an address that is forgotten with it', async () => {
    const id = await granted({ type: 'accountClosure', secondProof });
    expect((await person.send('POST', `me/requests/${id}/waiver`)).status).toBe(200);
    expect((await person.send('GET', 'me')).status).toBe(401);
    await eventually(async () => (await stateOf(id)) === 'closed');
    await eventually(async () =>
      (await messagesTo(test, person.identifier.value)).some((text) => text.includes('最后一封')),
    );
    const last = (await messagesTo(test, person.identifier.value)).filter((text) => text.includes('最后一封'));
    expect(last).toHaveLength(1);
    expect(last[0]).toMatch(/已删除：\n(· .+（\d+ 条）\n)+/);
    expect(last[0]).toMatch(/保留至 .+年.+月.+日/);
    expect(last[0]).not.toMatch(/[a-z]+\.[a-z]+[A-Z（]/);
    await eventually(
      async () => (await row('SELECT farewell FROM rights.requests WHERE id = $1', id))?.['farewell'] === null,
    );
    const { audit } = { audit: (await officer.get(`operator/requests/${id}`)).text };
    expect(audit).not.toContain(person.identifier.value);
  });

  it('lets the same person sign up again, as somebody new with nothing of before', async () => {
    const id = await granted({ type: 'accountClosure', secondProof });
    await person.send('POST', `me/requests/${id}/waiver`);
    await eventually(async () => (await stateOf(id)) === 'closed');
    const profile = { name: '林小荷' };
    const again = await aSignedInSubject(test, { ...accepted, profile, identifier: person.identifier });
    expect(again.subjectId).not.toBe(person.subjectId);
    expect((await again.send('GET', 'me')).body.profile).toEqual(profile);
    const { items } = (await again.send('GET', 'me/notices')).body;
    expect(items.filter(({ kind }: { kind: string }) => kind === 'request')).toEqual([]);
    expect((await again.send('GET', 'me/requests')).body.items).toEqual([]);
  });

  it('is stopped by a hold that was placed since, goes on when it is lifted, and nobody signs in meanwhile', async () => {
    const id = await granted({ type: 'accountClosure', secondProof });
    const until = new Date(Date.now() + 90 * 86_400_000).toISOString();
    const placed = await officer.post('operator/holds', {
      subjectId: person.subjectId,
      ground: 'litigation',
      article,
      categories: ['registration.name'],
      until,
    });
    await person.send('POST', `me/requests/${id}/waiver`);
    const answerOf = async (name: string) =>
      (await officer.get(`operator/requests/${id}`)).body.holders.find((one: { name: string }) => one.name === name);
    await eventually(async () => (await answerOf('vault')).outcome === 'blocked');
    expect(await stateOf(id)).toBe('fulfilling');
    expect((await person.signIn()).status).toBe(401);
    expect(await namedIn('identity.profile_fields')).toBe(1);
    const { change } = (await officer.post(`operator/holds/${placed.body.id}/lifting`, { reason: '双方已经和解' }))
      .body;
    await administrator.post(`operator/changes/${change.id}/confirmation`, {});
    await eventually(async () => (await stateOf(id)) === 'closed');
    expect(await namedIn('identity.profile_fields')).toBe(0);
  });

  it('takes some kinds of data alone where the account goes on', async () => {
    const items = [{ category: 'registration.name', outcome: 'grant' }];
    const decision = { outcome: 'perCategory', items };
    const id = await granted({ type: 'deletion', categories: ['registration.name'] }, decision);
    await person.send('POST', `me/requests/${id}/waiver`);
    await eventually(async () => (await stateOf(id)) === 'closed');
    const me = (await person.send('GET', 'me')).body;
    expect(me.profile).toEqual({});
    expect(me.identifiers).toHaveLength(1);
    const mine = (await person.send('GET', `me/requests/${id}`)).body;
    expect(mine.holders.find(({ name }: { name: string }) => name === 'identity')).toMatchObject({
      outcome: 'done',
      counts: [{ category: 'registration.name', count: 1 }],
    });
    expect((await person.send('GET', 'me/notices')).body.items[0].title).toBe('您的请求已有答复');
  });

  it('comes to one end where two runs meet', async () => {
    const id = await granted({ type: 'accountClosure', secondProof });
    await person.send('POST', `me/requests/${id}/waiver`);
    const run = () => test.get(Fulfilment).run(id);
    await Promise.all([run(), run(), run()]);
    expect(await stateOf(id)).toBe('closed');
    const { timeline } = (await officer.get(`operator/requests/${id}`)).body;
    expect(timeline.filter(({ act }: { act: string }) => act === 'closed')).toHaveLength(1);
  });
});
