import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { decide, type PolicyDocument } from '@abide/rulebook';
import { EffectiveRulebook } from '../effective/effective-rulebook.js';
import { toRevisionText } from '../revisions/policy-check.js';
import { aClause, aPolicy, periodsClause, withClause } from '../testing/documents.js';
import { PolicyStaff } from '../testing/policy-staff.js';
import { createPolicyApp } from '../testing/app.js';
import { EarlierRevisions } from './earlier-revisions.js';

/** Everything that an earlier version took and today's rules refuse in a draft, or ask an answer to. */
const earlier = withClause(
  aPolicy({
    title: { 'zh-CN': '隐私\u200b政策', en: 'Privacy \u202eycilop\u202c' },
    recipients: [{ slug: 'old-host', kind: 'processor', region: 'UK' }],
    clauses: [
      aClause({
        id: 'endless',
        body: { 'zh-CN': '字'.repeat(20_001), en: 'Endless, see [https://good.example](https://evil.example/).' },
      }),
      aClause({
        id: 'share.host',
        terms: [
          {
            type: 'sharing',
            categories: ['registration.phone'],
            recipients: ['recipient:old-host'],
            purposes: ['service.provision'],
            basis: 'contract',
            regions: ['UK'],
          },
        ],
      }),
    ],
  }),
  { ...periodsClause, body: { 'zh-CN': '浏览记录保存五年。', en: 'Browsing history is kept ninety days.' } },
);
const next: PolicyDocument = {
  ...earlier,
  glossary: [{ term: { 'zh-CN': '主机', en: 'host' }, meaning: { 'zh-CN': '存\u200b放之处', en: 'where it is kept' } }],
};
const refusedInDrafts = [
  'policy.clauseTooLong',
  'policy.hiddenCharacter',
  'policy.hiddenCharacter',
  'policy.misleadingLink',
  'policy.unknownRegion',
  'policy.unknownRegion',
];

