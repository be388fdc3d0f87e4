import { aSubject, messagesTo } from '@abide/identity/testing';
import { Campaigns } from '@abide/notifications';
import { Database, ScheduledTasks } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import type { PolicyDocument } from '@abide/rulebook';
import { aClause, aPolicy, changesClause, periodsClause, withClause } from '../testing/documents.js';
import { PolicyStaff } from '../testing/policy-staff.js';
import { createPolicyApp } from '../testing/app.js';

const locating = aClause({
  id: 'collect.location',
  terms: [
    {
      type: 'collection',
      categories: ['location.gps'],
      purposes: ['service.provision'],
      basis: 'separateConsent',
      services: ['ticketing'],
    },
    { type: 'retention', categories: ['location.gps'], period: 'P30D', then: 'delete' },
  ],
});
const worded = (word: string, policy: PolicyDocument = aPolicy()) =>
  withClause(policy, { id: 'changes', body: { 'zh-CN': `${word}。`, en: `${word}.` } });
const keeping = (period: string) =>
  withClause(aPolicy(), {
    id: 'keep.periods',
    terms: [
      periodsClause.terms[0] as never,
      { type: 'retention', categories: ['log.browsing'], period, then: 'delete' },
    ],
  });

describe('scheduling and taking effect', () => {
  let test: TestApp;
  let staff: PolicyStaff;
  beforeEach(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    staff = await PolicyStaff.open(test);
  });
  afterEach(() => test.close());

  const state = async (id: string) => (await staff.revision(id)).state;
  const missing = (answer: { body: { missing: { code: string }[] } }) => answer.body.missing.map((one) => one.code);

  it('publishes a first revision as informational, at once when asked', async () => {
    const id = await staff.approved(aPolicy());
    const scheduled = await staff.schedule(id, { effectiveAt: await staff.inDays(0) });
    expect(scheduled.body).toMatchObject({
      state: 'scheduled',
      materiality: 'informational',
      conditions: { requiredLeadDays: 0 },
    });
    const activated = await staff.activate(id);
    expect(activated.body).toMatchObject({ state: 'effective', conditions: null });
    expect(activated.body.campaignId).not.toBeNull();
    expect((await staff.editor.get('operator/policies/privacy')).body.inForce.id).toBe(id);
  });

  it('takes effect by itself when it is due, superseding the one before', async () => {
    const first = await staff.inForce(aPolicy());
    const second = await staff.approved(
      aPolicy({
        glossary: [{ term: { 'zh-CN': '姓名', en: 'name' }, meaning: { 'zh-CN': '称呼', en: 'what you are called' } }],
      }),
    );
    await staff.schedule(second, { effectiveAt: await staff.inDays(2) });
    expect(missing(await staff.activate(second))).toEqual(['effectiveAtAhead']);
    await staff.advance('P2D');
    expect([await state(first), await state(second)]).toEqual(['superseded', 'effective']);
    const { history } = await staff.revision(second);
    expect(history.at(-1)).toMatchObject({ act: 'activation', by: { id: 'system' } });
  });

  it('asks the operator to answer for it that a change of wording changes no right', async () => {
    await staff.inForce(aPolicy());
    const id = await staff.approved(worded('Reworded'));
    const wish = { effectiveAt: await staff.inDays(0) };
    const doubted = await staff.schedule(id, { ...wish, confirmsNoRightChanged: false });
    expect(doubted.body).toMatchObject({ status: 409, code: 'policy.confirmation_missing' });
    const scheduled = await staff.schedule(id, wish);
    expect(scheduled.body).toMatchObject({ materiality: 'editorial', campaignId: null });
    expect((await staff.activate(id)).body).toMatchObject({ state: 'effective', campaignId: null });
  });

  it('writes down whether it was confirmed in so many words that no right changed, or by scheduling alone', async () => {
    const confirmation = async (id: string) => {
      const [entry] = await test
        .get(Database)
        .query<{ details: object }>(
          `SELECT details FROM audit.entries WHERE act = 'policy.revision_schedule' AND object_id = $1`,
          [id],
        );
      return entry?.details;
    };
    expect(await confirmation(await staff.inForce(aPolicy()))).not.toHaveProperty('confirmsNoRightChanged');
    expect(await confirmation(await staff.inForce(worded('Reworded')))).toMatchObject({
      confirmsNoRightChanged: 'given',
    });
    const id = await staff.approved(worded('Again'));
    await staff.schedule(id, { effectiveAt: await staff.inDays(0) });
    expect(await confirmation(id)).toMatchObject({ confirmsNoRightChanged: 'implied' });
  });

  it('refuses to schedule a reduction of rights sooner than promised, and names the earliest day', async () => {
    await staff.inForce(aPolicy());
    const id = await staff.approved(keeping('P12M'));
    const refused = await staff.schedule(id, { effectiveAt: await staff.inDays(3) });
    expect(refused.body).toMatchObject({ status: 409, code: 'policy.lead_time_too_short', requiredLeadDays: 7 });
    expect(await state(id)).toBe('approved');
    const accepted = await staff.schedule(id, { effectiveAt: refused.body.earliestEffectiveAt });
    expect(accepted.body).toMatchObject({ state: 'scheduled', materiality: 'reductionOfRights' });
    expect(accepted.body.campaignId).not.toBeNull();
  });

  it('counts the days that the text in force promises, not those of the draft', async () => {
    await staff.inForce(
      withClause(aPolicy(), {
        ...changesClause,
        terms: [{ type: 'change', notice: { leadDays: 30, channels: ['inApp'] }, acceptance: 'continuedUse' }],
      }),
    );
    const id = await staff.approved(keeping('P12M'));
    expect((await staff.schedule(id, { effectiveAt: await staff.inDays(10) })).body).toMatchObject({
      code: 'policy.lead_time_too_short',
      requiredLeadDays: 30,
    });
  });

  it('lets a reduction of rights take effect once everybody was told long enough ago, and not before', async () => {
    const first = await staff.inForce(aPolicy());
    const id = await staff.approved(keeping('P12M'));
    await staff.schedule(id, { effectiveAt: await staff.inDays(7.01) });
    await test.get(ScheduledTasks).runAll();
    await staff.advance('P6D');
    expect(missing(await staff.activate(id))).toEqual(['effectiveAtAhead', 'leadTime']);
    expect((await staff.revision(id)).conditions).toMatchObject({
      met: false,
      requiredLeadDays: 7,
      missing: [
        { code: 'effectiveAtAhead' },
        { code: 'leadTime', message: { en: expect.stringContaining('6 of 7 days') } },
      ],
    });
    await staff.advance('P2D');
    expect([await state(first), await state(id)]).toEqual(['superseded', 'effective']);
  });

  it('waits until every reachable subject was attempted on a promised channel', async () => {
    const promising = withClause(aPolicy(), {
      ...changesClause,
      terms: [{ type: 'change', notice: { leadDays: 7, channels: ['inApp', 'email'] }, acceptance: 'continuedUse' }],
    });
    const first = await staff.inForce(promising);
    const reader = await aSubject(test, { acceptedRevisionIds: [first] });
    await test.request({ method: 'POST', path: 'dev/clock', body: { advance: 'PT1M' } });
    const id = await staff.approved(
      withClause(keeping('P12M'), { ...changesClause, terms: promising.clauses[2]?.terms }),
    );
    await staff.schedule(id, { effectiveAt: await staff.inDays(7.01) });
    expect((await staff.revision(id)).conditions.missing.map((one: { code: string }) => one.code)).toEqual([
      'effectiveAtAhead',
      'audiencePass',
      'leadTime',
    ]);
    await test.get(ScheduledTasks).runAll();
    expect((await staff.revision(id)).conditions).toMatchObject({
      leadStartedAt: expect.any(String),
      missing: [{ code: 'effectiveAtAhead' }, { code: 'leadTime' }],
    });
    const [told] = await messagesTo(test, reader.identifier.value);
    expect(told).toContain('/policies/privacy/2/changes?from=1');
    await staff.advance('P8D');
    expect(await state(id)).toBe('effective');
  });

  it('stays consistent over one leap of the clock', async () => {
    await staff.inForce(aPolicy());
    const id = await staff.approved(keeping('P12M'));
    await staff.schedule(id, { effectiveAt: await staff.inDays(8) });
    await staff.advance('P60D');
    const revision = await staff.revision(id);
    expect(revision.state).toBe('effective');
    expect(Date.parse(revision.effectiveAt)).toBeGreaterThan(Date.parse(await staff.inDays(-1)));
  });

  it('needs fresh consent for new data, and does not take continued use for it', async () => {
    await staff.inForce(aPolicy());
    const id = await staff.approved(aPolicy({ clauses: [locating] }));
    const scheduled = await staff.schedule(id, { effectiveAt: await staff.inDays(7.01) });
    expect(scheduled.body).toMatchObject({ materiality: 'freshConsent' });
  });

  it('raises a change only upwards and with a reason', async () => {
    await staff.inForce(aPolicy());
    const id = await staff.approved(keeping('P12M'));
    const effectiveAt = await staff.inDays(8);
    expect((await staff.schedule(id, { effectiveAt, raiseTo: 'informational', reason: 'x' })).body).toMatchObject({
      status: 409,
      code: 'policy.raise_not_upwards',
    });
    expect((await staff.schedule(id, { effectiveAt, raiseTo: 'freshConsent' })).body).toMatchObject({
      status: 400,
      code: 'policy.raise_without_reason',
    });
    const raised = await staff.schedule(id, {
      effectiveAt,
      raiseTo: 'freshConsent',
      reason: 'Counsel asks for consent.',
    });
    expect(raised.body).toMatchObject({
      materiality: 'freshConsent',
      raisedTo: 'freshConsent',
      raiseReason: 'Counsel asks for consent.',
    });
    expect((await staff.editor.get(`operator/revisions/${id}/comparison?with=inForce`)).body.materiality).toBe(
      'freshConsent',
    );
    const published = (path: string) =>
      test.request({ method: 'GET', path: `policies/privacy/revisions/2/changes${path}` });
    expect((await published('')).body).toMatchObject({ from: { number: 1 }, materiality: 'freshConsent' });
    expect((await published('?from=2')).body.materiality).toBe('editorial');
  });

  it('refuses to schedule what was not approved', async () => {
    const { revisionId } = await staff.draft(aPolicy());
    expect((await staff.schedule(revisionId, { effectiveAt: await staff.inDays(1) })).body).toMatchObject({
      status: 409,
      code: 'policy.not_approved',
    });
  });

  it('keeps one scheduled revision per policy', async () => {
    const id = await staff.approved(aPolicy());
    const wish = { effectiveAt: await staff.inDays(1) };
    await staff.schedule(id, wish);
    expect((await staff.schedule(id, wish)).body).toMatchObject({
      status: 409,
      code: 'policy.already_scheduled',
      revisionId: id,
    });
    const next = await staff.approved(worded('Next'));
    expect((await staff.schedule(next, wish)).body).toMatchObject({
      status: 409,
      code: 'policy.already_scheduled',
      revisionId: id,
    });
  });

  it('lets one of two simultaneous schedules through', async () => {
    const id = await staff.approved(aPolicy());
    const answers = await Promise.all(
      [1, 2].map(async (days) => staff.schedule(id, { effectiveAt: await staff.inDays(days) })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  });

  it('takes effect once, however many nodes try', async () => {
    const id = await staff.approved(aPolicy());
    await staff.schedule(id, { effectiveAt: await staff.inDays(0) });
    const answers = await Promise.all([
      staff.activate(id),
      staff.activate(id),
      test
        .get(ScheduledTasks)
        .runAll()
        .then(() => ({ status: 0 })),
    ]);
    expect(answers.filter((answer) => answer.status === 200).length).toBeLessThanOrEqual(1);
    const { history, state: reached } = await staff.revision(id);
    expect(reached).toBe('effective');
    expect(history.filter((one: { act: string }) => one.act === 'activation')).toHaveLength(1);
  });

  it('refuses while a channel that was promised is not configured', async () => {
    await staff.inForce(
      withClause(aPolicy(), {
        ...changesClause,
        terms: [
          { type: 'change', notice: { leadDays: 7, channels: ['inApp', 'webPush'] }, acceptance: 'continuedUse' },
        ],
      }),
    );
    const id = await staff.approved(
      withClause(keeping('P12M'), {
        ...changesClause,
        terms: [{ type: 'change', notice: { leadDays: 7, channels: ['inApp'] }, acceptance: 'continuedUse' }],
      }),
    );
    expect((await staff.schedule(id, { effectiveAt: await staff.inDays(8) })).body).toMatchObject({
      status: 409,
      code: 'policy.channel_not_configured',
      channels: ['webPush'],
    });
  });

  it('keeps the notice on every public page where the website is promised, until thirty days after the effect', async () => {
    const promising = (notice: object) => ({
      ...changesClause,
      terms: [{ type: 'change', notice, acceptance: 'continuedUse' }] as never,
    });
    const oneOf = { leadDays: 7, channels: ['inApp', { anyOf: ['webPush', 'website'] }] };
    await staff.inForce(withClause(aPolicy(), promising(oneOf)));
    const id = await staff.approved(withClause(keeping('P12M'), promising(oneOf)));
    expect((await staff.editor.get(`operator/revisions/${id}/notice-preview`)).body).toMatchObject({
      channels: ['inApp'],
      anyOf: [['webPush', 'website']],
    });
    const page = async (path: string) => (await test.request({ method: 'GET', path: `${path}lang=en` })).text;
    const pages = ['/policies?', '/policies/privacy?', '/policies/privacy/2/changes?from=1&'];
    const banners = async (path: string) =>
      [...(await page(path)).matchAll(/class="banner".*?<\/div>/gs)].map(([one]) => one);
    for (const path of pages) expect(await banners(path)).toEqual([]);
    expect((await staff.schedule(id, { effectiveAt: await staff.inDays(7.01) })).status).toBe(200);
    for (const path of pages)
      expect(await banners(path)).toEqual([
        expect.stringMatching(
          /Privacy policy: changes · Takes effect on <time.*<a href="\/policies\/privacy\/2\/changes\?from=1&amp;lang=en">Read what changes/s,
        ),
      ]);
    expect(await page('/policies/privacy?download=1&')).not.toContain('Privacy policy: changes');
    await test.get(ScheduledTasks).runAll();
    await staff.advance('P8D');
    expect(await state(id)).toBe('effective');
    for (const path of pages) expect(await banners(path)).toEqual([expect.stringContaining('In force since <time')]);
    await staff.advance('P31D');
    for (const path of pages) expect(await banners(path)).toEqual([]);
  });

  it('withdraws the notice with the revision', async () => {
    await staff.inForce(aPolicy());
    const id = await staff.approved(keeping('P12M'));
    const { campaignId } = (await staff.schedule(id, { effectiveAt: await staff.inDays(8) })).body;
    expect((await staff.withdraw(id)).body.state).toBe('withdrawn');
    expect((await test.get(Campaigns).progress(campaignId)).state).toBe('cancelled');
    await staff.advance('P30D');
    expect(await state(id)).toBe('withdrawn');
  });

  it('refuses a text that takes away what a policy in force rests on, and holds one back that does so by now', async () => {
    const general = aPolicy({
      clauses: [
        aClause({
          id: 'keep.search',
          terms: [{ type: 'retention', categories: ['log.search'], period: 'P6M', then: 'delete' }],
        }),
      ],
    });
    await staff.inForce(general);
    const dropping = await staff.approved(aPolicy());
    await staff.schedule(dropping, { effectiveAt: await staff.inDays(9) });
    const service = aPolicy({
      policy: 'ticketing',
      kind: 'service',
      service: 'ticketing',
      services: ['ticketing'],
      contact: undefined,
    });
    const searching = aClause({
      id: 'ticketing.search',
      terms: [{ type: 'collection', categories: ['log.search'], purposes: ['service.provision'], basis: 'consent' }],
    });
    const resting = await staff.approved({ ...service, clauses: [searching] });
    await staff.schedule(resting, { effectiveAt: await staff.inDays(7.1) });
    await staff.advance('P8D');
    expect(await state(resting)).toBe('effective');
    await staff.advance('P8D');
    expect(missing(await staff.activate(dropping))).toContain('textInvalid');
    await staff.withdraw(dropping);
    const answer = await staff.editor.post('operator/policies/check', { document: aPolicy() });
    expect(answer.body).toMatchObject({
      valid: false,
      problems: [{ code: 'policy.retentionMissing', path: 'ticketing: clauses[0].terms[0]' }],
    });
  });

  it('does not take back what is in force', async () => {
    const id = await staff.inForce(aPolicy());
    expect((await staff.withdraw(id)).body).toMatchObject({ status: 409, code: 'policy.wrong_state' });
    expect((await staff.activate(id)).body).toMatchObject({ status: 409, code: 'policy.wrong_state' });
  });

  it('previews the notice that scheduling would publish', async () => {
    await staff.inForce(aPolicy());
    const id = await staff.approved(keeping('P12M'));
    const preview = (await staff.editor.get(`operator/revisions/${id}/notice-preview`)).body;
    expect(preview).toMatchObject({
      title: { en: 'Privacy policy: changes' },
      link: '/policies/privacy/2/changes?from=1',
      channels: ['inApp'],
    });
    expect(preview.body.en).toContain('Browsing history: kept');
    expect(preview.body.en).toContain('export your data or close your account');
  });

  it('compares a revision with what is in force: terms with their consequence, texts word by word', async () => {
    await staff.inForce(aPolicy());
    const id = await staff.approved(worded('Otherwise', keeping('P12M')));
    const compared = (await staff.editor.get(`operator/revisions/${id}/comparison?with=inForce`)).body;
    expect(compared).toMatchObject({ from: { number: 1 }, to: { number: 2 }, materiality: 'reductionOfRights' });
    expect(compared.differences[0]).toMatchObject({
      class: 'reductionOfRights',
      rule: 'retention.lengthened',
      clauseId: 'keep.periods',
      article: expect.any(String),
    });
    const changes = compared.clauses.find((clause: { id: string }) => clause.id === 'changes');
    expect(changes).toMatchObject({
      state: 'changed',
      numberBefore: 3,
      numberAfter: 3,
      words: { en: expect.arrayContaining([{ kind: 'added', text: 'Otherwise' }]) },
    });
    expect((await staff.editor.get(`operator/revisions/${id}/comparison?with=${id}`)).body.differences).toEqual([]);
    expect(
      (await staff.editor.get(`operator/revisions/${id}/comparison?with=01900000-0000-7000-8000-000000000000`)).body
        .code,
    ).toBe('policy.revision_not_found');
  });

  it('asks for a fresh sign-in before publishing', async () => {
    const id = await staff.approved(aPolicy());
    await test.request({ method: 'POST', path: 'dev/clock', body: { advance: 'PT6M' } });
    expect((await staff.schedule(id, { effectiveAt: await staff.inDays(1) })).body).toMatchObject({
      status: 403,
      code: 'session.step_up_required',
    });
    await staff.approver.stepUp();
    expect((await staff.schedule(id, { effectiveAt: await staff.inDays(1) })).status).toBe(200);
  });
});
