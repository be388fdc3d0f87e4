import type { ChangeTerm } from '@abide/rulebook';
import { MinorAges } from '@abide/identity';
import { aSignedInSubject, aRegistration, aSubject, codeTo, confirm, TestClientApp } from '@abide/identity/testing';
import { Database, HolderRegistry } from '@abide/platform';
import { expiredRows, uncoveredPersonalData, type TestApp } from '@abide/platform/testing';
import { policyPersistence } from '../persistence.js';
import { aClause, aPolicy, changesClause, withClause } from '../testing/documents.js';
import { PolicyStaff } from '../testing/policy-staff.js';
import { aSignedInOperator, createPolicyApp } from '../testing/app.js';

const agreement = {
  ...aPolicy({ policy: 'user-agreement', kind: 'agreement' }),
  clauses: [aClause({ id: 'parties' }), changesClause],
};
const glossed = (word: string) =>
  aPolicy({ glossary: [{ term: { 'zh-CN': word, en: word }, meaning: { 'zh-CN': '意思', en: 'meaning' } }] });
const collecting = aPolicy({
  clauses: [
    aClause({
      id: 'collect.search',
      terms: [
        { type: 'collection', categories: ['log.search'], purposes: ['product.improvement'], basis: 'consent' },
        { type: 'retention', categories: ['log.search'], period: 'P6M', then: 'delete' },
      ],
    }),
  ],
});

