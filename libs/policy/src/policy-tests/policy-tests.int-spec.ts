import { Database } from '@abide/platform';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import type { CollectionTerm, UseTerm } from '@abide/rulebook';
import { PolicyStaff } from '../testing/policy-staff.js';
import { aClause, aPolicy, withClause } from '../testing/documents.js';
import { aSignedInOperator, createPolicyApp, type TestConsole } from '../testing/app.js';

const advertising: UseTerm = {
  type: 'use',
  categories: ['log.browsing'],
  purposes: ['advertising.relevant'],
  basis: 'consent',
  fallback: 'generic',
};
const ownCollection: CollectionTerm = {
  type: 'collection',
  categories: ['registration.name'],
  purposes: ['customer.service'],
  basis: 'contract',
  required: false,
  services: ['ticketing'],
};
const advertisingClause = aClause({ id: 'use.advertising', terms: [advertising] });

const question = '{ action: use, purpose: advertising.relevant, categories: [log.browsing] }';
const granted = (revision: number) =>
  `{ acceptedRevision: ${revision}, consents: [{ purpose: advertising.relevant, state: granted, at: 2026-05-01, revision: ${revision} }] }`;
const aTestFile = (...cases: string[]) =>
  `clock: 2026-06-01T00:00:00Z\ncases:\n${cases.map((one) => `  - ${one}\n`).join('')}`;
const needsConsent = `{ name: advertising needs consent, question: ${question}, expect: { allowed: false, code: consent.missing } }`;
const allowedWithConsent = `{ name: allowed with consent, subject: ${granted(1)}, question: ${question}, expect: { allowed: true, clause: use.advertising } }`;
const allowedWithout = `{ name: allowed without consent, question: ${question}, expect: { allowed: true } }`;

