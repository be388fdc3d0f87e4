import { aSignedInOperator, aSignedInSubject, type TestClientApp, type TestConsole } from '@abide/identity/testing';
import { Database } from '@abide/platform';
import { eventually, type TestApp } from '@abide/platform/testing';
import { aClause, aPolicy, PolicyStaff, registrationClause, withClause } from '@abide/policy/testing';
import { Fulfilment } from '../fulfilment/fulfilment.service.js';
import { aProvenRequest, createRightsApp } from '../testing/app.js';

const article = '民事诉讼法第八十四条';
const secrecy = '刑事诉讼法第五十四条';

/** Of findings and decisions. */
interface Part {
  readonly holder: string;
  readonly category: string;
  readonly exemptions: readonly object[];
}

/** A name is registered because a law says so, a birth date because the contract needs it. */
const policy = withClause(
  aPolicy({
    clauses: [
      aClause({
        id: 'collect.birth-date',
        terms: [
          {
            type: 'collection',
            categories: ['registration.birthDate'],
            purposes: ['service.provision'],
            basis: 'contract',
          },
          { type: 'retention', categories: ['registration.birthDate'], until: 'accountClosure', then: 'delete' },
        ],
      }),
    ],
  }),
  {
    ...registrationClause,
    terms: registrationClause.terms.map((term) => ('basis' in term ? { ...term, basis: 'legalObligation' } : term)),
  },
);

