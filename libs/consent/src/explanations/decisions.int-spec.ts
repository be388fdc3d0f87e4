import { Database, ScheduledTasks } from '@abide/platform';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { DecisionCounts } from '../gate/decision-counts.js';
import { aServiceToken, aSignedInOperator, createConsentApp, type TestConsole } from '../testing/app.js';
import { TestSubject } from '../testing/people.js';
import { aConsentPolicy } from '../testing/policies.js';

const nobody = '018f0000-0000-7000-8000-000000000000';

describe('decisions, for operators', () => {
  let test: TestApp;
  let db: Database;
  let revisionId: string;
  let service: string;
  let person: TestSubject;
  let auditor: TestConsole;
  let agent: TestConsole;

  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    const staff = await PolicyStaff.open(test);
    revisionId = await staff.inForce(aConsentPolicy());
    service = await aServiceToken(test);
    auditor = await aSignedInOperator(test, 'auditor');
    agent = await aSignedInOperator(test, 'supportAgent');
  });
  beforeEach(async () => {
    person = await TestSubject.register(test, [revisionId]);
  });
  afterAll(() => test.close());

  const question = { action: 'use', purpose: 'advertising.relevant', categories: ['log.browsing'] };
  const explain = (more: Record<string, unknown> = {}, by = agent): Promise<TestAnswer> =>
    by.post('operator/decisions/explanation', { subjectId: person.id, ...question, ...more });
  const outcomesOf = (rules: { rule: number; outcome: string }[]) =>
    Object.fromEntries(rules.map(({ rule, outcome }) => [rule, outcome]));
  const figures = async () => {
    await test.get(DecisionCounts).flush();
    const [row] = await db.query<{ counts: number; samples: number }>(
      'SELECT (SELECT count(*)::int FROM consent.decision_counts) AS counts, (SELECT count(*)::int FROM consent.refusal_samples) AS samples',
    );
    return row;
  };

  describe('explained', () => {
    it('name the rule that refused, what was asked before it, and the clause that came nearest', async () => {
      const { status, body } = await explain();
      expect(status).toBe(200);
      expect(body.decision).toMatchObject({
        category: 'log.browsing',
        allowed: false,
        code: 'consent.missing',
        policy: 'privacy',
        clauseId: 'use.advertising',
        fallback: 'generic',
      });
      expect(outcomesOf(body.rules)).toEqual({ 1: 'passed', 2: 'notAsked', 3: 'passed' });
      expect(body.statements).toHaveLength(1);
      expect(outcomesOf(body.statements[0].rules)).toEqual({
        4: 'passed',
        5: 'passed',
        6: 'notAsked',
        7: 'notAsked',
        8: 'passed',
        9: 'notAsked',
        10: 'refused',
      });
      expect(body.clauses).toEqual([
        {
          policy: 'privacy',
          revision: 1,
          revisionId,
          clauseId: 'use.advertising',
          heading: { 'zh-CN': expect.any(String), en: expect.any(String) },
        },
      ]);
      expect(body.consents).toEqual([]);
    });

    it('cite the consent that carried them', async () => {
      const { consentEventId, receiptId } = (await person.grant('advertising.relevant')).body;
      const { body } = await explain();
      expect(body.decision).toMatchObject({ allowed: true, code: null, consentEventId });
      expect(body.statements[0].consentEventId).toBe(consentEventId);
      expect(body.consents).toEqual([expect.objectContaining({ id: consentEventId, act: 'grant', receiptId })]);
    });

    it('say the same as the gate does', async () => {
      await person.grant('service.provision', { categories: ['location.gps'] });
      for (const asked of [
        question,
        { action: 'collect', purpose: 'service.provision', categories: ['location.gps'], service: 'ticketing' },
        { ...question, purpose: 'records.archive' },
      ]) {
        const [decided] = (await person.decision(service, asked)).results;
        expect((await explain(asked)).body.decision).toMatchObject({
          allowed: decided.allowed,
          code: decided.code,
          clauseId: decided.clauseId,
        });
      }
    });

    it('answer from what was known at a past instant', async () => {
      const before = new Date().toISOString();
      await person.grant('advertising.relevant');
      expect((await explain({ at: before })).body).toMatchObject({ at: before, decision: { code: 'consent.missing' } });
      expect(await explain({ at: new Date(Date.now() + 3_600_000).toISOString() })).toMatchObject({
        status: 400,
        body: { code: 'request.invalid' },
      });
    });

    it('of nobody known stop at the first rule, and keep no trace of whom was asked for', async () => {
      const { body } = await explain({ subjectId: nobody });
      expect(body).toMatchObject({ decision: { code: 'subject.unknown' }, statements: [] });
      expect(outcomesOf(body.rules)).toEqual({ 1: 'refused', 2: 'notReached', 3: 'notReached' });
      expect(await db.query('SELECT 1 FROM audit.openings WHERE subject_id = $1', [nobody])).toEqual([]);
    });

    it('are recorded as a look at the subject, and counted nowhere', async () => {
      const before = await figures();
      await explain();
      expect(await figures()).toEqual(before);
      const {
        items: [entry],
      } = (await auditor.get(`operator/audit/entries?act=subject.decisionExplained&subjectId=${person.id}`)).body;
      expect(entry).toMatchObject({
        actor: { kind: 'operator', id: agent.operatorId },
        object: { type: 'subject', id: person.id },
        details: { purpose: 'advertising.relevant', category: 'log.browsing', code: 'consent.missing' },
      });
    });

    it('do not take the operator’s own Global Privacy Control for the subject’s', async () => {
      await person.grant('advertising.relevant');
      const answer = await agent.request({
        method: 'POST',
        path: 'operator/decisions/explanation',
        headers: { 'sec-gpc': '1' },
        body: { subjectId: person.id, ...question },
      });
      expect(answer.body.decision.allowed).toBe(true);
    });

    it('need one purpose and one category', async () => {
      for (const more of [
        { purpose: undefined },
        { categories: [] },
        { categories: ['log.browsing', 'log.search'] },
        { purposes: ['advertising.relevant'] },
      ]) {
        expect(await explain(more)).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
      }
    });

    it('are refused to whoever may not look up subjects', async () => {
      const editor = await aSignedInOperator(test, 'policyEditor');
      expect(await explain({}, editor)).toMatchObject({ status: 403, body: { permission: 'subject.read' } });
    });
  });

  describe('in figures', () => {
    const counted = async (query = ''): Promise<any> => (await auditor.get(`operator/decisions/summary${query}`)).body;

    it('count every outcome at once, per bucket and by purpose and category', async () => {
      const purpose = 'advertising.relevant';
      const before = await counted(`?purpose=${purpose}`);
      await person.decision(service, question);
      await person.grant(purpose);
      await person.decision(service, question);
      await person.decision(service, question);
      const after = await counted(`?purpose=${purpose}`);
      const of = ({ codes }: any, code: string): number =>
        codes.find((one: { code: string }) => one.code === code)?.decisions ?? 0;
      expect([
        of(after, 'allowed') - of(before, 'allowed'),
        of(after, 'consent.missing') - of(before, 'consent.missing'),
      ]).toEqual([2, 1]);
      expect(after.bucket).toBe('hour');
      expect(after.codes[0].perBucket).toHaveLength(after.instants.length);
      expect(after.counts.every((one: { purpose: string }) => one.purpose === purpose)).toBe(true);
      expect(after.counts).toContainEqual({
        purpose,
        category: 'log.browsing',
        code: 'allowed',
        decisions: of(after, 'allowed'),
      });
    });

    it('put each decision into the bucket of its time, days by the zone of the law', async () => {
      const insert = (minute: string) =>
        db.query(
          `INSERT INTO consent.decision_counts VALUES ($1, 'use', 'survey.participation', 'log.search', 'allowed', 3)`,
          [minute],
        );
      await insert('2025-03-01T15:59:00Z');
      await insert('2025-03-01T16:00:00Z');
      const { bucket, instants, codes } = await counted(
        '?from=2025-02-20T00:00:00Z&to=2025-03-02T00:00:00Z&purpose=survey.participation',
      );
      expect(bucket).toBe('day');
      expect(codes).toHaveLength(1);
      expect(instants.flatMap((at: string, index: number) => (codes[0].perBucket[index] > 0 ? [at] : []))).toEqual([
        '2025-02-28T16:00:00.000Z',
        '2025-03-01T16:00:00.000Z',
      ]);
      const minutes = await counted('?from=2025-03-01T15:00:00Z&to=2025-03-01T16:30:00Z&purpose=survey.participation');
      expect(minutes).toMatchObject({ bucket: 'minute', codes: [{ decisions: 6 }] });
    });

    it('refuse a span that is reversed or longer than figures are kept', async () => {
      for (const query of [
        '?from=2025-03-02T00:00:00Z&to=2025-03-01T00:00:00Z',
        '?from=2020-01-01T00:00:00Z&to=2025-03-01T00:00:00Z',
        '?from=yesterday',
      ]) {
        expect(await auditor.get(`operator/decisions/summary${query}`)).toMatchObject({
          status: 400,
          body: { code: 'request.invalid' },
        });
      }
    });

    it('list one refusal of each kind a minute, filtered, page by page, and lead to nobody', async () => {
      await person.decision(service, { ...question, purpose: 'personalisation' });
      await person.decision(service, {
        action: 'collect',
        purpose: 'service.provision',
        categories: ['location.gps'],
        service: 'ticketing',
      });
      const first = await auditor.get('operator/decisions/refusals?limit=1');
      const second = await auditor.get(`operator/decisions/refusals?limit=1&cursor=${first.body.nextCursor}`);
      expect(second.body.items[0].id).not.toBe(first.body.items[0].id);
      expect(first.text + second.text).not.toContain(person.id);
      const { items } = (await auditor.get('operator/decisions/refusals?purpose=service.provision&code=location.off'))
        .body;
      expect(items[0]).toMatchObject({
        action: 'collect',
        category: 'location.gps',
        service: 'ticketing',
        code: 'location.off',
        policy: 'privacy',
        revision: 1,
        clauseId: 'collect.location',
      });
      expect(
        (await auditor.get('operator/decisions/refusals?purpose=service.provision&code=clause.none')).body.items,
      ).toEqual([]);
    });

    it('are deleted when they are too old: counts after 400 days, samples after 30', async () => {
      const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
      for (const days of [399, 401])
        await db.query(
          `INSERT INTO consent.decision_counts VALUES ($1, 'use', 'audit.support', 'log.search', 'allowed', 1)`,
          [ago(days)],
        );
      for (const days of [29, 31]) {
        await db.query(
          `INSERT INTO consent.refusal_samples (id, at, action, purpose, category, code) VALUES (gen_random_uuid(), $1, 'use', 'audit.support', 'log.search', 'clause.none')`,
          [ago(days)],
        );
      }
      await test.get(ScheduledTasks).runAll();
      expect(await db.query(`SELECT minute FROM consent.decision_counts WHERE purpose = 'audit.support'`)).toHaveLength(
        1,
      );
      expect(await db.query(`SELECT at FROM consent.refusal_samples WHERE purpose = 'audit.support'`)).toHaveLength(1);
    });

    it('are refused to whoever lost every role, and to whoever is no operator', async () => {
      const former = await aSignedInOperator(test, 'auditor');
      await db.query(`UPDATE identity.operators SET roles = '{}' WHERE id = $1`, [former.operatorId]);
      for (const path of ['operator/decisions/summary', 'operator/decisions/refusals']) {
        expect(await former.get(path)).toMatchObject({ status: 403, body: { permission: 'overview.read' } });
        expect((await test.request({ method: 'GET', path, token: person.token })).status).toBe(401);
      }
    });
  });
});