describe('accepting a policy', () => {
  let test: TestApp;
  let staff: PolicyStaff;
  let general: string;
  beforeEach(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    staff = await PolicyStaff.open(test);
    general = await staff.inForce(aPolicy());
  });
  afterEach(() => test.close());

  const register = (acceptedRevisionIds: string[]) =>
    test.request({ method: 'POST', path: 'subjects', body: aRegistration({ acceptedRevisionIds }) });
  const accepted = async (subject: TestClientApp) => (await subject.send('GET', 'me/acceptances')).body;
  const modes = async (subject: TestClientApp) =>
    (await accepted(subject)).items.map((one: { number: number; mode: string }) => `${one.number} ${one.mode}`).sort();

  it('needs the newest text in force at registration, and names the policies that are missing', async () => {
    const terms = await staff.inForce(agreement);
    expect((await register([])).body).toMatchObject({
      status: 409,
      code: 'acceptance.missing',
      policies: ['privacy', 'user-agreement'],
      revisionIds: [general, terms],
    });
    expect((await register([general])).body).toMatchObject({
      code: 'acceptance.missing',
      policies: ['user-agreement'],
    });
    expect((await register([general, terms])).status).toBe(202);
  });

  it('asks for a guardian below the age that the policies in force name', async () => {
    const consent = { type: 'minors', under: 16, requires: 'guardianConsent' } as const;
    const advice = { type: 'minors', under: 20, requires: 'guardianAdvice' } as const;
    const born = (years: number) => `${new Date().getUTCFullYear() - years}-01-01`;
    const child = (years: number, revision: string) =>
      test.request({
        method: 'POST',
        path: 'subjects',
        body: aRegistration({ acceptedRevisionIds: [revision], birthDate: born(years) }),
      });
    expect((await child(15, general)).status).toBe(202);
    const stricter = await staff.inForce(aPolicy({ clauses: [aClause({ id: 'minors', terms: [consent] })] }));
    expect((await child(15, stricter)).body).toMatchObject({ status: 400, code: 'registration.guardian_needed' });
    expect((await child(17, stricter)).status).toBe(202);
    expect(await test.get(MinorAges).current()).toEqual({
      guardianUnder: 16,
      minorUnder: 18,
      notAllowedUnder: 0,
      utcOffsetHours: 8,
    });
    await staff.inForce(aPolicy({ clauses: [aClause({ id: 'minors', terms: [consent, advice] })] }));
    expect(await test.get(MinorAges).current()).toMatchObject({ guardianUnder: 16, minorUnder: 20 });
    const adults = { type: 'minors', under: 19, requires: 'notAllowed' } as const;
    const stern = await staff.inForce(
      aPolicy({ clauses: [aClause({ id: 'minors', terms: [consent, advice, adults] })] }),
    );
    expect((await child(18, stern)).body).toMatchObject({ status: 400, code: 'registration.too_young' });
    expect((await child(20, stern)).status).toBe(202);
  });

  it('asks nobody to accept what says that nobody has to', async () => {
    const told: ChangeTerm = { type: 'change', notice: { leadDays: 7, channels: ['inApp'] }, acceptance: 'none' };
    const site = await staff.inForce(withClause(aPolicy({ policy: 'site' }), { ...changesClause, terms: [told] }));
    const subject = await aSignedInSubject(test, { acceptedRevisionIds: [general] });
    expect((await accepted(subject)).open).toEqual([]);
    expect((await subject.send('POST', 'me/acceptances', { revisionId: site })).status).toBe(201);
  });

  it('asks nobody to accept a guide, which stands beside the policies and permits nothing', async () => {
    const terms = [{ type: 'right', rights: ['access'], answerWithin: { workingDays: 5 } }] as never;
    const guide = (heading: string) => ({
      ...aPolicy({ policy: 'for-children', kind: 'guide', title: { 'zh-CN': '写给小朋友', en: 'For you' } }),
      audience: 'children' as const,
      services: [],
      clauses: [aClause({ id: 'ask', heading: { 'zh-CN': heading, en: heading }, terms })],
    });
    await staff.inForce(guide('Ask us'));
    const subject = await aSignedInSubject(test, { acceptedRevisionIds: [general] });
    expect((await accepted(subject)).open).toEqual([]);
    expect(await modes(subject)).toEqual(['1 explicit']);
    const page = async (path: string) => (await test.request({ method: 'GET', path: `${path}?lang=en` })).text;
    expect(await page('/policies')).toContain('Guide for children');
    expect(await page('/policies/privacy')).toContain(
      'For children and their guardians: <a href="/policies/for-children?lang=en">For you</a>',
    );
    expect(await page('/policies/for-children')).toContain('permits nothing');
    expect((await test.request({ method: 'GET', path: 'policies/for-children' })).body).toMatchObject({
      kind: 'guide',
      audience: 'children',
    });
    const slower = await staff.approved({
      ...guide('Ask us'),
      clauses: [
        aClause({ id: 'ask', terms: [{ ...(terms[0] as object), answerWithin: { workingDays: 15 } }] as never }),
      ],
    });
    const compared = (await staff.editor.get(`operator/revisions/${slower}/comparison`)).body;
    expect(compared).toMatchObject({ materiality: 'reductionOfRights' });
    const scheduled = await staff.schedule(slower, { effectiveAt: await staff.inDays(8) });
    const { body } = await staff.editor.get(`operator/campaigns/${scheduled.body.campaignId}`);
    expect(body).toMatchObject({ meantFor: 'children', leadDays: 7 });
  });

  it('needs nothing as long as nothing is in force', async () => {
    const empty = await createPolicyApp({ ABIDE_ROLE: 'web' });
    expect((await empty.request({ method: 'POST', path: 'subjects', body: aRegistration() })).status).toBe(202);
    await empty.close();
  });

  it('refuses what is unknown, superseded or not in force yet', async () => {
    const newer = await staff.inForce(glossed('log'));
    const scheduled = await staff.approved(glossed('cookie'));
    await staff.schedule(scheduled, { effectiveAt: await staff.inDays(3) });
    expect((await register([general])).body).toMatchObject({
      status: 409,
      code: 'acceptance.not_in_force',
      revisionIds: [general],
    });
    expect((await register([newer, scheduled])).body).toMatchObject({
      code: 'acceptance.not_in_force',
      revisionIds: [scheduled],
    });
    expect((await register([newer, '01900000-0000-7000-8000-000000000000'])).body.code).toBe('acceptance.not_in_force');
    expect((await register([newer])).status).toBe(202);
  });

  it('records what a registration accepted as explicit, once the subject exists', async () => {
    const subject = await aSignedInSubject(test, { acceptedRevisionIds: [general] });
    expect(await accepted(subject)).toMatchObject({
      items: [{ revisionId: general, policySlug: 'privacy', number: 1, mode: 'explicit' }],
      nextCursor: null,
      open: [],
    });
  });

  it('keeps what was superseded while the registration was pending as accepted, and leaves its successor open', async () => {
    const body = aRegistration({ acceptedRevisionIds: [general] });
    const { verification } = (await test.request({ method: 'POST', path: 'subjects', body })).body;
    const agreedBy = Date.parse(await staff.inDays(0));
    const newer = await staff.inForce(glossed('log'));
    const confirmed = await confirm(test, verification.id, await codeTo(test, body.identifier.value));
    const subject = new TestClientApp(test, confirmed.body.subjectId, body.identifier);
    await subject.signIn();
    const { items, open } = await accepted(subject);
    expect(items).toMatchObject([{ revisionId: general, number: 1, mode: 'explicit' }]);
    expect(Date.parse(items[0].at)).toBeLessThanOrEqual(agreedBy);
    expect(open).toMatchObject([{ revisionId: newer, number: 2, byUse: true }]);
  });

  it('records what a device accepted on its first use', async () => {
    const answer = await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [general] } });
    const own = await test.request({ method: 'GET', path: 'me/acceptances', token: answer.body.token });
    expect(own.body.items).toMatchObject([{ revisionId: general, mode: 'explicit' }]);
    expect((await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [] } })).body.code).toBe(
      'acceptance.missing',
    );
  });

  it('takes the first use after effect as agreement, once, and reading as none', async () => {
    const subject = await aSignedInSubject(test, { acceptedRevisionIds: [general] });
    const newer = await staff.inForce(glossed('log'));
    expect(await accepted(subject)).toMatchObject({
      open: [{ revisionId: newer, policySlug: 'privacy', number: 2, byUse: true }],
    });
    expect(await modes(subject)).toEqual(['1 explicit']);
    await Promise.all([1, 2, 3].map(() => subject.send('GET', 'me')));
    expect(await modes(subject)).toEqual(['1 explicit', '2 continuedUse']);
    const told = await test
      .get(Database)
      .query(`SELECT count(*)::int AS count FROM audit.entries WHERE act = 'policy.accepted'`);
    expect(told).toEqual([{ count: 2 }]);
  });

  it('never takes use as agreement where the change needs fresh consent', async () => {
    const subject = await aSignedInSubject(test, { acceptedRevisionIds: [general] });
    const id = await staff.approved(collecting);
    await staff.schedule(id, { effectiveAt: await staff.inDays(7.01) });
    await staff.advance('P8D');
    await subject.signIn();
    await subject.send('GET', 'me');
    expect(await modes(subject)).toEqual(['1 explicit']);
    expect((await accepted(subject)).open).toMatchObject([{ revisionId: id, byUse: false }]);
    expect((await subject.send('POST', 'me/acceptances', { revisionId: id })).body).toMatchObject({
      revisionId: id,
      mode: 'explicit',
    });
    expect(await modes(subject)).toEqual(['1 explicit', '2 explicit']);
  });

  it('leaves what needs an explicit acceptance open when only the wording changes afterwards', async () => {
    const subject = await aSignedInSubject(test, { acceptedRevisionIds: [general] });
    const fresh = await staff.approved(collecting);
    await staff.schedule(fresh, { effectiveAt: await staff.inDays(7.01) });
    await staff.advance('P8D');
    const reworded = await staff.inForce(
      withClause(collecting, { id: 'changes', body: { 'zh-CN': '改写。', en: 'Put otherwise.' } }),
    );
    await subject.signIn();
    await subject.send('GET', 'me');
    expect(await modes(subject)).toEqual(['1 explicit']);
    expect((await accepted(subject)).open).toMatchObject([{ revisionId: reworded, number: 3, byUse: false }]);
    await subject.send('POST', 'me/acceptances', { revisionId: reworded });
    const again = await staff.inForce(
      withClause(collecting, { id: 'changes', body: { 'zh-CN': '再改写。', en: 'Put otherwise again.' } }),
    );
    expect((await accepted(subject)).open).toMatchObject([{ revisionId: again, byUse: true }]);
    await subject.send('GET', 'me');
    expect(await modes(subject)).toEqual(['1 explicit', '3 explicit', '4 continuedUse']);
  });

  it('never takes use as agreement where the text in force asks for an explicit one', async () => {
    await staff.inForce(
      withClause(glossed('strict'), {
        ...changesClause,
        terms: [{ type: 'change', notice: { leadDays: 7, channels: ['inApp'] }, acceptance: 'explicit' }],
      }),
    );
    const subject = await aSignedInSubject(test, {
      acceptedRevisionIds: [(await staff.editor.get('operator/policies/privacy')).body.inForce.id],
    });
    await staff.inForce(
      withClause(glossed('stricter'), {
        ...changesClause,
        terms: [{ type: 'change', notice: { leadDays: 7, channels: ['inApp'] }, acceptance: 'explicit' }],
      }),
    );
    await subject.send('GET', 'me');
    expect(await modes(subject)).toEqual(['2 explicit']);
  });

  it('keeps an explicit acceptance beside continued use, and repeating it changes nothing', async () => {
    const subject = await aSignedInSubject(test, { acceptedRevisionIds: [general] });
    const newer = await staff.inForce(glossed('log'));
    await subject.send('GET', 'me');
    const answers = await Promise.all([1, 2].map(() => subject.send('POST', 'me/acceptances', { revisionId: newer })));
    expect(answers.map((answer) => answer.status)).toEqual([201, 201]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(await modes(subject)).toEqual(['1 explicit', '2 continuedUse', '2 explicit']);
  });

  it('refuses to accept what is not in force', async () => {
    const subject = await aSignedInSubject(test, { acceptedRevisionIds: [general] });
    const { revisionId } = await staff.draft(glossed('draft'));
    expect((await subject.send('POST', 'me/acceptances', { revisionId })).body).toMatchObject({
      status: 409,
      code: 'acceptance.not_in_force',
    });
    expect((await subject.send('POST', 'me/acceptances', { revisionId: 'x' })).body).toMatchObject({
      status: 400,
      code: 'request.invalid',
    });
  });

  it('shows a subject only their own acceptances, and nothing without a token', async () => {
    await aSubject(test, { acceptedRevisionIds: [general] });
    const other = await aSignedInSubject(test, { acceptedRevisionIds: [general] });
    expect((await accepted(other)).items).toHaveLength(1);
    expect((await test.request({ method: 'GET', path: 'me/acceptances' })).status).toBe(401);
    expect((await test.request({ method: 'POST', path: 'me/acceptances', body: { revisionId: general } })).status).toBe(
      401,
    );
  });

  it('shows an operator what a subject accepted', async () => {
    const subject = await aSignedInSubject(test, { acceptedRevisionIds: [general] });
    const agent = await aSignedInOperator(test, 'supportAgent');
    const path = `operator/subjects/${subject.subjectId}/acceptances`;
    expect((await agent.get(path)).body.items).toMatchObject([
      { revisionId: general, policySlug: 'privacy', number: 1, mode: 'explicit' },
    ]);
    expect((await staff.editor.get(path)).body).toMatchObject({
      status: 403,
      code: 'operator.forbidden',
      permission: 'subject.read',
    });
  });

  it('answers for what it holds, keeps it as evidence after an erasure, and lets it go when that time is over', async () => {
    const subject = await aSignedInSubject(test, { acceptedRevisionIds: [general] });
    const holder = test.get(HolderRegistry).named('policy.acceptances');
    expect(uncoveredPersonalData(policyPersistence, [holder])).toEqual([]);
    expect(await holder.describe(subject.subjectId)).toMatchObject([{ category: 'client.instruction', count: 1 }]);
    const exported = await Array.fromAsync(holder.export(subject.subjectId));
    expect(exported).toMatchObject([
      { table: 'policy.acceptances', id: general, values: { policy: 'privacy', revision: 1, mode: 'explicit' } },
    ]);
    expect(await holder.erase(subject.subjectId)).toEqual({
      outcome: 'nothing',
      counts: [],
      retained: [
        {
          category: 'client.instruction',
          count: 1,
          ground: 'evidence',
          article: 'E-commerce Law 31',
          until: expect.any(Date),
        },
      ],
    });
    const inYears = (years: number) => new Date(Date.now() + years * 365.25 * 24 * 3600 * 1000);
    expect(await expiredRows(holder, inYears(2.9), 100)).toBe(0);
    expect(await expiredRows(holder, inYears(3.1), 100)).toBe(1);
    expect(await holder.describe(subject.subjectId)).toEqual([]);
  });
});
