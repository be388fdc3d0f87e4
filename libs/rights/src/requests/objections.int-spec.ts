import { aServiceToken, TestSubject } from '@abide/consent/testing';
import { aSignedInOperator, type TestConsole } from '@abide/identity/testing';
import type { TestApp } from '@abide/platform/testing';
import { aClause, aPolicy, PolicyStaff } from '@abide/policy/testing';
import { createRightsApp } from '../testing/app.js';

const uses = aClause({
  id: 'use.orders',
  terms: [
    { type: 'collection', categories: ['log.search'], purposes: ['service.provision'], basis: 'contract' },
    { type: 'collection', categories: ['log.search'], purposes: ['product.improvement'], basis: 'consent' },
    { type: 'use', categories: ['log.search'], purposes: ['service.provision'], basis: 'contract' },
    { type: 'use', categories: ['log.search'], purposes: ['personalisation'], basis: 'contract' },
    { type: 'use', categories: ['log.search'], purposes: ['product.improvement'], basis: 'consent' },
    { type: 'use', categories: ['log.search'], purposes: ['security.fraud'], basis: 'legalObligation' },
    { type: 'retention', categories: ['log.search'], period: 'P6M', then: 'delete' },
  ],
});

describe('an objection', () => {
  let test: TestApp;
  let officer: TestConsole;
  let service: string;
  let revisionId: string;
  let person: TestSubject;
  beforeAll(async () => {
    test = await createRightsApp({ ABIDE_BOOTSTRAP_CLIENT: 'ticketing:a secret of the ticketing service' });
    revisionId = await (await PolicyStaff.open(test)).inForce(aPolicy({ clauses: [uses] }));
    officer = await aSignedInOperator(test, 'privacyOfficer');
    service = await aServiceToken(test);
  });
  beforeEach(async () => {
    person = await TestSubject.register(test, [revisionId]);
  });
  afterAll(() => test.close());

  const object = async (purpose: string, decision: object = { outcome: 'grant' }) => {
    const { id, number } = (await person.app.send('POST', 'me/requests', { type: 'objection', purpose })).body;
    expect((await officer.post(`operator/requests/${id}/decision`, decision)).body.state).toBe('closed');
    return number as string;
  };
  const codeFor = async (purpose: string, who = person) =>
    (await who.decision(service, { purpose, categories: ['log.search'] })).results[0].code;

  it('that is upheld closes the gate for its purpose and this person alone, and is there to see', async () => {
    const other = await TestSubject.register(test, [revisionId]);
    expect(await codeFor('personalisation')).toBeNull();
    const number = await object('personalisation');
    expect(await codeFor('personalisation')).toBe('objection.stands');
    expect(await codeFor('service.provision')).toBeNull();
    expect(await codeFor('security.fraud')).toBeNull();
    expect(await codeFor('personalisation', other)).toBeNull();
    const standing = [{ purpose: 'personalisation', name: { en: expect.any(String) }, since: expect.any(String) }];
    expect((await person.app.send('GET', 'me/consents')).body.objections).toMatchObject(standing);
    expect((await officer.get(`operator/subjects/${person.id}/consents`)).body.objections).toMatchObject([
      { ...standing[0], ground: number },
    ]);
  });

  it('withdraws the consent for its purpose, which may be given again', async () => {
    await person.grant('product.improvement');
    expect(await codeFor('product.improvement')).toBeNull();
    await object('product.improvement');
    expect(await codeFor('product.improvement')).toBe('consent.withdrawn');
    await person.grant('product.improvement');
    expect(await codeFor('product.improvement')).toBeNull();
  });

  it('is taken back by the person, and what was decided while it stood stays so', async () => {
    await object('personalisation');
    const [{ since }] = (await person.app.send('GET', 'me/consents')).body.objections;
    const path = 'me/objections/personalisation';
    expect((await person.app.send('DELETE', path)).status).toBe(204);
    expect(await codeFor('personalisation')).toBeNull();
    expect((await person.app.send('GET', 'me/consents')).body.objections).toEqual([]);
    const then = await person.decision(service, {
      purpose: 'personalisation',
      categories: ['log.search'],
      at: since,
    });
    expect(then.results[0].code).toBe('objection.stands');
    expect((await person.app.send('DELETE', path)).body).toMatchObject({ status: 404, code: 'consent.no_objection' });
  });

  it('changes nothing when it is refused, and is to a purpose that there is', async () => {
    await object('personalisation', { outcome: 'refuse', reason: '履行合同所必需。' });
    expect(await codeFor('personalisation')).toBeNull();
    expect((await person.app.send('POST', 'me/requests', { type: 'objection', purpose: 'persona' })).body.code).toBe(
      'request.unknown_purpose',
    );
  });
});