describe('a text that was submitted under earlier rules', () => {
  let test: TestApp;
  let staff: PolicyStaff;
  let db: Database;
  const ids: string[] = [];
  beforeAll(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    staff = await PolicyStaff.open(test);
    db = test.get(Database);
    await db.execute(
      `INSERT INTO policy.recipients (id, code, kind, name, region, is_active, contract_until, created_at, updated_at)
       VALUES (gen_random_uuid(), 'old-host', 'processor', '{"zh-CN":"某","en":"Some"}', 'UK', true, '2099-12-31', now(), now())`,
    );
    await db.execute('UPDATE policy.registry_state SET version = version + 1');
  });
  afterAll(() => test.close());

  /** Puts the text in the place of a draft, as an earlier version kept it. */
  async function keptDraft(document: PolicyDocument): Promise<{ id: string; contentHash: string }> {
    const { revisionId: id } = await staff.draft(aPolicy({ clauses: [aClause({ id: 'placeholder' })] }));
    const { canonical, contentHash } = toRevisionText(document);
    await db.execute('UPDATE policy.revisions SET document = $2, canonical = $3, content_hash = $4 WHERE id = $1', [
      id,
      JSON.stringify(document),
      canonical,
      contentHash,
    ]);
    return { id, contentHash };
  }

  async function inReview(document: PolicyDocument): Promise<{ id: string; contentHash: string }> {
    const kept = await keptDraft(document);
    await db.execute(
      `UPDATE policy.revisions SET state = 'inReview', submitted_hash = content_hash, submitted_by = $2, submitted_at = now() WHERE id = $1`,
      [kept.id, staff.editor.operatorId],
    );
    return kept;
  }

  const get = (path: string) => test.request({ method: 'GET', path });
  const codes = (problems: readonly { code: string }[]) => problems.map(({ code }) => code).toSorted();
  const stateOf = async (id: string) => (await staff.revision(id)).state;

  /** Whether the phone number of somebody who accepted the text may go to its recipient. */
  async function mayShare(): Promise<unknown> {
    const { rulebook } = await test.get(EffectiveRulebook).current();
    const at = test.get(Clock).now().getTime();
    const { allowed, results } = decide(
      rulebook,
      { kind: 'person', acceptances: [{ policy: 'privacy', revision: 2, mode: 'explicit', at }] },
      { action: 'share', categories: ['registration.phone'], purpose: 'service.provision', recipient: 'old-host', at },
    );
    return [allowed, results[0]?.code, results[0]?.clauseId];
  }

  it('is approved, scheduled and takes effect, and what would refuse a draft is a warning in it', async () => {
    const { id, contentHash } = await inReview(earlier);
    ids.push(id);
    expect((await staff.approve(id, contentHash)).body.state).toBe('approved');
    const { problems } = await staff.revision(id);
    expect(problems.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
    expect(codes(problems)).toEqual(expect.arrayContaining(refusedInDrafts));
    expect((await staff.schedule(id, { effectiveAt: new Date(0).toISOString() })).status).toBe(200);
    expect((await staff.activate(id)).body.state).toBe('effective');
  });

  it('stays in force and decides as before, after a start that weighs it too', async () => {
    expect(await mayShare()).toEqual([true, null, 'share.host']);
    await db.execute('UPDATE policy.revisions SET weighed_at = NULL WHERE id = $1', [ids[0]]);
    await test.get(EarlierRevisions).onApplicationBootstrap();
    await db.execute('UPDATE policy.registry_state SET version = version + 1');
    expect(await mayShare()).toEqual([true, null, 'share.host']);
  });

  it('takes effect by itself when its day comes', async () => {
    const { id, contentHash } = await inReview(next);
    ids.push(id);
    await staff.approve(id, contentHash);
    expect(
      (await staff.schedule(id, { effectiveAt: await staff.inDays(2) })).body.conditions.missing.map(
        ({ code }: { code: string }) => code,
      ),
    ).toEqual(['effectiveAtAhead']);
    await staff.advance('P2D');
    expect([await stateOf(ids[0] ?? ''), await stateOf(id)]).toEqual(['superseded', 'effective']);
    expect(await mayShare()).toEqual([true, null, 'share.host']);
    expect(
      (await test.get(EffectiveRulebook).asOf(new Date(test.get(Clock).now().getTime() - 24 * 3_600_000))).rulebook
        .atoms.length,
    ).toBeGreaterThan(0);
  });

  it('is read by anybody, compared with, exported and tested', async () => {
    expect((await get('policies')).body.items).toMatchObject([{ slug: 'privacy', revision: { id: ids[1] } }]);
    expect((await get('policies/privacy')).body.clauses).toHaveLength(5);
    expect((await get('policies/privacy/revisions/1')).body.revision).toMatchObject({
      id: ids[0],
      state: 'superseded',
    });
    expect((await get('policies/privacy/revisions/2/changes?from=1')).body).toMatchObject({
      materiality: 'informational',
      differences: [{ rule: 'glossary.changed' }],
    });
    for (const page of ['/policies/privacy', '/policies/privacy/1', '/policies/privacy/2/changes'])
      expect([page, (await get(page)).status]).toEqual([page, 200]);
    expect((await staff.editor.get(`operator/revisions/${ids[1]}/comparison?with=${ids[0]}`)).status).toBe(200);
    expect((await staff.editor.get(`operator/revisions/${ids[1]}/export`)).text).toContain('share.host');
    const content =
      'clock: 2026-06-01\ncases:\n  - { name: one, subject: { acceptedRevision: 2 }, question: { action: share, categories: [registration.phone], purpose: service.provision, recipient: old-host }, expect: { allowed: true } }\n';
    expect((await staff.editor.post('operator/policies/privacy/tests/run', { content })).body).toMatchObject({
      passed: 1,
      failed: 0,
    });
  });

  it('hands its faults on to no draft made from it, pushed, kept from before or sent back', async () => {
    const saved = await staff.editor.request({
      method: 'PUT',
      path: 'operator/policies/privacy/draft',
      body: { document: earlier },
    });
    expect([saved.status, codes(saved.body.errors)]).toEqual([400, refusedInDrafts]);
    const { id } = await keptDraft(earlier);
    const refused = { status: 400, code: 'policy.invalid' };
    expect((await staff.submit(id)).body).toMatchObject(refused);
    await staff.withdraw(id);
    const { id: sentBack } = await inReview(earlier);
    await staff.approver.post(`operator/revisions/${sentBack}/rejection`, { comment: 'Not like this.' });
    expect((await staff.submit(sentBack)).body).toMatchObject(refused);
    expect(await mayShare()).toEqual([true, null, 'share.host']);
  });
});
