import type { TestApp } from '@abide/platform/testing';
import { aClause, PolicyStaff } from '@abide/policy/testing';
import { aBoundedToken, aServiceToken, createConsentApp } from '../testing/app.js';
import { TestSubject } from '../testing/people.js';
import { aConsentPolicy } from '../testing/policies.js';

const allowed = { purpose: 'advertising.relevant', categories: ['log.browsing'], service: 'ticketing' };

const deviceClause = aClause({
  id: 'collect.device',
  terms: [
    {
      type: 'collection',
      categories: ['log.device'],
      purposes: ['advertising.relevant', 'product.improvement'],
      basis: 'consent',
    },
    { type: 'retention', categories: ['log.device'], period: 'P6M', then: 'delete' },
  ],
});

describe('what a service client is for', () => {
  let test: TestApp;
  let person: TestSubject;
  let advertiser: string;
  let everything: string;
  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
    const revisionId = await (await PolicyStaff.open(test)).inForce(aConsentPolicy({ clauses: [deviceClause] }));
    person = await TestSubject.register(test, [revisionId]);
    await person.grant('advertising.relevant');
    advertiser = await aBoundedToken(test, { purposes: ['advertising.relevant'], services: ['ticketing'] });
    everything = await aServiceToken(test);
  });
  afterAll(() => test.close());

  const codeFor = async (token: string, question: Record<string, unknown>): Promise<string | null> =>
    (await person.decision(token, question)).results[0].code;

  it('is answered like any other client’s question within it', async () => {
    expect(await person.decision(advertiser, allowed)).toEqual(await person.decision(everything, allowed));
    expect((await person.decision(advertiser, allowed)).allowed).toBe(true);
  });

  it('bounds what it is told: nothing of another purpose, another service, or all services at once', async () => {
    const collected = {
      action: 'collect',
      purpose: 'service.provision',
      categories: ['registration.name'],
      service: 'ticketing',
    };
    expect(await codeFor(everything, collected)).toBeNull();
    expect(await codeFor(advertiser, collected)).toBe('client.purposeNotCovered');
    expect(await codeFor(advertiser, { ...allowed, service: 'signing' })).toBe('client.serviceNotCovered');
    expect(await codeFor(advertiser, { ...allowed, service: undefined })).toBe('client.serviceNotCovered');
  });

  it('says nothing of the person when it refuses', async () => {
    const stranger = { subjectId: '018f0000-0000-7000-8000-000000000001', ...allowed, purpose: 'marketing.push' };
    const { body } = await test.request({ method: 'POST', path: 'decisions', token: advertiser, body: stranger });
    expect(body.results).toEqual([
      expect.objectContaining({ code: 'client.purposeNotCovered', policy: null, clauseId: null, basis: null }),
    ]);
  });

  it('holds for each question of a batch and for questions about the past', async () => {
    const items = [
      allowed,
      { ...allowed, purpose: 'marketing.push' },
      { ...allowed, at: new Date(Date.now() - 1000).toISOString(), service: 'signing' },
    ].map((item) => ({ subjectId: person.id, ...item }));
    const { body } = await test.request({
      method: 'POST',
      path: 'decisions/batch',
      token: advertiser,
      body: { items },
    });
    expect(body.items.map(({ results }: any) => results[0].code)).toEqual([
      null,
      'client.purposeNotCovered',
      'client.serviceNotCovered',
    ]);
  });

  it('is all that a collection is for which names no purpose, or several', async () => {
    const collect = { action: 'collect', categories: ['log.device'], service: 'ticketing' };
    const purposesOf = async (token: string, more = {}): Promise<string[]> =>
      ((await person.decision(token, { ...collect, ...more })).results[0].purposes ?? []).map(
        ({ purpose }: any) => purpose,
      );
    await person.grant('product.improvement');
    expect(await purposesOf(everything)).toEqual(['advertising.relevant', 'product.improvement']);
    expect(await purposesOf(advertiser)).toEqual(['advertising.relevant']);
    expect(await purposesOf(advertiser, { purposes: ['product.improvement', 'advertising.relevant'] })).toEqual([
      'advertising.relevant',
    ]);
    expect(await codeFor(advertiser, { ...collect, purposes: ['product.improvement'] })).toBe(
      'client.purposeNotCovered',
    );
  });

  it('bounds purposes alone, or services alone, where only these are named', async () => {
    const forTicketing = await aBoundedToken(test, { services: ['ticketing'] });
    const forAdvertising = await aBoundedToken(test, { purposes: ['advertising.relevant'] });
    expect(await codeFor(forTicketing, allowed)).toBeNull();
    expect(await codeFor(forTicketing, { ...allowed, service: 'signing' })).toBe('client.serviceNotCovered');
    expect(await codeFor(forAdvertising, { ...allowed, service: undefined })).toBeNull();
    expect(await codeFor(forAdvertising, { ...allowed, purpose: 'marketing.push' })).toBe('client.purposeNotCovered');
  });
});
