import { aMember, anEnterprise, aSignedInSubject, type TestClientApp } from '@abide/identity/testing';
import { Inbox } from '@abide/notifications';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { createConsentApp } from '../testing/app.js';
import { aConsentPolicy } from '../testing/policies.js';

describe('what is read of an enterprise by whoever acts for it', () => {
  let test: TestApp;
  let revisionId: string;
  let both: { enterprise: TestClientApp; contact: TestClientApp };

  beforeAll(async () => {
    test = await createConsentApp();
    revisionId = await (await PolicyStaff.open(test)).inForce(aConsentPolicy());
    both = await anEnterprise(test, { acceptedRevisionIds: [revisionId] });
  });
  afterAll(() => test.close());

  const read = (who: TestClientApp, what: 'consents' | 'notices') =>
    who.send('GET', `me/enterprises/${both.enterprise.subjectId}/${what}`);

  it('is where it stands with each purpose, and its notices', async () => {
    const { enterprise, contact } = both;
    await enterprise.send('PUT', 'me/consents/advertising.relevant', { state: 'granted' });
    const [title, summary] = [
      { 'zh-CN': '给企业的通知', en: 'For the enterprise' },
      { 'zh-CN': '正文', en: 'Text' },
    ];
    await test.get(Inbox).tell(enterprise.subjectId, { kind: 'request', title, summary, link: '/policies' });
    const standing = (await read(contact, 'consents')).body.items.find(
      (one: { purpose: string }) => one.purpose === 'advertising.relevant',
    );
    expect(standing.state).toBe('granted');
    expect((await read(contact, 'notices')).body.items[0].title).toBe('给企业的通知');
    expect((await contact.send('GET', 'me/notices')).text).not.toContain('给企业的通知');
  });

  it('is what the contact person let a member read, and nothing to anybody else', async () => {
    const [notices, consents] = [
      await aMember(test, both, ['readNotices']),
      await aMember(test, both, ['readConsents']),
    ];
    for (const [who, may, mayNot] of [
      [notices, 'notices', 'consents'],
      [consents, 'consents', 'notices'],
    ] as const) {
      expect((await read(who, may)).status).toBe(200);
      expect(await read(who, mayNot)).toMatchObject({ status: 403, body: { code: 'mandate.beyond_acts' } });
    }
    const stranger = await aSignedInSubject(test, { acceptedRevisionIds: [revisionId] });
    for (const what of ['consents', 'notices'] as const)
      expect(await read(stranger, what)).toMatchObject({ status: 404, body: { code: 'mandate.not_found' } });
  });
});
