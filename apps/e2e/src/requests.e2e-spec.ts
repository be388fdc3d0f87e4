import type { Browser } from 'playwright-core';
import { accessibilityFaults, launchBrowser, openWindow } from './browser.js';
import {
  aRegisteredPerson,
  call,
  operatorEmail,
  demoOf,
  signInOperator,
  signInPerson,
  type Credential,
} from './clients.js';
import { Operator } from './console.js';
import { aDataFolder, removeFolder, startWithDemo, stop, until, type Product } from './product.js';

/** Somebody asks for everything that is held of them, of their child, or of the enterprise they act for; colleagues answer, in Chinese and in English. */
describe('a request for access', () => {
  const folder = aDataFolder();
  let product: Product;
  let browser: Browser;
  let headers: Credential;
  let inForce: string[];

  beforeAll(async () => {
    product = await startWithDemo(folder);
    browser = await launchBrowser();
    const { items } = (await call(product, 'GET', 'policies')).body;
    inForce = items
      .filter((one: { kind: string }) => one.kind !== 'service')
      .map((one: { revision: { id: string } }) => one.revision.id);
    ({ headers } = await aRegisteredPerson(product, 'chen.yue@example.com', inForce));
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stop(product);
    removeFolder(folder);
  });

  /** A child of ten whose guardian has confirmed; resolves to the path of the guardian's requests for them. */
  async function aChildOf(guardian: string): Promise<string> {
    const email = 'lin.xiaoman@example.com';
    const registration = {
      kind: 'person',
      identifier: { type: 'email', value: email },
      password: 'a small boat on a lake',
      profile: { name: '林小满' },
      birthDate: `${new Date().getUTCFullYear() - 10}-01-01`,
      acceptedRevisionIds: inForce,
      guardian: { name: '林晓', identifier: { type: 'email', value: guardian } },
    };
    const { body: started } = await call(product, 'POST', 'subjects', { body: registration });
    const confirm = async (id: string, to: string) =>
      (await call(product, 'POST', `verifications/${id}/confirm`, { body: { code: await codeTo(to) } })).body;
    const held = await confirm(started.verification.id, email);
    await confirm(held.guardianVerification.id, guardian);
    return `me/wards/${held.subjectId}/requests`;
  }

  async function newestTo(to: string): Promise<string> {
    return (await call(product, 'POST', 'dev/messages/query', { body: { to } })).body.items[0].text;
  }

  async function codeTo(to: string): Promise<string> {
    return /\b\d{6}\b/.exec(await newestTo(to))?.[0] ?? '';
  }

  async function aProvenRequest({ path = 'me/requests', to = 'chen.yue@example.com', by = headers } = {}): Promise<{
    id: string;
    number: string;
  }> {
    const made = await call(product, 'POST', path, { body: { type: 'access', text: '请给我全部信息。' }, headers: by });
    const body = { code: await codeTo(to) };
    return (await call(product, 'POST', `${path}/${made.body.id}/verification`, { body, headers: by })).body;
  }

  async function openQueue(locale: 'zh-CN' | 'en') {
    const opened = await openWindow(browser, { locale });
    await opened.page.goto(`${product.url}/console/requests`);
    await opened.page.locator('input[type=email]').fill(operatorEmail(product, 'supportAgent'));
    await opened.page.locator('input[type=password]').fill(demoOf(product).password);
    await opened.page.keyboard.press('Enter');
    return opened;
  }

  /** An enterprise that names a contact person; resolves to its id. */
  async function anEnterpriseNaming(contact: string): Promise<string> {
    const registration = {
      kind: 'enterprise',
      identifier: { type: 'email', value: 'office@paper-lantern.example.com' },
      password: 'a quiet river in autumn',
      profile: { name: '纸灯文化（虚构）有限公司', contactPerson: { name: '沈知微', email: contact } },
      acceptedRevisionIds: inForce,
    };
    const { body } = await call(product, 'POST', 'subjects', { body: registration });
    const code = await codeTo('office@paper-lantern.example.com');
    return (await call(product, 'POST', `verifications/${body.verification.id}/confirm`, { body: { code } })).body
      .subjectId;
  }

  it('is found in the queue, decided beside what is held, carried out and fetched', async () => {
    const { id, number } = await aProvenRequest();
    const { page, complaints } = await openQueue('zh-CN');
    await page.getByRole('link', { name: number }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: number }).click();
    await page.getByText('请给我全部信息。').first().waitFor();
    await page.getByRole('row', { name: /电子邮箱 账户 1/ }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '由我经办' }).click();
    await page.getByText('此请求现由您经办。').waitFor();
    await page.getByLabel('给本人的答复').fill('请在十四天内领取。');
    await page.getByRole('button', { name: '作出决定' }).click();
    await page.getByRole('heading', { name: '各保存方的进展' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    const mine = async () => (await call(product, 'GET', `me/requests/${id}`, { headers })).body;
    await until(async () => (await mine()).state === 'closed');
    expect(await mine()).toMatchObject({ outcome: 'granted', answer: '请在十四天内领取。', package: { downloads: 0 } });
    const fetched = await fetch(`${product.url}/api/v1/me/requests/${id}/package`, { headers });
    expect([fetched.status, fetched.headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect((await fetched.arrayBuffer()).byteLength).toBeGreaterThan(1000);
    await page.context().close();
  });

  it('of a guardian for a child is read once a colleague agreed, refused in writing by two, and appealed', async () => {
    const guardian = { body: { type: 'access', text: '孩子的全部信息' }, headers };
    const path = await aChildOf('chen.yue@example.com');
    const made = (await call(product, 'POST', path, guardian)).body;
    const proof = { body: { code: await codeTo('chen.yue@example.com') }, headers };
    const { id, number } = (await call(product, 'POST', `${path}/${made.id}/verification`, proof)).body;

    const agents = await openWindow(browser);
    const agent = new Operator(agents.page, product, 'supportAgent');
    await agent.signIn();
    await agent.open('/requests');
    await agents.page.getByText('guardian 林*, for 林**').waitFor();
    await agents.page.getByRole('link', { name: number }).click();
    await agents.page.getByLabel('Reason').fill('Request of the guardian');
    expect(await agents.page.getByText('孩子的全部信息').count()).toBe(0);
    expect(await accessibilityFaults(agents.page)).toEqual([]);
    await agents.page.getByRole('button', { name: 'Ask a colleague' }).click();
    await agents.page.getByText('A colleague has been asked.').waitFor();

    const officers = await openWindow(browser, { locale: 'zh-CN' });
    await officers.page.goto(`${product.url}/console`);
    await officers.page.locator('input[type=email]').fill(operatorEmail(product, 'privacyOfficer'));
    await officers.page.locator('input[type=password]').fill(demoOf(product).password);
    await officers.page.keyboard.press('Enter');
    await officers.page.getByRole('link', { name: '查看一名未成年人的信息' }).first().click();
    await officers.page.getByText('Request of the guardian').waitFor();
    expect(await accessibilityFaults(officers.page)).toEqual([]);
    await officers.page.getByRole('button', { name: '确认' }).click();
    await officers.page.getByText('已确认并生效。').waitFor();

    await agents.page.getByText('孩子的全部信息').first().waitFor();
    await agents.page.getByRole('radio', { name: 'Refuse all' }).check();
    await agents.page.getByLabel('Why it is refused').fill('We could not make sure who asks.');
    await agents.page.getByRole('button', { name: 'Decide', exact: true }).click();
    const asked = async () => (await call(product, 'GET', `${path}/${id}`, { headers })).body;
    await until(async () => (await asked()).state === 'awaitingSecond');
    expect((await asked()).answer).toBeNull();
    const officer = await signInOperator(product, 'privacyOfficer');
    const looking = { body: { reason: 'To look at the refusal again' }, headers: officer };
    const { change } = (await call(product, 'POST', `operator/subjects/${path.split('/')[2]}/minor-look`, looking))
      .body;
    const administrator = await signInOperator(product, 'administrator');
    await call(product, 'POST', `operator/changes/${change.id}/confirmation`, { body: {}, headers: administrator });
    await call(product, 'POST', `operator/requests/${id}/approval`, { body: {}, headers: officer });
    expect(await asked()).toMatchObject({ outcome: 'refused', answer: 'We could not make sure who asks.' });
    const appeal = { body: { text: '请重新审查' }, headers };
    expect((await call(product, 'POST', `${path}/${id}/appeal`, appeal)).body.state).toBe('open');
    expect([...agents.complaints, ...officers.complaints]).toEqual([]);
    await agents.page.context().close();
    await officers.page.context().close();
  });

  it.each([
    ['zh-CN', 'shen.zhiwei@example.com', '获取验证码', '六位验证码', '确认'],
    ['en', 'gu.wanzhou@example.com', 'Send me a code', 'Six digits', 'Confirm'],
  ] as const)(
    'is let by a page in %s to whoever an enterprise named, who confirms it by a code',
    async (locale, contact, send, code, confirm) => {
      const enterpriseId = locale === 'en' ? await renamed(contact) : await anEnterpriseNaming(contact);
      const link = /https?:\/\/\S+\/mandates\/[0-9a-f-]{36}/.exec(await newestTo(contact))?.[0] ?? '';
      const { page, complaints } = await openWindow(browser, { locale });
      await page.goto(`${product.url}${new URL(link).pathname}?lang=${locale}`);
      await page.getByText('纸灯文化（虚构）有限公司').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole('button', { name: send }).click();
      await page.getByLabel(code).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByLabel(code).fill(await codeTo(contact));
      await page.getByRole('button', { name: confirm, exact: true }).click();
      await page.getByRole('heading', { name: locale === 'en' ? 'Confirmed' : '已确认' }).waitFor();
      expect(complaints).toEqual([]);
      await page.context().close();
      const by = await signedInByCode(contact);
      expect((await call(product, 'GET', 'me/enterprises', { headers: by })).body.items).toEqual([
        expect.objectContaining({ enterpriseId, role: 'contact', state: 'acting' }),
      ]);
    },
  );

  it('is asked for an enterprise by its contact person, answered in English, and fetched by them', async () => {
    const contact = 'gu.wanzhou@example.com';
    const by = await signedInByCode(contact);
    const [{ enterpriseId }] = (await call(product, 'GET', 'me/enterprises', { headers: by })).body.items;
    const path = `me/enterprises/${enterpriseId}/requests`;
    const { id, number } = await aProvenRequest({ path, to: contact, by });
    const { page, complaints } = await openQueue('en');
    await page.getByRole('row', { name: number }).getByText('Enterprise · contact person 顾**').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: number }).click();
    await page.getByText('For the enterprise 顾**').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Answer to the person').fill('Fetch it within fourteen days.');
    await page.getByRole('button', { name: 'Decide', exact: true }).click();
    const stands = async () => (await call(product, 'GET', `${path}/${id}`, { headers: by })).body;
    await until(async () => (await stands()).state === 'closed');
    const fetched = await fetch(`${product.url}/api/v1/${path}/${id}/package`, { headers: by });
    expect([fetched.status, fetched.headers.get('content-type')]).toEqual([200, 'application/zip']);
    await page.goto(`${product.url}/console/subjects/${enterpriseId}`);
    const acting = page.getByRole('region', { name: 'Contact person and members' });
    await acting.getByText('May act').waitFor();
    await acting.getByText('Another contact person was named').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  async function signedInByCode(email: string): Promise<Credential> {
    const identifier = { type: 'email', value: email };
    await call(product, 'POST', 'sessions', { body: { identifier } });
    const { body } = await call(product, 'POST', 'sessions', { body: { identifier, code: await codeTo(email) } });
    return { authorization: `Bearer ${body.accessToken}` };
  }

  /** Names another contact person of the enterprise that is there; resolves to its id. */
  async function renamed(email: string): Promise<string> {
    const office = await signInPerson(product, 'office@paper-lantern.example.com');
    const body = {
      name: '顾晚舟',
      identifier: { type: 'email', value: email },
      password: 'a quiet river in autumn',
    };
    return (await call(product, 'PUT', 'me/contact-person', { body, headers: office })).body.enterpriseId;
  }
});
