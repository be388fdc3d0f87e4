import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Clock } from '@abide/kernel';
import { SigningKeys } from '@abide/identity';
import { Database } from '@abide/platform';
import { laterBy, type TestApp } from '@abide/platform/testing';
import { aClause, PolicyStaff } from '@abide/policy/testing';
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK, SignJWT, type JWK } from 'jose';
import { aSignedInOperator, createConsentApp } from '../testing/app.js';
import { TestSubject } from '../testing/people.js';
import { aConsentPolicy, advertisingClause, locationClause } from '../testing/policies.js';

const contactsClause = aClause({
  id: 'collect.contacts',
  terms: [{ type: 'use', categories: ['registration.phone'], purposes: ['service.provision'], basis: 'consent' }],
});

function twoYearsAfter(instant: string): string {
  return laterBy(instant, { years: 2 }).toISOString();
}

type PublishedKey = JWK & { readonly signs: string };

describe('receipts', () => {
  let test: TestApp;
  let staff: PolicyStaff;
  let revisionId: string;
  let person: TestSubject;

  beforeAll(async () => {
    test = await createConsentApp({
      ABIDE_ROLE: 'web',
      ABIDE_CONTROLLER_NAME: 'Harbour Tickets',
      ABIDE_CONTROLLER_ADDRESS: '1 Quay Road, Ningbo',
    });
    staff = await PolicyStaff.open(test);
    revisionId = await staff.inForce(aConsentPolicy({ clauses: [contactsClause] }));
  });
  beforeEach(async () => {
    person = await TestSubject.register(test, [revisionId]);
  });
  afterAll(() => test.close());

  const receipt = async (who: TestSubject, id: string): Promise<any> =>
    (await who.app.send('GET', `me/receipts/${id}`)).body;
  const published = async (): Promise<PublishedKey[]> =>
    (await test.request({ method: 'GET', path: '/.well-known/jwks.json' })).body.keys;

  async function payloadOf(jws: string): Promise<any> {
    const key = (await published()).find(
      ({ kid, signs }) => signs === 'receipt' && kid === decodeProtectedHeader(jws).kid,
    );
    const { payload } = await compactVerify(jws, await importJWK(key!, 'EdDSA'));
    return JSON.parse(new TextDecoder().decode(payload));
  }

  async function rotate(use: string) {
    const administrator = await aSignedInOperator(test, 'administrator');
    return administrator.post('operator/signing-keys/rotation', { use });
  }

  it('says who consented to what, when, under which text, and who answers for it', async () => {
    const granted = await person.grant('advertising.relevant', { locale: 'en', channel: 'ios' });
    const { signature, ...record } = await receipt(person, granted.body.receiptId);
    expect(record).toMatchObject({
      schema_version: 'ISO/IEC TS 27560:2023 abide-1',
      record_id: granted.body.consentEventId,
      receipt_id: granted.body.receiptId,
      pii_principal_id: person.id,
      events: [
        {
          event_time: granted.body.at,
          validity_duration: 'until withdrawn',
          entity_id: person.id,
          event_type: 'subject',
          event_state: 'ConsentGiven',
          channel: 'ios',
        },
      ],
      pii_processing: [
        {
          privacy_notice: `${test.config.publicUrl}/policies/privacy/1`,
          clause: 'use.advertising',
          language: 'en',
          purpose: 'advertising.relevant',
          lawful_basis: 'consent',
          pii_type: ['log.browsing', 'log.search'],
          pii_controllers: [test.config.publicUrl],
          storage_locations: ['CN'],
          jurisdiction: 'CN',
          retention_period: 'P6M',
          recipient_third_parties: [],
        },
      ],
      party_identification: [
        {
          party_type: 'controller',
          party_name: 'Harbour Tickets',
          party_address: '1 Quay Road, Ningbo',
          party_contact: 'Customer service 400-000-0000',
        },
      ],
    });
    expect(record.events[0].wording_hash).toBe(createHash('sha256').update(advertisingClause.body.en!).digest('hex'));
    expect(await payloadOf(signature)).toEqual(record);
  });

  it('tells a withdrawal and a refusal from a consent', async () => {
    const states = [];
    for (const said of [person.grant('advertising.relevant'), person.withdraw('survey.participation')])
      states.push(await said);
    states.push(await person.withdraw('advertising.relevant'));
    const records = await Promise.all(states.map(({ body }) => receipt(person, body.receiptId)));
    expect(records.map(({ events }) => events[0].event_state)).toEqual(['ConsentGiven', 'Refused', 'Withdrawn']);
  });

  it('states the term of a consent that ends by itself', async () => {
    const { body } = await person.grant('survey.participation');
    expect((await receipt(person, body.receiptId)).events[0].validity_duration).toMatch(/^until 20\d\d-/);
  });

  it('never says that what is no consent is valid until it is withdrawn', async () => {
    const said = [
      await person.withdraw('survey.participation'),
      await person.grant('advertising.relevant'),
      await person.withdraw('advertising.relevant'),
    ];
    const records = await Promise.all(said.map(({ body }) => receipt(person, body.receiptId)));
    expect(
      records.map(({ events: [{ event_state: state, validity_duration: validity }] }) => `${state} ${validity}`),
    ).toEqual(['Refused none', 'ConsentGiven until withdrawn', 'Withdrawn none']);
  });

  it('of a consent that a newer withdrawal stands above says until when it was one', async () => {
    const earlier = test.get(Clock).now().toISOString();
    await setTimeout(5);
    const { body: withdrawal } = await person.withdraw('advertising.relevant');
    const { body } = await person.grant('advertising.relevant', { occurredAt: earlier });
    expect((await receipt(person, body.receiptId)).events[0]).toMatchObject({
      event_time: earlier,
      event_state: 'ConsentGiven',
      validity_duration: `until ${withdrawal.at}`,
    });
  });

  it('cites every clause that it rests on, with the hash of its words and what is consented to under it', async () => {
    const { body } = await person.grant('service.provision', { locale: 'en' });
    const { pii_processing: under } = await receipt(person, body.receiptId);
    expect(
      under.map(({ clause, pii_type: categories, lawful_basis: basis }: any) => ({ clause, categories, basis })),
    ).toEqual([
      { clause: 'collect.location', categories: ['location.gps', 'location.wifi'], basis: 'separateConsent' },
      { clause: 'collect.contacts', categories: ['registration.phone'], basis: 'consent' },
    ]);
    const hashOf = ({ body: { en } }: { body: { en?: string } }) => createHash('sha256').update(en!).digest('hex');
    expect(under.map((one: any) => one.wording_hash)).toEqual([locationClause, contactsClause].map(hashOf));
  });

  it('comes alone as a compact JWS when asked for as application/jose', async () => {
    const { body } = await person.grant('advertising.relevant');
    const answer = await test.request({
      method: 'GET',
      path: `me/receipts/${body.receiptId}`,
      token: person.token,
      headers: { accept: 'application/jose' },
    });
    expect(answer.headers['content-type']).toMatch(/^application\/jose/);
    expect(decodeProtectedHeader(answer.text)).toEqual({
      alg: 'EdDSA',
      typ: 'consent-receipt+jws',
      kid: expect.any(String),
    });
    const { signature, ...record } = await receipt(person, body.receiptId);
    expect(await payloadOf(answer.text)).toEqual(record);
    expect(await payloadOf(signature)).toEqual(record);
  });

  it('is the hash that the evidence of the consent keeps', async () => {
    const { body } = await person.grant('advertising.relevant');
    const jws: string = (await receipt(person, body.receiptId)).signature;
    const [entry] = await test
      .get(Database)
      .query<{ details: { receipt: string } }>(
        `SELECT details FROM audit.entries WHERE act = 'consent.grant' AND object_id = $1`,
        [body.consentEventId],
      );
    expect(entry?.details.receipt).toBe(
      createHash('sha256')
        .update(Buffer.from(jws.split('.')[1]!, 'base64url'))
        .digest('hex'),
    );
  });

  it('shows nobody the receipt of another subject, nor whether there is one', async () => {
    const { body } = await person.grant('advertising.relevant');
    const other = await TestSubject.register(test, [revisionId]);
    const [foreign, unknown] = [
      await other.app.send('GET', `me/receipts/${body.receiptId}`),
      await other.app.send('GET', 'me/receipts/018f0000-0000-7000-8000-000000000000'),
    ];
    expect(foreign).toMatchObject({ status: 404, body: { code: 'consent.receipt_not_found' } });
    expect({ ...foreign.body, correlationId: '' }).toEqual({ ...unknown.body, correlationId: '' });
    const otherOperator = await aSignedInOperator(test, 'supportAgent');
    expect((await otherOperator.get(`operator/subjects/${other.id}/receipts/${body.receiptId}`)).status).toBe(404);
  });

  it('shows an operator who may read subjects the receipt, and no other operator', async () => {
    const { body } = await person.grant('advertising.relevant');
    const path = `operator/subjects/${person.id}/receipts/${body.receiptId}`;
    const [support, editor] = [
      await aSignedInOperator(test, 'supportAgent'),
      await aSignedInOperator(test, 'policyEditor'),
    ];
    expect((await support.get(path)).body.receipt_id).toBe(body.receiptId);
    expect(await editor.get(path)).toMatchObject({ status: 403, body: { permission: 'subject.read' } });
    expect((await test.request({ method: 'GET', path: `me/receipts/${body.receiptId}` })).status).toBe(401);
  });

  it('stays good when the key is changed, and is signed with the new one from then on', async () => {
    const { body } = await person.grant('advertising.relevant');
    const before = await receipt(person, body.receiptId);
    const accessKey = decodeProtectedHeader(person.token).kid;
    const rotated = await rotate('receipt');
    expect(rotated.status).toBe(200);
    const after = await receipt(person, body.receiptId);
    expect(decodeProtectedHeader(after.signature).kid).toBe(rotated.body.keyId);
    expect(decodeProtectedHeader(before.signature).kid).not.toBe(rotated.body.keyId);
    expect(await payloadOf(before.signature)).toEqual(await payloadOf(after.signature));
    await person.app.signIn();
    expect(decodeProtectedHeader(person.token).kid).toBe(accessKey);
  });

  it('still has its key published years after that key was retired', async () => {
    const { body } = await person.grant('advertising.relevant');
    const before = await receipt(person, body.receiptId);
    await rotate('receipt');
    await test.request({ method: 'POST', path: 'dev/clock', body: { advance: 'P3Y' } });
    await test.get(SigningKeys)['rotateWhenDue']();
    expect((await payloadOf(before.signature)).receipt_id).toBe(body.receiptId);
    await test.request({ method: 'POST', path: 'dev/clock', body: { reset: true } });
  });

  it('is signed with a key that opens no door: a token under it is refused', async () => {
    const keys = test.get(SigningKeys);
    const signedWith = async (use: 'access' | 'receipt') => {
      const { id, privateKey } = await keys.current(use);
      return new SignJWT(decodeJwt(person.token))
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: id })
        .sign(privateKey);
    };
    const call = (token: string) => test.request({ method: 'GET', path: 'me/consents', token });
    expect((await call(await signedWith('access'))).status).toBe(200);
    expect(await call(await signedWith('receipt'))).toMatchObject({
      status: 401,
      body: { code: 'access.invalid_token' },
    });
    const { body } = await person.grant('advertising.relevant');
    expect((await call((await receipt(person, body.receiptId)).signature)).status).toBe(401);
  });

  it('is never signed with the key of access tokens, and the published keys say which is which', async () => {
    const { body } = await person.grant('advertising.relevant');
    const signs = new Map((await published()).map((key) => [key.kid, key.signs]));
    expect(signs.get(decodeProtectedHeader((await receipt(person, body.receiptId)).signature).kid)).toBe('receipt');
    expect(signs.get(decodeProtectedHeader(person.token).kid)).toBe('access');
    expect(JSON.stringify(await published())).not.toContain('"d":');
  });

  it('of a consent that was given offline states terms, categories and end as the text of then has them', async () => {
    const wider = aConsentPolicy({
      clauses: [
        contactsClause,
        aClause({
          id: 'use.outreach.more',
          terms: [
            {
              type: 'use',
              categories: ['usage.habit'],
              purposes: ['survey.participation'],
              basis: 'consent',
              validFor: 'P30D',
            },
          ],
        }),
      ],
    });
    await staff.editor.signIn();
    await staff.approver.signIn();
    const next = await staff.approved(wider);
    await staff.schedule(next, { effectiveAt: await staff.inDays(7.01) });
    await staff.advance('P5D');
    const occurredAt = await staff.inDays(0);
    await staff.advance('P3D');
    await person.app.signIn();
    const { body } = await person.grant('survey.participation', { occurredAt });
    const record = await receipt(person, body.receiptId);
    expect(
      record.pii_processing.map(({ privacy_notice: notice, clause, pii_type: categories }: any) => [
        notice,
        clause,
        categories,
      ]),
    ).toEqual([
      [`${test.config.publicUrl}/policies/privacy/1`, 'use.outreach', ['registration.email', 'registration.phone']],
    ]);
    expect(record.events[0].validity_duration).toBe(`until ${twoYearsAfter(occurredAt)}`);
    const { body: now } = await person.grant('survey.participation');
    expect((await receipt(person, now.receiptId)).pii_processing.map(({ clause }: any) => clause)).toEqual([
      'use.outreach',
      'use.outreach.more',
    ]);
    const { body: shown } = await person.grant('survey.participation', {
      revisionId,
      categories: ['registration.email', 'usage.habit'],
    });
    expect((await receipt(person, shown.receiptId)).pii_processing).toMatchObject([
      {
        privacy_notice: `${test.config.publicUrl}/policies/privacy/1`,
        clause: 'use.outreach',
        pii_type: ['registration.email'],
      },
    ]);
    await test.request({ method: 'POST', path: 'dev/clock', body: { reset: true } });
  });
});
