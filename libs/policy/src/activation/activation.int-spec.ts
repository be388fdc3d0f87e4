import { aSubject, messagesTo } from '@abide/identity/testing';
import { Campaigns } from '@abide/notifications';
import { Database, ScheduledTasks } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import type { PolicyDocument } from '@abide/rulebook';
import { aClause, aPolicy, changesClause, periodsClause, withClause } from '../testing/documents.js';
import { Desk } from '../testing/desk.js';
import { createPolicyApp } from '../testing/house.js';

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
  let desk: Desk;
  beforeEach(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    desk = await Desk.open(test);
  });
  afterEach(() => test.close());

  const state = async (id: string) => (await desk.revision(id)).state;
  const missing = (answer: { body: { missing: { code: string }[] } }) => answer.body.missing.map((one) => one.code);

  it('publishes a first revision as informational, at once when asked', async () => {
    const id = await desk.approved(aPolicy());
    const scheduled = await desk.schedule(id, { effectiveAt: await desk.inDays(0) });
    expect(scheduled.body).toMatchObject({
      state: 'scheduled',
      materiality: 'informational',
      conditions: { requiredLeadDays: 0 },
    });
    const activated = await desk.activate(id);
    expect(activated.body).toMatchObject({ state: 'effective', conditions: null });
    expect(activated.body.campaignId).not.toBeNull();
    expect((await desk.editor.get('operator/policies/privacy')).body.inForce.id).toBe(id);
  });

  it('takes effect by itself when it is due, superseding the one before', async () => {
    const first = await desk.inForce(aPolicy());
    const second = await desk.approved(
      aPolicy({
        glossary: [{ term: { 'zh-CN': '姓名', en: 'name' }, meaning: { 'zh-CN': '称呼', en: 'what you are called' } }],
      }),
    );
    await desk.schedule(second, { effectiveAt: await desk.inDays(2) });
    expect(missing(await desk.activate(second))).toEqual(['effectiveAtAhead']);
    await desk.advance('P2D');
    expect([await state(first), await state(second)]).toEqual(['superseded', 'effective']);
    const { history } = await desk.revision(second);
    expect(history.at(-1)).toMatchObject({ act: 'activation', by: { id: 'system' } });
  });

  it('asks the operator to answer for it that a change of wording changes no right', async () => {
    await desk.inForce(aPolicy());
    const id = await desk.approved(worded('Reworded'));
    const wish = { effectiveAt: await desk.inDays(0) };
    const doubted = await desk.schedule(id, { ...wish, confirmsNoRightChanged: false });
    expect(doubted.body).toMatchObject({ status: 409, code: 'policy.confirmation_missing' });
    const scheduled = await desk.schedule(id, wish);
    expect(scheduled.body).toMatchObject({ materiality: 'editorial', campaignId: null });
    expect((await desk.activate(id)).body).toMatchObject({ state: 'effective', campaignId: null });
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
    expect(await confirmation(await desk.inForce(aPolicy()))).not.toHaveProperty('confirmsNoRightChanged');
    expect(await confirmation(await desk.inForce(worded('Reworded')))).toMatchObject({
      confirmsNoRightChanged: 'given',
    });
    const id = await desk.approved(worded('Again'));
    await desk.schedule(id, { effectiveAt: await desk.inDays(0) });
    expect(await confirmation(id)).toMatchObject({ confirmsNoRightChanged: 'implied' });
  });

  it('refuses to schedule a reduction of rights sooner than promised, and names the earliest day', async () => {
    await desk.inForce(aPolicy());
    const id = await desk.approved(keeping('P12M'));
    const refused = await desk.schedule(id, { effectiveAt: await desk.inDays(3) });
    expect(refused.body).toMatchObject({ status: 409, code: 'policy.lead_time_too_short', requiredLeadDays: 7 });
    expect(await state(id)).toBe('approved');
    const accepted = await desk.schedule(id, { effectiveAt: refused.body.earliestEffectiveAt });
    expect(accepted.body).toMatchObject({ state: 'scheduled', materiality: 'reductionOfRights' });
    expect(accepted.body.campaignId).not.toBeNull();
  });

  it('counts the days that the text in force promises, not those of the draft', async () => {
    await desk.inForce(
      withClause(aPolicy(), {
        ...changesClause,
        terms: [{ type: 'change', notice: { leadDays: 30, channels: ['inApp'] }, acceptance: 'continuedUse' }],
      }),
    );
    const id = await desk.approved(keeping('P12M'));
    expect((await desk.schedule(id, { effectiveAt: await desk.inDays(10) })).body).toMatchObject({
      code: 'policy.lead_time_too_short',
      requiredLeadDays: 30,
    });
  });

  it('lets a reduction of rights take effect once everybody was told long enough ago, and not before', async () => {
    const first = await desk.inForce(aPolicy());
    const id = await desk.approved(keeping('P12M'));
    await desk.schedule(id, { effectiveAt: await desk.inDays(7.01) });
    await test.get(ScheduledTasks).runAll();
    await desk.advance('P6D');
    expect(missing(await desk.activate(id))).toEqual(['effectiveAtAhead', 'leadTime']);
    expect((await desk.revision(id)).conditions).toMatchObject({
      met: false,
      requiredLeadDays: 7,
      missing: [
        { code: 'effectiveAtAhead' },
        { code: 'leadTime', message: { en: expect.stringContaining('6 of 7 days') } },
      ],
    });
    await desk.advance('P2D');
    expect([await state(first), await state(id)]).toEqual(['superseded', 'effective']);
  });

  it('waits until every reachable subject was attempted on a promised channel', async () => {
    const promising = withClause(aPolicy(), {
      ...changesClause,
      terms: [{ type: 'change', notice: { leadDays: 7, channels: ['inApp', 'email'] }, acceptance: 'continuedUse' }],
    });
    const first = await desk.inForce(promising);
    const reader = await aSubject(test, { acceptedRevisionIds: [first] });
    await test.request({ method: 'POST', path: 'dev/clock', body: { advance: 'PT1M' } });
    const id = await desk.approved(
      withClause(keeping('P12M'), { ...changesClause, terms: promising.clauses[2]?.terms }),
    );
    await desk.schedule(id, { effectiveAt: await desk.inDays(7.01) });
    expect((await desk.revision(id)).conditions.missing.map((one: { code: string }) => one.code)).toEqual([
      'effectiveAtAhead',
      'audiencePass',
      'leadTime',
    ]);
    await test.get(ScheduledTasks).runAll();
    expect((await desk.revision(id)).conditions).toMatchObject({
      leadStartedAt: expect.any(String),
      missing: [{ code: 'effectiveAtAhead' }, { code: 'leadTime' }],
    });
    const [told] = await messagesTo(test, reader.identifier.value);
    expect(told).toContain('/policies/privacy/2/changes?from=1');
    await desk.advance('P8D');
    expect(await state(id)).toBe('effective');
  });

  it('stays consistent over one leap of the clock', async () => {
    await desk.inForce(aPolicy());
    const id = await desk.approved(keeping('P12M'));
    await desk.schedule(id, { effectiveAt: await desk.inDays(8) });
    await desk.advance('P60D');
    const revision = await desk.revision(id);
    expect(revision.state).toBe('effective');
    expect(Date.parse(revision.effectiveAt)).toBeGreaterThan(Date.parse(await desk.inDays(-1)));
  });

  it('needs fresh consent for new data, and does not take continued use for it', async () => {
    await desk.inForce(aPolicy());
    const id = await desk.approved(aPolicy({ clauses: [locating] }));
    const scheduled = await desk.schedule(id, { effectiveAt: await desk.inDays(7.01) });
    expect(scheduled.body).toMatchObject({ materiality: 'freshConsent' });
  });

  it('raises a change only upwards and with a reason', async () => {
    await desk.inForce(aPolicy());
    const id = await desk.approved(keeping('P12M'));
    const effectiveAt = await desk.inDays(8);
    expect((await desk.schedule(id, { effectiveAt, raiseTo: 'informational', reason: 'x' })).body).toMatchObject({
      status: 409,
      code: 'policy.raise_not_upwards',
    });
    expect((await desk.schedule(id, { effectiveAt, raiseTo: 'freshConsent' })).body).toMatchObject({
      status: 400,
      code: 'policy.raise_without_reason',
    });
    const raised = await desk.schedule(id, {
      effectiveAt,
      raiseTo: 'freshConsent',
      reason: 'Counsel asks for consent.',
    });
    expect(raised.body).toMatchObject({
      materiality: 'freshConsent',
      raisedTo: 'freshConsent',
      raiseReason: 'Counsel asks for consent.',
    });
    expect((await desk.editor.get(`operator/revisions/${id}/comparison?with=inForce`)).body.materiality).toBe(
      'freshConsent',
    );
    const published = (path: string) =>
      test.request({ method: 'GET', path: `policies/privacy/revisions/2/changes${path}` });
    expect((await published('')).body).toMatchObject({ from: { number: 1 }, materiality: 'freshConsent' });
    expect((await published('?from=2')).body.materiality).toBe('editorial');
  });

  it('refuses to schedule what was not approved', async () => {
    const { revisionId } = await desk.draft(aPolicy());
    expect((await desk.schedule(revisionId, { effectiveAt: await desk.inDays(1) })).body).toMatchObject({
      status: 409,
      code: 'policy.not_approved',
    });
  });

  it('keeps one scheduled revision per policy', async () => {
    const id = await desk.approved(aPolicy());
    const wish = { effectiveAt: await desk.inDays(1) };
    await desk.schedule(id, wish);
    expect((await desk.schedule(id, wish)).body).toMatchObject({
      status: 409,
      code: 'policy.already_scheduled',
      revisionId: id,
    });
    const next = await desk.approved(worded('Next'));
    expect((await desk.schedule(next, wish)).body).toMatchObject({
      status: 409,
      code: 'policy.already_scheduled',
      revisionId: id,
    });
  });

  it('lets one of two simultaneous schedules through', async () => {
    const id = await desk.approved(aPolicy());
    const answers = await Promise.all(
      [1, 2].map(async (days) => desk.schedule(id, { effectiveAt: await desk.inDays(days) })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  });

  it('takes effect once, however many nodes try', async () => {
    const id = await desk.approved(aPolicy());
    await desk.schedule(id, { effectiveAt: await desk.inDays(0) });
    const answers = await Promise.all([
      desk.activate(id),
      desk.activate(id),
      test
        .get(ScheduledTasks)
        .runAll()
        .then(() => ({ status: 0 })),
    ]);
    expect(answers.filter((answer) => answer.status === 200).length).toBeLessThanOrEqual(1);
    const { history, state: reached } = await desk.revision(id);
    expect(reached).toBe('effective');
    expect(history.filter((one: { act: string }) => one.act === 'activation')).toHaveLength(1);
  });

  it('refuses while a channel that was promised is not configured', async () => {
    await desk.inForce(
      withClause(aPolicy(), {
        ...changesClause,
        terms: [
          { type: 'change', notice: { leadDays: 7, channels: ['inApp', 'webPush'] }, acceptance: 'continuedUse' },
        ],
      }),
    );
    const id = await desk.approved(
      withClause(keeping('P12M'), {
        ...changesClause,
        terms: [{ type: 'change', notice: { leadDays: 7, channels: ['inApp'] }, acceptance: 'continuedUse' }],
      }),
    );
    expect((await desk.schedule(id, { effectiveAt: await desk.inDays(8) })).body).toMatchObject({
      status: 409,
      code: 'policy.channel_not_configured',
      channels: ['webPush'],
    });
  });

  it('withdraws the notice with the revision', async () => {
    await desk.inForce(aPolicy());
    const id = await desk.approved(keeping('P12M'));
    const { campaignId } = (await desk.schedule(id, { effectiveAt: await desk.inDays(8) })).body;
    expect((await desk.withdraw(id)).body.state).toBe('withdrawn');
    expect((await test.get(Campaigns).progress(campaignId)).state).toBe('cancelled');
    await desk.advance('P30D');
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
    await desk.inForce(general);
    const dropping = await desk.approved(aPolicy());
    await desk.schedule(dropping, { effectiveAt: await desk.inDays(9) });
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
    const resting = await desk.approved({ ...service, clauses: [searching] });
    await desk.schedule(resting, { effectiveAt: await desk.inDays(7.1) });
    await desk.advance('P8D');
    expect(await state(resting)).toBe('effective');
    await desk.advance('P8D');
    expect(missing(await desk.activate(dropping))).toContain('textInvalid');
    await desk.withdraw(dropping);
    const answer = await desk.editor.post('operator/policies/check', { document: aPolicy() });
    expect(answer.body).toMatchObject({
      valid: false,
      problems: [{ code: 'policy.retentionMissing', path: 'ticketing: clauses[0].terms[0]' }],
    });
  });

  it('does not take back what is in force', async () => {
    const id = await desk.inForce(aPolicy());
    expect((await desk.withdraw(id)).body).toMatchObject({ status: 409, code: 'policy.wrong_state' });
    expect((await desk.activate(id)).body).toMatchObject({ status: 409, code: 'policy.wrong_state' });
  });

  it('previews the notice that scheduling would publish', async () => {
    await desk.inForce(aPolicy());
    const id = await desk.approved(keeping('P12M'));
    const preview = (await desk.editor.get(`operator/revisions/${id}/notice-preview`)).body;
    expect(preview).toMatchObject({
      title: { en: 'Privacy policy: changes' },
      link: '/policies/privacy/2/changes?from=1',
      channels: ['inApp'],
    });
    expect(preview.body.en).toContain('Browsing history: kept');
    expect(preview.body.en).toContain('export your data or close your account');
  });

  it('compares a revision with what is in force: terms with their consequence, texts word by word', async () => {
    await desk.inForce(aPolicy());
    const id = await desk.approved(worded('Otherwise', keeping('P12M')));
    const compared = (await desk.editor.get(`operator/revisions/${id}/comparison?with=inForce`)).body;
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
    expect((await desk.editor.get(`operator/revisions/${id}/comparison?with=${id}`)).body.differences).toEqual([]);
    expect(
      (await desk.editor.get(`operator/revisions/${id}/comparison?with=01900000-0000-7000-8000-000000000000`)).body
        .code,
    ).toBe('policy.revision_not_found');
  });

  it('asks for a fresh sign-in before publishing', async () => {
    const id = await desk.approved(aPolicy());
    await test.request({ method: 'POST', path: 'dev/clock', body: { advance: 'PT6M' } });
    expect((await desk.schedule(id, { effectiveAt: await desk.inDays(1) })).body).toMatchObject({
      status: 403,
      code: 'session.step_up_required',
    });
    await desk.approver.stepUp();
    expect((await desk.schedule(id, { effectiveAt: await desk.inDays(1) })).status).toBe(200);
  });
});
