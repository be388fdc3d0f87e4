import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { EffectiveRulebook } from '../effective/effective-rulebook.js';
import { PolicyStaff } from '../testing/policy-staff.js';
import { aClause, aPolicy, withClause } from '../testing/documents.js';
import { aSignedInOperator, createPolicyApp, type TestConsole } from '../testing/app.js';

const name = { 'zh-CN': '某公司', en: 'Some company' };
const sharingWith = (...recipients: string[]) =>
  aPolicy({
    clauses: [
      aClause({
        id: 'share.maps',
        terms: [
          {
            type: 'sharing',
            categories: ['registration.name'],
            recipients: recipients.map((slug) => `recipient:${slug}`),
            purposes: ['service.provision'],
            basis: 'contract',
          },
        ],
      }),
    ],
  });
const before = sharingWith('map-provider');
const after = sharingWith('map-provider', 'blue-harbour');

describe('a change that was approved as a heavy one', () => {
  let test: TestApp;
  let staff: PolicyStaff;
  let administrator: TestConsole;
  let id: string;
  beforeEach(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    staff = await PolicyStaff.open(test);
    administrator = await aSignedInOperator(test, 'administrator');
    await administrator.post('operator/recipients', { slug: 'map-provider', kind: 'processor', name, region: 'CN' });
    await administrator.post('operator/recipients', { slug: 'blue-harbour', kind: 'partner', name, region: 'CN' });
    await staff.inForce(before);
    id = await staff.approved(after);
  });
  afterEach(() => test.close());

  const register = async (changes: object) => {
    await administrator.signIn();
    expect(
      (await administrator.request({ method: 'PATCH', path: 'operator/recipients/blue-harbour', body: changes }))
        .status,
    ).toBe(200);
  };
  const freshAtoms = async () => {
    const [row] = await test.get(Database).query<{ count: number }>(
      `SELECT (SELECT count(*)::int FROM jsonb_array_elements(fresh_atoms) AS atom WHERE atom -> 'fresh' <> '[]') AS count
         FROM policy.revisions WHERE id = $1`,
      [id],
    );
    return row?.count;
  };

  it('keeps its lead time and its consent when the register makes it look lighter before it is scheduled', async () => {
    await register({ kind: 'processor' });
    const compared = (await staff.editor.get(`operator/revisions/${id}/comparison?with=inForce`)).body;
    expect(compared).toMatchObject({ materiality: 'freshConsent', differences: [{ class: 'informational' }] });
    expect((await staff.schedule(id, { effectiveAt: await staff.inDays(0) })).body).toMatchObject({
      status: 409,
      code: 'policy.lead_time_too_short',
      requiredLeadDays: 7,
    });
    expect((await staff.schedule(id, { effectiveAt: await staff.inDays(8) })).body).toMatchObject({
      materiality: 'freshConsent',
      conditions: { requiredLeadDays: 7 },
    });
    expect(await freshAtoms()).toBe(1);
  });

  it('still needs fresh consent when the register makes it look lighter before it takes effect', async () => {
    await staff.schedule(id, { effectiveAt: await staff.inDays(7.1) });
    await register({ kind: 'processor' });
    await staff.advance('P8D');
    expect(await staff.revision(id)).toMatchObject({ state: 'effective', materiality: 'freshConsent' });
    const { rulebook } = await test.get(EffectiveRulebook).current();
    const shares = rulebook.index.share.get('registration.name')?.get('service.provision')?.forEveryService ?? [];
    expect(shares.map(({ atom, marks }) => [atom.recipient, marks.length])).toEqual([
      ['recipient:map-provider', 0],
      ['recipient:blue-harbour', 1],
    ]);
  });

  it('counts as what it is by now where that is heavier', async () => {
    await staff.approver.post(`operator/revisions/${id}/rejection`, { comment: 'Once more.' });
    await register({ kind: 'processor' });
    expect(await staff.approved(after)).toBe(id);
    await register({ kind: 'partner' });
    expect((await staff.schedule(id, { effectiveAt: await staff.inDays(0) })).body).toMatchObject({
      code: 'policy.lead_time_too_short',
    });
  });

  it('is weighed anew when it is approved anew', async () => {
    await staff.approver.post(`operator/revisions/${id}/rejection`, { comment: 'Without the partner.' });
    expect(await freshAtoms()).toBe(0);
    expect(
      await staff.approved(
        withClause(before, { id: 'share.maps', body: { 'zh-CN': '另一种说法。', en: 'Put otherwise.' } }),
      ),
    ).toBe(id);
    expect((await staff.schedule(id, { effectiveAt: await staff.inDays(0) })).body).toMatchObject({
      state: 'scheduled',
      materiality: 'editorial',
    });
  });
});
