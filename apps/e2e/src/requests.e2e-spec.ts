import type { Browser } from 'playwright-core';
import { accessibilityFaults, launchBrowser, openWindow } from './browser.js';
import { aRegisteredPerson, call, operatorEmail, demoOf, signInOperator, type Credential } from './clients.js';
import { Operator } from './console.js';
import { aDataFolder, removeFolder, startWithDemo, stop, until, type Product } from './product.js';

/** Somebody asks for everything that is held of them, or of their child; colleagues answer, in Chinese and in English. */
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

  async function codeTo(to: string): Promise<string | undefined> {
    const { body: mailbox } = await call(product, 'POST', 'dev/messages/query', { body: { to } });
    return /\b\d{6}\b/.exec(mailbox.items[0].text)?.[0];
  }

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

  async function aProvenRequest(): Promise<{ id: string; number: string }> {
    const made = await call(product, 'POST', 'me/requests', {
      body: { type: 'access', text: '请给我全部信息。' },
      headers,
    });
    const code = await codeTo('chen.yue@example.com');
    return (await call(product, 'POST', `me/requests/${made.body.id}/verification`, { body: { code }, headers })).body;
  }

  it('is found in the queue, decided beside what is held, carried out and fetched', async () => {
    const { id, number } = await aProvenRequest();
    const { page, complaints } = await openWindow(browser, { locale: 'zh-CN' });
    await page.goto(`${product.url}/console/requests`);
    await page.locator('input[type=email]').fill(operatorEmail(product, 'supportAgent'));
    await page.locator('input[type=password]').fill(demoOf(product).password);
    await page.keyboard.press('Enter');
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
    await call(product, 'POST', `operator/requests/${id}/approval`, { body: {}, headers: officer });
    expect(await asked()).toMatchObject({ outcome: 'refused', answer: 'We could not make sure who asks.' });
    const appeal = { body: { text: '请重新审查' }, headers };
    expect((await call(product, 'POST', `${path}/${id}/appeal`, appeal)).body.state).toBe('open');
    expect([...agents.complaints, ...officers.complaints]).toEqual([]);
    await agents.page.context().close();
    await officers.page.context().close();
  });
});
