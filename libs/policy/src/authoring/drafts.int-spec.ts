import { ServiceClients, type Scope } from '@abide/identity';
import { formatPolicy } from '@abide/rulebook';
import type { TestApp } from '@abide/platform/testing';
import { aClause, aPolicy, periodsClause, withClause } from '../testing/documents.js';
import { aSignedInOperator, createPolicyApp, type TestConsole } from '../testing/app.js';

describe('drafting a policy', () => {
  let test: TestApp;
  let editor: TestConsole;
  beforeAll(async () => {
    test = await createPolicyApp();
    editor = await aSignedInOperator(test, 'policyEditor');
  });
  afterAll(() => test.close());

  const put = (slug: string, body: unknown, headers: Record<string, string> = {}) =>
    editor.request({ method: 'PUT', path: `operator/policies/${slug}/draft`, body, headers });
  const draft = async () => (await editor.get('operator/policies/privacy/draft')).body;
  const unknownCategory = aClause({
    id: 'odd',
    terms: [{ type: 'use', categories: ['log.nothing'], purposes: ['service.provision'], basis: 'contract' }],
  });

  it('answers that nothing is being prepared before anything is', async () => {
    expect((await editor.get('operator/policies/privacy/draft')).body).toMatchObject({
      status: 404,
      code: 'policy.not_found',
    });
  });

  it('creates policy and draft when there are none', async () => {
    const answer = await put('privacy', { document: aPolicy() });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ number: 1, state: 'draft', problems: [] });
    expect(answer.headers['etag']).toBe(`"${answer.body.contentHash}"`);
  });

  it('reads the draft back with its ETag', async () => {
    const answer = await editor.get('operator/policies/privacy/draft');
    expect(answer.body).toMatchObject({ number: 1, state: 'draft', document: aPolicy(), problems: [] });
    expect(answer.headers['etag']).toBe(answer.body.etag);
  });

  it('asks for If-Match when there is a draft', async () => {
    expect((await put('privacy', { document: aPolicy() })).body).toMatchObject({
      status: 428,
      code: 'policy.if_match_required',
    });
  });

  it('refuses an edit made on an older text and keeps the newer one', async () => {
    const { contentHash } = await draft();
    const newer = aPolicy({ clauses: [aClause({ id: 'extra' })] });
    expect((await put('privacy', { document: newer }, { 'if-match': `"${contentHash}"` })).status).toBe(200);
    const stale = await put('privacy', { document: aPolicy() }, { 'if-match': `"${contentHash}"` });
    expect(stale.body).toMatchObject({ status: 412, code: 'policy.stale_edit' });
    expect((await draft()).document).toEqual(newer);
  });

  it('lets one of two simultaneous edits through', async () => {
    const { contentHash } = await draft();
    const headers = { 'if-match': `"${contentHash}"` };
    const answers = await Promise.all(
      ['a', 'b'].map((id) => put('privacy', { document: aPolicy({ clauses: [aClause({ id })] }) }, headers)),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412]);
  });

  it('creates one policy and one draft out of two simultaneous first pushes', async () => {
    const agreement = aPolicy({ policy: 'user-agreement', kind: 'agreement', clauses: [] });
    const document = { ...agreement, clauses: [aClause({ id: 'parties' })] };
    const answers = await Promise.all([0, 1].map(() => put('user-agreement', { document })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 428]);
  });

  it('lists every problem with its path and saves nothing', async () => {
    const before = await draft();
    const broken = { ...aPolicy({ clauses: [unknownCategory] }), title: { 'zh-CN': '隐私政策' }, more: 1 };
    const answer = await put('privacy', { document: broken }, { 'if-match': before.etag });
    expect(answer.body).toMatchObject({ status: 400, code: 'policy.invalid' });
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual([
      'clauses[3].terms[0].categories[0]',
      'more',
      'title.en',
    ]);
    expect(await draft()).toEqual(before);
  });

  it('says what is wrong in the language asked for', async () => {
    const check = (language: string) =>
      editor.request({
        method: 'POST',
        path: 'operator/policies/check',
        body: { document: aPolicy({ clauses: [unknownCategory] }) },
        headers: { 'accept-language': language },
      });
    expect((await check('en')).body.problems[0].message).toContain('is not registered');
    expect((await check('zh-CN')).body.problems[0].message).toContain('未登记');
  });

  it('saves warnings and returns them', async () => {
    const { etag } = await draft();
    const hasty = withClause(aPolicy(), {
      id: 'changes',
      terms: [{ type: 'change', notice: { leadDays: 3, channels: ['inApp'] }, acceptance: 'continuedUse' }],
    });
    const answer = await put('privacy', { document: hasty }, { 'if-match': etag });
    expect(answer.status).toBe(200);
    expect(answer.body.problems).toEqual([
      expect.objectContaining({
        code: 'policy.leadTooShort',
        severity: 'warning',
        path: 'clauses[2].terms[0].notice.leadDays',
      }),
    ]);
  });

  it('takes YAML as well as JSON, and the policy without a wrapper', async () => {
    const yaml = await put('privacy', formatPolicy(aPolicy()), {
      'content-type': 'application/yaml',
      'if-match': (await draft()).etag,
    });
    expect(yaml.status).toBe(200);
    expect((await draft()).document).toEqual(aPolicy());
    const bare = await put('privacy', aPolicy({ clauses: [aClause({ id: 'bare' })] }), {
      'if-match': (await draft()).etag,
    });
    expect(bare.status).toBe(200);
  });

  it('names the line of a problem in a YAML text', async () => {
    const answer = await put('privacy', 'policy: privacy\nkind: general\nkind: general\n', {
      'content-type': 'application/yaml',
      'if-match': (await draft()).etag,
    });
    expect(answer.body).toMatchObject({
      status: 400,
      code: 'policy.invalid',
      errors: [{ code: 'policy.duplicateKey', line: 3 }],
    });
  });

  it('does not count saving the same text as an edit', async () => {
    const before = await draft();
    const answer = await put('privacy', { document: before.document }, { 'if-match': before.etag });
    expect(answer.body.contentHash).toBe(before.contentHash);
    expect((await put('privacy', { document: before.document }, { 'if-match': before.etag })).status).toBe(200);
  });

  it('refuses a file for another policy', async () => {
    const answer = await put('other', { document: aPolicy() });
    expect(answer.body).toMatchObject({
      code: 'policy.invalid',
      errors: [{ pointer: 'policy', code: 'policy.otherPolicy' }],
    });
  });

  it('lets a second general policy stand beside the first, and refuses a second agreement', async () => {
    expect((await put('second', { document: aPolicy({ policy: 'second' }) })).status).toBe(201);
    const agreement = (slug: string) => ({
      document: { ...aPolicy({ policy: slug }), kind: 'agreement', clauses: [aClause({ id: 'parties' })] },
    });
    const answer = await put('more-terms', agreement('more-terms'));
    expect(answer.body).toMatchObject({ status: 409, code: 'policy.kind_taken', slug: 'user-agreement' });
    expect((await editor.get('operator/policies/more-terms')).status).toBe(404);
  });

  it('refuses to make an agreement out of a policy', async () => {
    const document = { ...aPolicy(), kind: 'agreement', clauses: [aClause({ id: 'parties' })] };
    const answer = await put('privacy', { document }, { 'if-match': (await draft()).etag });
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: 'kind', code: 'policy.kindChanged' })]);
  });

  it('finds a datum of a service policy that nobody promises to delete', async () => {
    const document = aPolicy({
      policy: 'ticketing',
      kind: 'service',
      service: 'ticketing',
      services: ['ticketing'],
      clauses: [],
    });
    const searching = aClause({
      id: 'ticketing.search',
      terms: [{ type: 'collection', categories: ['log.search'], purposes: ['service.provision'], basis: 'consent' }],
    });
    const answer = await editor.post('operator/policies/check', { document: { ...document, clauses: [searching] } });
    expect(answer.body).toMatchObject({ valid: false, problems: [{ code: 'policy.retentionMissing' }] });
    const kept = {
      ...searching,
      terms: [...searching.terms, { type: 'retention', categories: ['log.search'], period: 'P6M', then: 'delete' }],
    };
    expect(
      (await editor.post('operator/policies/check', { document: { ...document, clauses: [kept] } })).body.valid,
    ).toBe(true);
  });

  it('checks without saving', async () => {
    const before = await draft();
    const answer = await editor.post('operator/policies/check', {
      document: withClause(aPolicy(), { ...periodsClause, terms: [] }),
    });
    expect(answer.status).toBe(200);
    expect(answer.body.valid).toBe(false);
    expect(await draft()).toEqual(before);
  });

  it('lists a policy with where it stands', async () => {
    const { items } = (await editor.get('operator/policies')).body;
    const privacy = items.find((one: { slug: string }) => one.slug === 'privacy');
    expect(privacy).toMatchObject({
      kind: 'general',
      service: null,
      title: { en: 'Privacy policy' },
      inForce: null,
      scheduled: null,
      open: { number: 1, state: 'draft' },
      revisionCount: 1,
    });
    expect((await editor.get('operator/policies/privacy/revisions')).body.items).toHaveLength(1);
    expect((await editor.get(`operator/policies/${privacy.id}`)).body).toEqual(privacy);
    expect((await editor.get(`operator/policies/${privacy.id}/revisions`)).body.items).toHaveLength(1);
  });

  describe('from a pipeline', () => {
    const tokenFor = async (...scopes: Scope[]): Promise<string> => {
      const { clientId, secret } = await test.get(ServiceClients).create({ name: 'Pipeline', scopes });
      const body = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret };
      return (await test.request({ method: 'POST', path: 'oauth/token', body })).body.access_token;
    };
    const push = (token: string, document: object, headers: Record<string, string> = {}) =>
      test.request({
        method: 'PUT',
        path: 'policies/privacy/draft',
        body: formatPolicy(document as never),
        token,
        headers: { 'content-type': 'application/yaml', ...headers },
      });

    it('is saved by the same rules, and told apart in the history', async () => {
      const token = await tokenFor('policies:write');
      const document = aPolicy({ clauses: [aClause({ id: 'pushed' })] });
      expect((await push(token, document)).body).toMatchObject({ status: 428, code: 'policy.if_match_required' });
      const answer = await push(token, document, { 'if-match': (await draft()).etag });
      expect(answer.status).toBe(200);
      const { history } = (await editor.get(`operator/revisions/${answer.body.revisionId}`)).body;
      expect(history.at(-1)).toMatchObject({ act: 'edit', by: { id: expect.not.stringContaining(editor.operatorId) } });
      expect(
        (await push(token, aPolicy({ clauses: [unknownCategory] }), { 'if-match': answer.body.etag })).body.code,
      ).toBe('policy.invalid');
    });

    it('has as its author whoever made or renewed the secret, who may not approve it', async () => {
      const maker = await aSignedInOperator(test, 'administrator', 'policyApprover');
      const renewer = await aSignedInOperator(test, 'administrator', 'policyApprover');
      const approver = await aSignedInOperator(test, 'policyApprover');
      const { clientId } = await test
        .get(ServiceClients)
        .create({ name: 'Pipeline', scopes: ['policies:write'] }, { issuedTo: maker.operatorId });
      const { secret } = (await renewer.post(`operator/clients/${clientId}/rotation`, {})).body;
      const token = (
        await test.request({
          method: 'POST',
          path: 'oauth/token',
          body: { grant_type: 'client_credentials', client_id: clientId, client_secret: secret },
        })
      ).body.access_token;
      const pushed = (
        await push(token, aPolicy({ clauses: [aClause({ id: 'pushed-alone' })] }), { 'if-match': (await draft()).etag })
      ).body;
      await editor.post(`operator/revisions/${pushed.revisionId}/submission`, { comment: 'From the pipeline' });
      const approve = (by: TestConsole) =>
        by.post(`operator/revisions/${pushed.revisionId}/approval`, {
          comment: 'Read',
          contentHash: pushed.contentHash,
        });
      expect((await approve(maker)).body).toMatchObject({ status: 403, code: 'policy.self_approval' });
      expect((await approve(renewer)).body).toMatchObject({ status: 403, code: 'policy.self_approval' });
      expect((await renewer.get(`operator/revisions/${pushed.revisionId}`)).body.allowedActs).toContainEqual(
        expect.objectContaining({ act: 'approval', allowed: false }),
      );
      await approver.post(`operator/revisions/${pushed.revisionId}/rejection`, { comment: 'Not yet' });
    });

    it('has nobody for its author where the secret was made on the server: whoever submits it takes it over, and neither they nor an administrator approves it', async () => {
      const [taker, other] = [
        await aSignedInOperator(test, 'policyEditor', 'policyApprover'),
        await aSignedInOperator(test, 'policyEditor', 'policyApprover'),
      ];
      const administrator = await aSignedInOperator(test, 'administrator', 'policyApprover');
      const approver = await aSignedInOperator(test, 'policyApprover');
      const { clientId, secret } = await test
        .get(ServiceClients)
        .create({ name: 'Made on the server', scopes: ['policies:write'] });
      const tokenOf = async (held: string) =>
        (
          await test.request({
            method: 'POST',
            path: 'oauth/token',
            body: { grant_type: 'client_credentials', client_id: clientId, client_secret: held },
          })
        ).body.access_token;
      const { revisionId, contentHash } = (
        await push(await tokenOf(secret), aPolicy({ clauses: [aClause({ id: 'of-nobody' })] }), {
          'if-match': (await draft()).etag,
        })
      ).body;
      const submit = (by: TestConsole) =>
        by.post(`operator/revisions/${revisionId}/submission`, { comment: 'I have read it and answer for it.' });
      const approve = async (by: TestConsole) =>
        (await by.post(`operator/revisions/${revisionId}/approval`, { comment: 'Read', contentHash })).status;
      expect((await submit(taker)).body).toMatchObject({ state: 'inReview', hasUnknownAuthor: true });
      await approver.post(`operator/revisions/${revisionId}/withdrawal`, { reason: 'Once more.' });
      await submit(other);
      expect([await approve(taker), await approve(other), await approve(administrator)]).toEqual([403, 403, 403]);
      expect((await taker.get(`operator/revisions/${revisionId}`)).body.allowedActs).toContainEqual({
        act: 'approval',
        allowed: false,
        code: 'policy.self_approval',
      });
      expect(await approve(approver)).toBe(200);
      const { items } = (
        await (
          await aSignedInOperator(test, 'auditor')
        ).get(`operator/audit/entries?objectType=revision&objectId=${revisionId}&act=policy.revision_submission`)
      ).body;
      expect(new Set(items.map(({ details }: { details: { takenOver?: boolean } }) => details.takenOver))).toEqual(
        new Set([true]),
      );

      for (const reason of ['Sent back.', 'Ended.'])
        await approver.post(`operator/revisions/${revisionId}/withdrawal`, { reason });
      const renewed = (await administrator.post(`operator/clients/${clientId}/rotation`, { overlapDays: 0 })).body
        .secret;
      await test.request({ method: 'POST', path: 'dev/clock', body: { advance: 'PT11M' } });
      const pushed = (await push(await tokenOf(renewed), aPolicy({ clauses: [aClause({ id: 'of-somebody' })] }))).body;
      expect((await editor.get(`operator/revisions/${pushed.revisionId}`)).body.hasUnknownAuthor).toBe(false);
      await test.request({ method: 'POST', path: 'dev/clock', body: { reset: true } });
    });

    it('is refused without the scope, and without a token', async () => {
      expect((await push(await tokenFor('decisions:read'), aPolicy())).body).toMatchObject({
        status: 403,
        code: 'access.scope_missing',
        scope: 'policies:write',
      });
      expect((await push('', aPolicy())).status).toBe(401);
    });
  });

  it('lets only those edit who may', async () => {
    const auditor = await aSignedInOperator(test, 'auditor');
    const answer = await auditor.request({
      method: 'PUT',
      path: 'operator/policies/privacy/draft',
      body: { document: aPolicy() },
    });
    expect(answer.body).toMatchObject({ status: 403, code: 'operator.forbidden', permission: 'policy.edit' });
    expect((await auditor.get('operator/policies')).status).toBe(200);
  });

  it('refuses an edit without the CSRF token', async () => {
    const answer = await editor.request({
      method: 'PUT',
      path: 'operator/policies/privacy/draft',
      body: { document: aPolicy() },
      headers: { 'x-abide-csrf': 'wrong' },
    });
    expect(answer.body).toMatchObject({ status: 403, code: 'session.csrf' });
  });

  it('refuses a body that holds no policy', async () => {
    expect(
      (await put('privacy', '[]', { 'content-type': 'application/json', 'if-match': (await draft()).etag })).body.code,
    ).toBe('policy.invalid');
    expect((await put('privacy', '', { 'content-type': 'application/json' })).body.code).toBe('request.malformed');
  });
});
