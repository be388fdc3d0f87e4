import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { EffectiveRulebook } from '../effective/effective-rulebook.js';
import { PolicyStaff } from '../testing/policy-staff.js';
import { aClause, aPolicy } from '../testing/documents.js';
import { createPolicyApp } from '../testing/app.js';
import { EarlierRevisions } from './earlier-revisions.js';

const using = (policy: string, categories: string[]) =>
  aPolicy({
    policy,
    clauses: [
      aClause({
        id: 'use.more',
        terms: [{ type: 'use', categories, purposes: ['advertising.relevant'], basis: 'consent' }],
      }),
    ],
  });

describe('what took effect before further policies were compared with everything in force', () => {
  let test: TestApp;
  let db: Database;
  let ids: readonly string[];
  beforeAll(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    const staff = await PolicyStaff.open(test);
    const first = await staff.inForce(using('privacy', ['log.search']));
    const further = await staff.approved(using('other-brand', ['log.search', 'registration.phone']));
    await staff.schedule(further, { effectiveAt: await staff.inDays(7.01) });
    await staff.advance('P8D');
    ids = [first, further];
  });
  afterAll(() => test.close());

  /** As an earlier version left them: the first text of any policy was informational and marked nothing. */
  const forget = (freshAtoms: unknown[] = []) =>
    db.execute(
      `UPDATE policy.revisions SET weighed_at = NULL, fresh_atoms = $1::jsonb, materiality = 'informational' WHERE id = ANY($2::uuid[])`,
      [JSON.stringify(freshAtoms), ids],
    );
  const weigh = () => test.get(EarlierRevisions).onApplicationBootstrap();
  const kept = () =>
    db.query<{ materiality: string; topics: string[]; isWeighed: boolean }>(
      `SELECT materiality, ARRAY(SELECT atom ->> 'topic' FROM jsonb_array_elements(fresh_atoms) AS atom WHERE atom ? 'topic') AS topics, weighed_at IS NOT NULL AS "isWeighed"
     FROM policy.revisions WHERE id = ANY($1::uuid[]) ORDER BY took_effect_at`,
      [ids],
    );

  it('is weighed once, before anything is decided, and keeps how it was announced', async () => {
    await forget();
    await weigh();
    expect(await kept()).toEqual([
      { materiality: 'informational', topics: [], isWeighed: true },
      {
        materiality: 'informational',
        topics: expect.arrayContaining(['use|registration.phone|advertising.relevant||']),
        isWeighed: true,
      },
    ]);
    const entries = () => db.query(`SELECT 1 FROM audit.entries WHERE act = 'policy.revision_weighing'`);
    expect(await entries()).toHaveLength(2);
    await weigh();
    expect(await entries()).toHaveLength(2);
  });

  it('keeps what was marked then for the policy that changed, and takes it from the others', async () => {
    const key = 'use|log.search|advertising.relevant|*||||';
    await forget([{ key, region: null, isWeakenedFromConsent: false }]);
    await db.execute(`UPDATE policy.revisions SET fresh_atoms = '[]' WHERE id = $1`, [ids[0]]);
    await weigh();
    await db.execute('UPDATE policy.registry_state SET version = version + 1');
    const { rulebook } = await test.get(EffectiveRulebook).current();
    const uses = rulebook.index.use.get('log.search')?.get('advertising.relevant')?.forEveryService ?? [];
    expect(uses.map(({ atom, marks }) => [atom.policy, marks.length])).toEqual([
      ['other-brand', 1],
      ['privacy', 0],
    ]);
  });
});