describe('the tests kept beside a policy', () => {
  let test: TestApp;
  let staff: PolicyStaff;
  let auditor: TestConsole;
  beforeAll(async () => {
    test = await createPolicyApp();
    staff = await PolicyStaff.open(test);
    auditor = await aSignedInOperator(test, 'auditor');
    await staff.draft(aPolicy({ clauses: [advertisingClause] }));
  });
  afterAll(() => test.close());

  const path = 'operator/policies/privacy/tests';
  const read = async () => (await staff.editor.get(path)).body;
  const put = (body: unknown, headers: Record<string, string> = {}, who = staff.editor) =>
    who.request({ method: 'PUT', path, body, headers });
  const yaml = (text: string, headers: Record<string, string> = {}) =>
    put(text, { 'content-type': 'application/yaml', ...headers });
  const run = (body: object = {}, slug = 'privacy', who = staff.editor): Promise<TestAnswer> =>
    who.post(`operator/policies/${slug}/tests/run`, body);
  const names = (answer: TestAnswer) =>
    answer.body.cases.map((one: { name: string; passed: boolean }) => [one.name, one.passed]);
  const entriesOf = async (act: string) => (await auditor.get(`operator/audit/entries?act=${act}&limit=50`)).body.items;

  it('are none at first, which reading and running both say', async () => {
    expect((await staff.editor.get(path)).body).toMatchObject({ status: 404, code: 'policy.no_tests' });
    expect((await run()).body).toMatchObject({ status: 404, code: 'policy.no_tests' });
    expect((await staff.editor.get('operator/policies/nothing/tests')).body).toMatchObject({
      status: 404,
      code: 'policy.not_found',
    });
  });

  it('are refused with every place that is wrong, and nothing is stored', async () => {
    const answer = await yaml(
      aTestFile(`{ name: one, question: ${question}, expect: { code: no.reason } }`, '{ name: two }'),
      { 'accept-language': 'en' },
    );
    expect(answer.body).toMatchObject({ status: 400, code: 'policy.tests_invalid' });
    expect(answer.body.errors).toEqual([
      expect.objectContaining({ pointer: 'cases[0].expect.code', code: 'policy.unknownValue', line: 3 }),
      { pointer: 'cases[1].question', code: 'policy.missing', message: 'This is required.', line: 4 },
      { pointer: 'cases[1].expect', code: 'policy.missing', message: 'This is required.', line: 4 },
    ]);
    expect((await yaml(aTestFile(needsConsent.replace('advertising needs consent', `"a\u0000b"`)))).status).toBe(400);
    expect((await yaml(`${aTestFile(needsConsent)}#${'字'.repeat(66_700)}`)).body).toMatchObject({
      code: 'policy.tests_invalid',
      errors: [{ code: 'policy.tooLarge' }],
    });
    for (const name of ['"a\u202eb"', String.raw`"a\u202eb"`]) {
      expect((await yaml(aTestFile(needsConsent.replace('advertising needs consent', name)))).body).toMatchObject({
        code: 'policy.tests_invalid',
        errors: [{ code: 'policy.hiddenCharacter' }],
      });
    }
    expect((await staff.editor.get(path)).status).toBe(404);
  });

  it('are kept as they were written, with who kept them, and the audit says so', async () => {
    const content = aTestFile(needsConsent, allowedWithConsent);
    const answer = await yaml(content);
    expect(answer.status).toBe(201);
    expect(answer.headers['etag']).toBe(answer.body.etag);
    expect(await read()).toEqual({
      ...answer.body,
      content,
      updatedBy: { id: staff.editor.operatorId, name: 'Fang Yuan' },
    });
    expect(await entriesOf('policy.tests_saved')).toEqual([
      expect.objectContaining({
        object: expect.objectContaining({ type: 'policy' }),
        details: { slug: 'privacy', contentHash: answer.body.contentHash, cases: 2 },
      }),
    ]);
  });

  it('are not written over unseen', async () => {
    const { etag } = await read();
    const next = aTestFile(needsConsent);
    expect((await yaml(next)).body).toMatchObject({ status: 428, code: 'policy.if_match_required' });
    expect((await put({ content: next }, { 'if-match': etag })).status).toBe(200);
    expect((await yaml(aTestFile(allowedWithout), { 'if-match': etag })).body).toMatchObject({
      status: 412,
      code: 'policy.stale_edit',
    });
    expect((await read()).content).toBe(next);
  });

  it('let one of two simultaneous writers through', async () => {
    const { etag } = await read();
    const answers = await Promise.all(
      [allowedWithConsent, allowedWithout].map((one) => put({ content: aTestFile(one) }, { 'if-match': etag })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('are taken as JSON too, and saving the same again is no change', async () => {
    const tests = {
      clock: '2026-06-01',
      cases: [
        {
          name: 'one',
          question: { action: 'use', purpose: 'advertising.relevant', categories: ['log.browsing'] },
          expect: { allowed: false },
        },
      ],
    };
    const saved = await put(tests, { 'if-match': (await read()).etag });
    expect(JSON.parse(saved.body.content)).toEqual(tests);
    const before = (await entriesOf('policy.tests_saved')).length;
    expect((await put({ content: tests }, { 'if-match': saved.body.etag })).body).toEqual(saved.body);
    expect(await entriesOf('policy.tests_saved')).toHaveLength(before);
  });

  it('run on the draft in hand, and say what was expected and what came', async () => {
    await put(
      { content: aTestFile(needsConsent, allowedWithConsent, allowedWithout) },
      { 'if-match': (await read()).etag },
    );
    const { revisionId, contentHash } = (await staff.editor.get('operator/policies/privacy/draft')).body;
    const answer = await run();
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ passed: 2, failed: 1, revisionId, contentHash, number: 1, problems: [] });
    expect(answer.body.cases[2]).toMatchObject({
      name: 'allowed without consent',
      passed: false,
      expected: { allowed: true },
      actual: { allowed: false, code: 'consent.missing', fallback: 'generic' },
    });
  });

  it('can be run before they are kept', async () => {
    const kept = await read();
    expect(names(await run({ content: aTestFile(allowedWithout) }))).toEqual([['allowed without consent', false]]);
    expect((await staff.editor.request({ method: 'POST', path: `${path}/run` })).status).toBe(200);
    expect((await run({ content: 'clock: soon' })).body).toMatchObject({ status: 400, code: 'policy.tests_invalid' });
    expect(await read()).toEqual(kept);
  });

  it('do not keep a draft from being submitted when they fail, and the evidence counts them', async () => {
    const { revisionId } = (await staff.editor.get('operator/policies/privacy/draft')).body;
    expect((await staff.submit(revisionId)).body.state).toBe('inReview');
    expect((await entriesOf('policy.revision_submission'))[0].details).toMatchObject({
      testsPassed: 2,
      testsFailed: 1,
    });
    await staff.withdraw(revisionId);
  });

  it('have all failed when what is kept cannot be read any more, also in the evidence of a submission', async () => {
    const { content } = await read();
    await test
      .get(Database)
      .query(
        `UPDATE policy.policy_tests SET content = $1, content_hash = encode(sha256(convert_to($1, 'UTF8')), 'hex')`,
        [aTestFile(needsConsent.replace('{ allowed: false, code: consent.missing }', '{}'), allowedWithout)],
      );
    const { revisionId } = (await staff.editor.get('operator/policies/privacy/draft')).body;
    expect((await staff.submit(revisionId)).body.state).toBe('inReview');
    expect((await entriesOf('policy.revision_submission'))[0].details).toMatchObject({
      testsPassed: 0,
      testsFailed: 2,
    });
    await staff.withdraw(revisionId);
    await test
      .get(Database)
      .query(
        `UPDATE policy.policy_tests SET content = $1, content_hash = encode(sha256(convert_to($1, 'UTF8')), 'hex')`,
        [content],
      );
  });

  it('fail where they name what nobody registered, and say where', async () => {
    const misspelt = `{ name: slip, question: ${question.replace('advertising.relevant', 'advertising.relevent')}, expect: { allowed: false } }`;
    const answer = await run({ content: aTestFile(misspelt, needsConsent) });
    expect(answer.body).toMatchObject({ passed: 1, failed: 1, problems: [] });
    expect(answer.body.cases[0]).toMatchObject({
      passed: false,
      problems: [{ path: 'cases[0].question.purpose', code: 'policy.unknownPurpose' }],
    });
  });

  it('run on the text in force where nothing is being prepared', async () => {
    const id = await staff.inForce(aPolicy({ clauses: [advertisingClause] }));
    expect((await run({ content: aTestFile(needsConsent, allowedWithConsent) })).body).toMatchObject({
      passed: 2,
      failed: 0,
      revisionId: id,
    });
  });

  it('see the consents that a draft makes stale beside the published revisions', async () => {
    const wider = withClause(aPolicy({ clauses: [advertisingClause] }), {
      id: 'use.advertising',
      terms: [{ ...advertising, categories: ['log.browsing', 'registration.name'] }],
    });
    await staff.draft(wider);
    const stale = `{ name: stale, subject: ${granted(1)}, question: ${question.replace('log.browsing', 'registration.name')}, expect: { code: consent.stale } }`;
    const fresh = `{ name: fresh, subject: ${granted(2)}, question: ${question.replace('log.browsing', 'registration.name')}, expect: { allowed: true, revision: 2 } }`;
    expect(names(await run({ content: aTestFile(stale, fresh) }))).toEqual([
      ['stale', true],
      ['fresh', true],
    ]);
  });

  it('of a service run beside the general policy that it rests on', async () => {
    const ticketing = aPolicy({ policy: 'ticketing', kind: 'service', service: 'ticketing', services: [] });
    await staff.draft({ ...ticketing, clauses: [aClause({ id: 'collect.own', terms: [ownCollection] })] });
    const collects =
      '{ name: collects, subject: { acceptedRevision: 1 }, question: { action: collect, purpose: customer.service, categories: [registration.name], service: ticketing }, expect: { allowed: true } }';
    expect((await run({ content: aTestFile(collects) }, 'ticketing')).body).toMatchObject({
      passed: 1,
      failed: 0,
      problems: [],
    });
  });

  it('are nothing to run where the policy has no text left', async () => {
    const { revisionId } = (await staff.editor.get('operator/policies/ticketing/draft')).body;
    await staff.withdraw(revisionId);
    expect((await run({ content: aTestFile(needsConsent) }, 'ticketing')).body).toMatchObject({
      status: 404,
      code: 'policy.no_draft',
    });
  });

  it('all fail with the reason once a text does not compile under the registries as they stand', async () => {
    const administrator = await aSignedInOperator(test, 'administrator');
    await administrator.post('operator/categories', {
      code: 'vehicle.plate',
      name: { 'zh-CN': '车牌', en: 'Plate' },
      sensitive: false,
    });
    await staff.draft(
      aPolicy({ clauses: [aClause({ id: 'use.plate', terms: [{ ...advertising, categories: ['vehicle.plate'] }] })] }),
    );
    const { etag } = (await administrator.get('operator/categories/vehicle.plate')).body;
    await administrator.request({
      method: 'PATCH',
      path: 'operator/categories/vehicle.plate',
      body: { sensitive: true },
      headers: etag ? { 'if-match': etag } : {},
    });
    const answer = await run({ content: aTestFile(needsConsent, allowedWithout) });
    expect(answer.body).toMatchObject({
      passed: 0,
      failed: 2,
      cases: [],
      problems: [expect.objectContaining({ code: 'policy.separateConsentRequired' })],
    });
  });

  it('are read and run by whoever reads policies, and kept by whoever writes them', async () => {
    const { etag } = await read();
    expect((await staff.approver.get(path)).status).toBe(200);
    expect((await run({}, 'privacy', staff.approver)).status).toBe(200);
    const answer = await put({ content: aTestFile(needsConsent) }, { 'if-match': etag }, staff.approver);
    expect(answer.body).toMatchObject({ status: 403, code: 'operator.forbidden', permission: 'policy.edit' });
    for (const [method, at] of [
      ['GET', path],
      ['POST', `${path}/run`],
      ['PUT', path],
    ] as const) {
      expect((await test.request({ method, path: at, ...(method === 'GET' ? {} : { body: {} }) })).status).toBe(401);
    }
  });
});
