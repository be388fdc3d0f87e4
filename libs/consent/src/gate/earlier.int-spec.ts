import { setTimeout } from 'node:timers/promises';
import { aChild } from '@abide/identity/testing';
import { Clock } from '@abide/kernel';
import { Database, HolderRegistry } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aClause, PolicyStaff } from '@abide/policy/testing';
import { aServiceToken, createConsentApp } from '../testing/app.js';
import { TestSubject } from '../testing/people.js';
import { aConsentPolicy, partnerClause } from '../testing/policies.js';

const browsing = { action: 'collect', categories: ['log.browsing'], purpose: 'product.improvement' };

const address = (categories: string[], precision?: 'truncated') =>
  aClause({
    id: 'collect.address',
    terms: [
      {
        type: 'collection',
        categories,
        purposes: ['security.protection'],
        basis: 'legalObligation',
        ...(precision ? { precision } : {}),
      },
      { type: 'retention', categories: ['log.network', 'log.device'], period: 'P6M', then: 'delete' },
    ],
  });

describe('what came about earlier', () => {
  let test: TestApp;
  let db: Database;
  let staff: PolicyStaff;
  let service: string;
  let revisionId: string;
  let person: TestSubject;

  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    staff = await PolicyStaff.open(test);
    revisionId = await staff.inForce(
      aConsentPolicy({
        clauses: [partnerClause, address(['log.network'], 'truncated')],
        recipients: [{ slug: 'map-provider', kind: 'processor', name: 'Example Maps', region: 'CN' }],
      }),
    );
    service = await aServiceToken(test);
  });
  beforeEach(async () => {
    person = await TestSubject.register(test, [revisionId]);
  });
  afterAll(() => test.close());

  /** An instant at which nothing happened. */
  async function pause(): Promise<string> {
    await setTimeout(5);
    const at = test.get(Clock).now().toISOString();
    await setTimeout(5);
    return at;
  }

  const collected = async (occurredAt: string, more: object = {}) =>
    (await person.decision(service, { ...browsing, occurredAt, ...more })).results[0];
  const codeOf = async (occurredAt: string, more: object = {}) => (await collected(occurredAt, more)).code;

  it('is not collected on a consent that was given later', async () => {
    const before = await pause();
    await person.grant('product.improvement');
    const after = await pause();
    expect(await collected(before)).toMatchObject({
      allowed: false,
      code: 'collected.beforeAllowed',
      clauseId: 'use.advertising',
    });
    expect(await codeOf(after)).toBeNull();
    expect((await person.decision(service, { ...browsing, action: 'use', occurredAt: before })).allowed).toBe(true);
  });

  it('is collected on a consent given offline from its own date on, and from no earlier', async () => {
    const before = await pause();
    const given = await pause();
    const between = await pause();
    expect(await codeOf(between)).toBe('consent.missing');
    await person.grant('product.improvement', { occurredAt: given });
    expect([await codeOf(before), await codeOf(given), await codeOf(between)]).toEqual([
      'collected.beforeAllowed',
      null,
      null,
    ]);
  });

  it('is not collected where it came about while consent was withdrawn, whatever was granted again', async () => {
    await person.grant('product.improvement');
    const during = await pause();
    await person.withdraw('product.improvement');
    const withdrawn = await pause();
    const again = (await person.grant('product.improvement')).body.consentEventId;
    const after = await pause();
    expect([await codeOf(withdrawn), await codeOf(during)]).toEqual([
      'collected.beforeAllowed',
      'collected.beforeAllowed',
    ]);
    expect(await collected(after)).toMatchObject({ allowed: true, consentEventId: again });
  });

  it('cites the consent that stood then, where it was only renewed since', async () => {
    const first = (await person.grant('product.improvement', { revisionId })).body.consentEventId;
    const between = await pause();
    await person.grant('product.improvement', { occurredAt: await pause() });
    const [{ purposes, ...result }] = [await collected(between)];
    expect([result.consentEventId, purposes[0].consentEventId]).toEqual([first, first]);
  });

  it('keeps of several purposes those that were allowed then', async () => {
    await person.grant('product.improvement', { categories: ['log.browsing'] });
    const between = await pause();
    await person.grant('product.improvement');
    const { purposes } = await collected(between, { purpose: undefined });
    expect(purposes.map(({ purpose }: { purpose: string }) => purpose)).toEqual(['product.improvement']);
    expect(await codeOf(between, { categories: ['log.search'] })).toBe('collected.beforeAllowed');
  });

  it('is not collected from before there was an account, whatever allows it', async () => {
    const registration = { action: 'collect', categories: ['registration.name'], purpose: 'service.provision' };
    const { registered_at: at } = (
      await db.query<{ registered_at: Date }>('SELECT registered_at FROM identity.subjects WHERE subject_id = $1', [
        person.id,
      ])
    )[0]!;
    expect(await codeOf(new Date(at.getTime() - 1).toISOString(), registration)).toBe('collected.beforeAllowed');
    expect(await codeOf(await pause(), registration)).toBeNull();
  });

  it('is not collected from while Global Privacy Control stood, though it was cleared since', async () => {
    await db.execute(`UPDATE policy.purposes SET is_covered_by_gpc = true WHERE code = 'product.improvement'`);
    await db.execute('UPDATE policy.registry_state SET version = version + 1');
    await person.grant('product.improvement');
    const before = await pause();
    await person.app.send('PUT', 'me/preferences', { globalPrivacyControl: true });
    const during = await pause();
    await person.app.send('PUT', 'me/preferences', { globalPrivacyControl: false });
    const after = await pause();
    expect([await codeOf(before), await codeOf(during), await codeOf(after)]).toEqual([
      null,
      'collected.beforeAllowed',
      null,
    ]);
    await db.execute(`UPDATE policy.purposes SET is_covered_by_gpc = false WHERE code = 'product.improvement'`);
    await db.execute('UPDATE policy.registry_state SET version = version + 1');
  });

  it('is not collected from while the data was stored only', async () => {
    await person.grant('product.improvement');
    const restrict = (isOn: boolean) =>
      db.execute('UPDATE identity.subjects SET is_restricted = $2, state_changed_at = $3 WHERE subject_id = $1', [
        person.id,
        isOn,
        test.get(Clock).now(),
      ]);
    const before = await pause();
    await restrict(true);
    const during = await pause();
    await restrict(false);
    expect([await codeOf(before), await codeOf(during), await codeOf(await pause())]).toEqual([
      null,
      'collected.beforeAllowed',
      null,
    ]);
    const at = async (instant: string) =>
      (await person.decision(service, { ...browsing, at: instant })).results[0].code;
    expect([await at(before), await at(during), await at(await pause())]).toEqual([null, 'subject.restricted', null]);
  });

  it('is not collected from while its category was stored only', async () => {
    await person.grant('product.improvement');
    const turn = (state: 'restricted' | 'lifted') =>
      test
        .get(HolderRegistry)
        .named('identity')
        .restrict(person.id, { category: 'log.browsing', state, at: test.get(Clock).now(), ground: 'disputed' });
    const before = await pause();
    await turn('restricted');
    const during = await pause();
    await turn('lifted');
    const codes = [await codeOf(before), await codeOf(during), await codeOf(await pause())];
    expect(codes).toEqual([null, 'collected.beforeAllowed', null]);
  });

  it('is not collected from a child while no guardian’s consent stood', async () => {
    const { child } = await aChild(test, { acceptedRevisionIds: [revisionId] });
    const asked = {
      subjectId: child.subjectId,
      action: 'collect',
      categories: ['registration.name'],
      purpose: 'service.provision',
    };
    const ask = async (occurredAt: string) =>
      (await test.request({ method: 'POST', path: 'decisions', token: service, body: { ...asked, occurredAt } })).body
        .results[0].code;
    const before = await pause();
    const at = async (column: string) =>
      db.execute(`UPDATE identity.guardianships SET ${column} WHERE subject_id = $1`, [
        child.subjectId,
        test.get(Clock).now(),
      ]);
    await at(`earlier_consents = tstzmultirange(tstzrange(consented_at, $2)), consented_at = NULL`);
    const during = await pause();
    await at('consented_at = $2');
    const after = await pause();
    expect([await ask(before), await ask(during), await ask(after)]).toEqual([null, 'collected.beforeAllowed', null]);
  });

  it('is answered about from the registries of then', async () => {
    const share = { purpose: 'service.provision', categories: ['location.gps'], recipientId: 'map-provider' };
    const unregistered = await pause();
    await db.query(
      `INSERT INTO policy.recipients (id, code, kind, name, region, is_active, contract_until, created_at, updated_at)
       VALUES (gen_random_uuid(), 'map-provider', 'processor', '{"zh-CN":"地图","en":"Maps"}', 'CN', true, '2099-12-31', $1, $1)`,
      [test.get(Clock).now()],
    );
    await db.query('UPDATE policy.registry_state SET version = version + 1');
    await person.grant('service.provision', { categories: ['location.gps'], recipientId: 'map-provider' });
    const registered = await pause();
    await db.query(
      `UPDATE policy.recipients SET contract_until = '2020-01-01', updated_at = $1 WHERE code = 'map-provider'`,
      [test.get(Clock).now()],
    );
    await db.query('UPDATE policy.registry_state SET version = version + 1');
    const codeAt = async (at?: string) =>
      (await person.decision(service, { ...share, ...(at === undefined ? {} : { at }) })).results[0].code;
    expect([await codeAt(unregistered), await codeAt(registered), await codeAt()]).toEqual([
      'recipient.unknown',
      null,
      'recipient.contractExpired',
    ]);
  });

  it('is not collected, and nothing is answered but a no, where what was in force then does not fit the registries of then', async () => {
    const turn = (isSensitive: boolean) =>
      db.execute(`UPDATE policy.categories SET is_sensitive = $2, updated_at = $1 WHERE code = 'log.search'`, [
        test.get(Clock).now(),
        isSensitive,
      ]);
    await person.grant('product.improvement');
    const before = await pause();
    await turn(true);
    const during = await pause();
    await turn(false);
    await db.query('UPDATE policy.registry_state SET version = version + 1');
    const after = await pause();
    expect([await codeOf(before), await codeOf(during), await codeOf(after)]).toEqual([
      null,
      'collected.beforeAllowed',
      null,
    ]);
    const at = (instant: string, more: object = {}) => person.decision(service, { ...browsing, at: instant, ...more });
    expect((await at(during)).results[0]).toMatchObject({ allowed: false, code: 'clause.none', clauseId: null });
    expect((await at(during, { service: 'ticketing' })).results[0].code).toBe('clause.none');
    const batch = {
      items: [
        { subjectId: person.id, ...browsing, at: during },
        { subjectId: person.id, ...browsing, occurredAt: after },
      ],
    };
    expect(
      (await test.request({ method: 'POST', path: 'decisions/batch', token: service, body: batch })).body.items.map(
        (one: { allowed: boolean }) => one.allowed,
      ),
    ).toEqual([false, true]);
    expect((await person.grant('product.improvement', { occurredAt: during })).body).toMatchObject({
      status: 409,
      code: 'consent.no_clause',
    });
    expect((await person.withdraw('product.improvement', { occurredAt: during })).status).toBe(200);
  });

  it('is not collected under a clause that came into force later, nor more exactly than the clause of then', async () => {
    const inForce = await staff.approved(
      aConsentPolicy({ clauses: [partnerClause, address(['log.network', 'log.device'])] }),
    );
    await staff.schedule(inForce, { effectiveAt: await staff.inDays(7.01) });
    await staff.advance('P5D');
    const late = await staff.inDays(0);
    await staff.advance('P3D');
    service = await aServiceToken(test);
    await person.app.signIn();
    await person.app.send('POST', 'me/acceptances', { revisionId: inForce });
    const protection = { purpose: 'security.protection' };
    expect(await codeOf(late, { ...protection, categories: ['log.device'] })).toBe('collected.beforeAllowed');
    expect(await collected(late, { ...protection, categories: ['log.network'] })).toMatchObject({
      allowed: true,
      precision: 'truncated',
      revision: 2,
    });
    expect(await collected(await staff.inDays(0), { ...protection, categories: ['log.network'] })).toMatchObject({
      allowed: true,
      precision: 'exact',
    });
  });
});