describe('a request about what is held', () => {
  let test: TestApp;
  let officer: TestConsole;
  let administrator: TestConsole;
  let person: TestClientApp;
  let accepted: { acceptedRevisionIds: string[] };
  const until = new Date(Date.now() + 90 * 86_400_000).toISOString();

  beforeAll(async () => {
    test = await createRightsApp({ ABIDE_ROLE: 'all' });
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(policy)] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
    administrator = await aSignedInOperator(test, 'administrator');
  });
  beforeEach(async () => {
    person = await aSignedInSubject(test, accepted);
  });
  afterAll(() => test.close());

  const place = async (changes: object = {}): Promise<string> =>
    (
      await officer.post('operator/holds', {
        subjectId: person.subjectId,
        ground: 'litigation',
        article,
        categories: ['registration.name'],
        until,
        ...changes,
      })
    ).body.id;
  const aDeletion = () => aProvenRequest(test, person, { type: 'deletion' });
  const findings = (id: string) => officer.get(`operator/requests/${id}/findings`);
  const decide = (id: string, body: object, headers = {}) =>
    officer.request({ method: 'POST', path: `operator/requests/${id}/decision`, body, headers });
  const mine = async (id: string) => (await person.send('GET', `me/requests/${id}`)).body;
  const of = (items: readonly Part[], category: string, holder = 'identity') =>
    items.find((one) => one.holder === holder && one.category === category);
  /** As it will be once the waiting time leads on. */
  const carryOut = async (id: string) => {
    await test.get(Database).execute("UPDATE rights.requests SET state = 'fulfilling' WHERE id = $1", [id]);
    await test.get(Fulfilment).run(id);
  };

  it('finds the hold over what it covers, and over nothing else', async () => {
    const holdId = await place();
    const { items } = (await findings((await aDeletion()).id)).body;
    expect(of(items, 'registration.name')?.exemptions).toEqual([{ ground: 'hold', article, until, holdId }]);
    expect(of(items, 'registration.email')).toMatchObject({ exemptions: [], isSignIn: true });
    expect(of(items, 'registration.name')).toMatchObject({ isSignIn: false });
    expect(of(items, 'registration.email', 'vault')?.exemptions).toEqual([]);
    const closing = await aProvenRequest(test, person, { type: 'accountClosure' });
    expect(of((await findings(closing.id)).body.items, 'registration.email', 'vault')?.exemptions).toMatchObject([
      { holdId },
    ]);
  });

  it('is decided on as it was seen, though the law keeps some of it by the hour', async () => {
    const { id } = await aDeletion();
    const seen = await findings(id);
    const kept = seen.body.items.flatMap(({ exemptions }: Part) => exemptions);
    expect(kept).toContainEqual(expect.objectContaining({ ground: 'legalMinimum' }));
    const decided = await decide(id, { outcome: 'grant' }, { 'if-match': seen.headers['etag'] });
    expect([decided.status, decided.body.state]).toEqual([200, 'waiting']);
  });

  it('lets something else be deleted by itself: the keys stay then', async () => {
    await place();
    const { id } = await aProvenRequest(test, person, { type: 'deletion', categories: ['registration.email'] });
    const { items } = (await findings(id)).body;
    expect(items.map(({ holder, exemptions }: Part) => [holder, exemptions])).toEqual([
      ['identity', []],
      ['vault', []],
    ]);
    const each = [{ category: 'registration.email', outcome: 'grant' }];
    expect((await decide(id, { outcome: 'perCategory', items: each })).body.state).toBe('waiting');
  });

  it('is answered at once where all of it has to stay: nothing is said to be done later', async () => {
    await place();
    const { id } = await aProvenRequest(test, person, { type: 'deletion', categories: ['registration.name'] });
    expect((await decide(id, { outcome: 'grant' })).body).toMatchObject({ state: 'closed', outcome: 'refused' });
    const read = await mine(id);
    expect(read.decisions).toMatchObject([{ outcome: 'keep', ground: 'hold', article, until }]);
    const { items } = (await person.send('GET', 'me/notices')).body;
    expect(items[0].title).toContain('暂不删除');
    expect((await person.send('POST', `me/requests/${id}/appeal`, { text: '请再看一次' })).status).toBe(200);
  });

  it('finds that a contract runs, as long as the account does, and leaves it to whoever decides', async () => {
    person = await aSignedInSubject(test, { ...accepted, birthDate: '1990-05-01' });
    const { id } = await aDeletion();
    const { items } = (await findings(id)).body;
    const contract = { ground: 'runningContract', article: '《个人信息保护法》第13条第2项', until: null };
    expect(of(items, 'registration.birthDate')?.exemptions).toEqual([contract]);
    expect(of(items, 'registration.name')?.exemptions).toEqual([]);
    const closing = await aProvenRequest(test, person, { type: 'accountClosure' });
    expect(of((await findings(closing.id)).body.items, 'registration.birthDate')?.exemptions).toEqual([]);
    const { body } = await decide(id, { outcome: 'grant' });
    expect(of(body.decisions, 'registration.birthDate')).toMatchObject({ outcome: 'keep', ...contract });
  });

  it('finds no hold that is about another time, and none where nothing is to be deleted', async () => {
    await place({ from: '2019-01-01T00:00:00Z', to: '2020-01-01T00:00:00Z' });
    expect(of((await findings((await aDeletion()).id)).body.items, 'registration.name')?.exemptions).toEqual([]);
    await place();
    const { id } = await aProvenRequest(test, person);
    expect(of((await findings(id)).body.items, 'registration.name')?.exemptions).toEqual([]);
  });

  it('is not decided against the hold; what it covers is kept, and the person reads why', async () => {
    await place();
    const { id } = await aDeletion();
    const { items } = (await findings(id)).body;
    const byLaw = { outcome: 'keep', ground: 'legalMinimum', article: '网络安全法第二十一条' };
    const each = items.map(({ holder, category, exemptions }: Part) => ({
      ...{ holder, category, outcome: 'grant' },
      ...(JSON.stringify(exemptions).includes('legalMinimum') ? byLaw : {}),
    }));
    const refused = await decide(id, { outcome: 'perCategory', items: each });
    expect([refused.status, refused.body.code]).toEqual([409, 'request.held']);
    expect((await mine(id)).state).toBe('open');
    expect((await decide(id, { outcome: 'grant' })).body.state).toBe('waiting');
    const { decisions } = await mine(id);
    expect(of(decisions, 'registration.name')).toMatchObject({ outcome: 'keep', ground: 'hold', article, until });
    expect(of(decisions, 'registration.email')).toMatchObject({ outcome: 'grant', ground: null });
  });

  it('may still be restricted', async () => {
    await place({ categories: [] });
    const { id } = await aDeletion();
    const { items } = (await findings(id)).body;
    const each = items.map(({ holder, category }: Part) => ({ holder, category, outcome: 'restrict' }));
    expect((await decide(id, { outcome: 'perCategory', items: each })).body.state).toBe('waiting');
  });

  it('is not decided on findings that a hold has changed since', async () => {
    const { id } = await aDeletion();
    const seen = String((await findings(id)).headers['etag']);
    await place();
    const stale = await decide(id, { outcome: 'grant' }, { 'if-match': seen });
    expect([stale.status, stale.body.code]).toEqual([412, 'request.stale_findings']);
  });

  it('is stopped by a hold that was placed since the decision, and goes on when two have lifted it', async () => {
    const { id } = await aDeletion();
    await decide(id, { outcome: 'grant' });
    const holdId = await place();
    await carryOut(id);
    const blocked = await mine(id);
    expect(blocked.state).toBe('fulfilling');
    expect(blocked.holders.find(({ name }: { name: string }) => name === 'identity')).toMatchObject({
      outcome: 'blocked',
      counts: [{ category: 'registration.email', count: 1 }],
      retained: [{ category: 'registration.name', ground: 'hold', article, until }],
    });
    await test.get(Fulfilment).run(id);
    expect((await mine(id)).state).toBe('fulfilling');
    const { change } = (await officer.post(`operator/holds/${holdId}/lifting`, { reason: '双方已经和解' })).body;
    expect((await administrator.post(`operator/changes/${change.id}/confirmation`, {})).status).toBe(200);
    await eventually(async () => (await mine(id)).state === 'closed');
  });

  it('tells the person nothing of a hold that the law forbids to tell of', async () => {
    await place({ barredArticle: secrecy });
    const { id } = await aDeletion();
    const { items } = (await findings(id)).body;
    expect(of(items, 'registration.name')?.exemptions).toMatchObject([{ ground: 'hold', article, isBarred: true }]);
    await decide(id, { outcome: 'grant' });
    await place({ barredArticle: secrecy, categories: ['registration.email'] });
    await carryOut(id);
    const read = await mine(id);
    expect(of(read.decisions, 'registration.name')).toMatchObject({
      outcome: 'keep',
      ground: null,
      article: null,
      until: null,
      reason: null,
    });
    for (const words of ['"hold"', article, secrecy, until]) expect(JSON.stringify(read)).not.toContain(words);
    const known = (await officer.get(`operator/requests/${id}`)).body;
    expect(of(known.decisions, 'registration.name')).toMatchObject({ ground: 'hold', article });
    expect(known.holders.find(({ name }: { name: string }) => name === 'identity').retained).toMatchObject([
      { article },
    ]);
  });

  it('tells an operator who reads no holds that there is a barred one, and nothing of it', async () => {
    const agent = await aSignedInOperator(test, 'supportAgent');
    const holdId = await place({ barredArticle: secrecy });
    const { id } = await aDeletion();
    const seen = (await agent.get(`operator/requests/${id}/findings`)).body;
    expect(of(seen.items, 'registration.name')?.exemptions).toEqual([
      { ground: 'hold', article: '', until: null, isBarred: true },
    ]);
    await decide(id, { outcome: 'grant' });
    const read = (await agent.get(`operator/requests/${id}`)).body;
    expect(of(read.decisions, 'registration.name')).toMatchObject({ outcome: 'keep', article: null, until: null });
    for (const words of [article, secrecy, until, holdId]) expect(JSON.stringify([seen, read])).not.toContain(words);
  });
});
