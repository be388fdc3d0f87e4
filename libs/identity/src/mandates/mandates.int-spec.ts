import { newId } from '@abide/kernel';
import { Database, HolderRegistry } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { advance, aSignedInOperator, createIdentityApp, resetClock } from '../testing/app.js';
import { aMember, anEnterprise, confirmMandate, mandateOf, signedInByCode } from '../testing/enterprises.js';
import { anEmail, aSignedInSubject, codeTo, messagesTo, subjectPassword } from '../testing/people.js';

describe('who acts for an enterprise', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createIdentityApp();
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const enterpriseNaming = async (address: string) =>
    aSignedInSubject(test, {
      kind: 'enterprise',
      profile: { name: '纸鹤文化', contactPerson: { name: '周听澜', email: address } },
    });
  const register = (body: object) =>
    test.request({
      method: 'POST',
      path: 'subjects',
      body: { kind: 'enterprise', password: subjectPassword, acceptedRevisionIds: [], ...body },
    });
  const sendCode = (id: string) => test.request({ method: 'POST', path: `mandates/${id}/code` });
  const codesTo = async (address: string) =>
    (await messagesTo(test, address)).filter((text) => /\b\d{6}\b/.test(text) && !text.includes('/mandates/'));

  it('is told at the noted address, without a code and without what the enterprise calls itself', async () => {
    const { value } = anEmail();
    await enterpriseNaming(value);
    const messages = await messagesTo(test, value);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain('/mandates/');
    expect(messages[0]).not.toContain('纸鹤');
  });

  it('confirms the noted address by a code, and is signed in as themselves, the enterprise apart', async () => {
    const address = anEmail();
    const enterprise = await enterpriseNaming(address.value);
    expect((await enterprise.send('GET', 'me')).body.contactPersonId).toBeUndefined();
    expect((await confirmMandate(test, address.value)).status).toBe(204);
    const contact = await signedInByCode(test, address);
    expect((await contact.send('GET', 'me')).body).toMatchObject({
      kind: 'person',
      profile: { name: '周听澜' },
      identifiers: [{ type: 'email', value: address.value, confirmedAt: expect.any(String) }],
    });
    expect((await contact.send('GET', 'me/enterprises')).body.items).toEqual([
      expect.objectContaining({
        enterpriseId: enterprise.subjectId,
        enterprise: '纸鹤文化',
        name: '周**',
        role: 'contact',
        state: 'acting',
        expiresAt: null,
      }),
    ]);
    expect((await enterprise.send('GET', 'me')).body.contactPersonId).toBe(contact.subjectId);
  });

  it('opens nothing to a contact person who never confirms', async () => {
    const address = anEmail();
    const enterprise = await enterpriseNaming(address.value);
    await test.request({ method: 'POST', path: 'sessions', body: { identifier: address } });
    expect(await codesTo(address.value)).toEqual([]);
    const stranger = await aSignedInSubject(test);
    expect((await stranger.send('GET', 'me/enterprises')).body.items).toEqual([]);
    for (const [method, path] of [
      ['GET', 'members'],
      ['POST', 'members'],
      ['DELETE', ''],
    ] as const)
      expect(
        (
          await stranger.send(
            method,
            `me/enterprises/${enterprise.subjectId}${path && `/${path}`}`,
            method === 'POST' ? { name: 'X', identifier: anEmail(), acts: ['askAccess'], expiresInDays: 1 } : undefined,
          )
        ).body.code,
      ).toBe('mandate.not_found');
    const id = await mandateOf(test, address.value);
    await advance(test, 'P31D');
    expect((await sendCode(id)).body.code).toBe('mandate.not_found');
  });

  it('is the account that has confirmed the address, and looks the same beforehand whether or not there is one', async () => {
    const person = await aSignedInSubject(test);
    const enterprise = await enterpriseNaming(person.identifier.value);
    const before = (await enterprise.send('GET', 'me')).body.contactPersonId;
    expect(before).toBeUndefined();
    const noted = await test
      .get(Database)
      .query<{ person_id: string }>('SELECT person_id FROM identity.mandates WHERE subject_id = $1', [
        enterprise.subjectId,
      ]);
    expect(noted[0]?.person_id).not.toBe(person.subjectId);
    expect((await confirmMandate(test, person.identifier.value)).status).toBe(204);
    expect((await person.send('GET', 'me/enterprises')).body.items).toHaveLength(1);
    expect((await person.send('GET', 'me')).body.profile.name).toBe('林小禾');
    for (const table of ['subjects', 'profile_fields', 'identifiers'])
      expect(
        await test.get(Database).query(`SELECT 1 FROM identity.${table} WHERE subject_id = $1`, [noted[0]?.person_id]),
      ).toEqual([]);
  });

  it('has an address of their own, and is of age', async () => {
    const own = anEmail();
    const refused = await register({
      identifier: own,
      profile: { name: '纸鹤文化', contactPerson: { name: '周听澜', email: own.value.toUpperCase() } },
    });
    expect(refused.body.code).toBe('mandate.own_address');
    const other = await aSignedInSubject(test, { kind: 'enterprise', profile: { name: '木马文化' } });
    await enterpriseNaming(other.identifier.value);
    expect((await confirmMandate(test, other.identifier.value)).body.code).toBe('identifier.taken');
    const minor = await aSignedInSubject(test, { birthDate: '2011-01-01' });
    await enterpriseNaming(minor.identifier.value);
    expect((await confirmMandate(test, minor.identifier.value)).body.code).toBe('mandate.is_minor');
    expect((await minor.send('GET', 'me/enterprises')).body.items).toEqual([]);
  });

  it('is another as soon as the enterprise names one: the one before and the members act no more, in sessions they have', async () => {
    const both = await anEnterprise(test);
    const { enterprise, contact } = both;
    const member = await aMember(test, both, ['askAccess']);
    const next = anEmail();
    const change = { name: '顾晚舟', identifier: next };
    expect((await contact.send('PUT', 'me/contact-person', change)).body.code).toBe('mandate.enterprise_only');
    await advance(test, 'PT6M');
    expect((await enterprise.send('PUT', 'me/contact-person', change)).body.code).toBe(
      'access.reauthentication_needed',
    );
    const named = await enterprise.send('PUT', 'me/contact-person', { ...change, password: subjectPassword });
    expect(named.body).toMatchObject({ role: 'contact', state: 'named', name: '顾**' });
    for (const who of [contact, member]) {
      expect((await who.send('GET', 'me/enterprises')).body.items).toEqual([]);
      expect((await who.send('GET', `me/enterprises/${enterprise.subjectId}/members`)).body.code).toBe(
        'mandate.not_found',
      );
    }
    await confirmMandate(test, next.value);
    expect((await (await signedInByCode(test, next)).send('GET', 'me/enterprises')).body.items).toHaveLength(1);
  });

  it('takes no code of a contact person who was replaced meanwhile', async () => {
    const address = anEmail();
    const enterprise = await enterpriseNaming(address.value);
    const { body } = await sendCode(await mandateOf(test, address.value));
    const code = await codeTo(test, address.value);
    await enterprise.send('PUT', 'me/contact-person', {
      name: '顾晚舟',
      identifier: anEmail(),
      password: subjectPassword,
    });
    const late = await test.request({
      method: 'POST',
      path: `verifications/${body.verification.id}/confirm`,
      body: { code },
    });
    expect(late.body.code).toBe('mandate.not_found');
    expect(await codesTo(address.value)).toHaveLength(1);
  });

  it('is a member for what the contact person chose, until its day, or until they end it', async () => {
    const both = await anEnterprise(test);
    const { enterprise, contact } = both;
    const path = `me/enterprises/${enterprise.subjectId}/members`;
    const member = await aMember(test, both, ['askAccess', 'readNotices']);
    expect((await member.send('GET', 'me/enterprises')).body.items).toEqual([
      expect.objectContaining({ role: 'member', acts: ['askAccess', 'readNotices'], state: 'acting' }),
    ]);
    for (const method of ['GET', 'POST'] as const)
      expect(
        (
          await member.send(
            method,
            path,
            method === 'POST' ? { name: 'X', identifier: anEmail(), acts: ['askAccess'], expiresInDays: 1 } : undefined,
          )
        ).body.code,
      ).toBe('mandate.contact_only');
    const [listed] = (await contact.send('GET', path)).body.items;
    expect(listed).toMatchObject({ name: '沈**', state: 'acting', expiresAt: expect.any(String) });
    expect((await contact.send('DELETE', `${path}/${newId()}`)).body.code).toBe('mandate.not_found');
    expect((await contact.send('DELETE', `${path}/${listed.id}`)).status).toBe(204);
    expect((await member.send('GET', 'me/enterprises')).body.items).toEqual([]);
    const another = await aMember(test, both, ['readConsents']);
    await advance(test, 'P31D');
    const later = await signedInByCode(test, another.identifier);
    expect((await later.send('GET', 'me/enterprises')).body.items).toEqual([]);
  });

  it('lets nobody act for an enterprise of another contact person, nor end its own through the list of members', async () => {
    const [one, other] = [await anEnterprise(test), await anEnterprise(test)];
    const path = `me/enterprises/${other.enterprise.subjectId}/members`;
    expect((await one.contact.send('GET', path)).body.code).toBe('mandate.not_found');
    const own = (await one.contact.send('GET', 'me/enterprises')).body.items[0].id;
    expect(
      (await one.contact.send('DELETE', `me/enterprises/${one.enterprise.subjectId}/members/${own}`)).body.code,
    ).toBe('mandate.not_found');
    expect((await one.contact.send('DELETE', `me/enterprises/${one.enterprise.subjectId}`)).status).toBe(204);
    expect((await one.contact.send('GET', 'me/enterprises')).body.items).toEqual([]);
  });

  it('acts no more once erased, and neither do the members whom they let', async () => {
    const both = await anEnterprise(test);
    const member = await aMember(test, both, ['askAccess']);
    await test.get(HolderRegistry).named('identity').erase(both.contact.subjectId);
    expect((await member.send('GET', 'me/enterprises')).body.items).toEqual([]);
  });

  it('is shown to operators masked, and ended by them at once for a reason', async () => {
    const both = await anEnterprise(test);
    const { enterprise, contact } = both;
    const member = await aMember(test, both, ['askAccess']);
    const [agent, auditor] = [await aSignedInOperator(test, 'supportAgent'), await aSignedInOperator(test, 'auditor')];
    const path = `operator/subjects/${enterprise.subjectId}/mandates`;
    const { body, text } = await auditor.get(path);
    expect(body.items.map(({ role, state, personId }: Record<string, string>) => [role, state, personId])).toEqual([
      ['member', 'acting', member.subjectId],
      ['contact', 'acting', contact.subjectId],
    ]);
    for (const secret of ['周听澜', '沈知微', '纸鹤文化']) expect(text).not.toContain(secret);
    const ofPerson = await agent.get(`operator/subjects/${contact.subjectId}/mandates`);
    expect(ofPerson.body.items).toEqual([expect.objectContaining({ enterpriseId: enterprise.subjectId })]);
    const ending = `${path}/${body.items[1].id}/ending`;
    expect((await auditor.post(ending, { reason: '来电称已离职' })).body.code).toBe('operator.forbidden');
    expect((await agent.post(ending, {})).body.code).toBe('request.invalid');
    expect((await agent.post(ending, { reason: '企业来函：联系人已离职' })).status).toBe(204);
    for (const who of [contact, member]) expect((await who.send('GET', 'me/enterprises')).body.items).toEqual([]);
  });
});
