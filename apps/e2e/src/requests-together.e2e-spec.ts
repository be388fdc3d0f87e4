import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, launchBrowser, openWindow } from './browser.js';
import {
  aRegisteredPerson,
  call,
  demoOf,
  operatorEmail,
  signInOperator,
  signInPerson,
  type Credential,
} from './clients.js';
import { Operator } from './console.js';
import { aDataFolder, removeFolder, startWithDemo, stop, until, type Product } from './product.js';

/** What two colleagues decide together: of many requests at once, and whose data a near relative asks about. */
describe('a request that two decide', () => {
  const folder = aDataFolder();
  let product: Product;
  let browser: Browser;
  let inForce: string[];

  beforeAll(async () => {
    product = await startWithDemo(folder);
    browser = await launchBrowser();
    const { items } = (await call(product, 'GET', 'policies')).body;
    inForce = items
      .filter((one: { kind: string }) => one.kind !== 'service')
      .map((one: { revision: { id: string } }) => one.revision.id);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stop(product);
    removeFolder(folder);
  });

  async function codeTo(address: string): Promise<string> {
    const { body } = await call(product, 'POST', 'dev/messages/query', { body: { to: address } });
    return /\b\d{6}\b/.exec(body.items[0].text)?.[0] ?? '';
  }

  async function anAccessRequest(email: string): Promise<{ headers: Credential; id: string }> {
    const { headers } = await aRegisteredPerson(product, email, inForce);
    const { body: made } = await call(product, 'POST', 'me/requests', { body: { type: 'access' }, headers });
    const proof = { body: { code: await codeTo(email) }, headers };
    const { id } = (await call(product, 'POST', `me/requests/${made.id}/verification`, proof)).body;
    return { headers, id };
  }

  /** The request about the account, as which one goes on that was linked to it. */
  async function continuedFrom(requestId: string): Promise<string> {
    const headers = await signInOperator(product, 'supportAgent');
    const { items } = (await call(product, 'GET', 'operator/requests?type=access', { headers })).body;
    for (const { id } of items)
      if ((await call(product, 'GET', `operator/requests/${id}`, { headers })).body.linkedFrom === requestId) return id;
    throw new Error('Nothing goes on for the relative');
  }

  /** In Chinese, where `path` leads. */
  async function signedIn(page: Page, role: string, path: string): Promise<void> {
    await page.goto(`${product.url}/console${path}`);
    await page.locator('input[type=email]').fill(operatorEmail(product, role));
    await page.locator('input[type=password]').fill(demoOf(product).password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  }

  it('of several people is decided at once by keyboard: shown first, confirmed by another, made one by one', async () => {
    const asked = [await anAccessRequest('ning.he@example.com'), await anAccessRequest('tao.ran@example.com')];
    const { page, complaints } = await openWindow(browser);
    const agent = new Operator(page, product, 'supportAgent');
    await agent.signIn();
    await agent.open('/requests?type=access');
    await page
      .getByRole('row', { name: /Access/ })
      .nth(2)
      .waitFor();
    const pastTheDemos = 'j';
    for (const key of [pastTheDemos, 'j', 'x', 'j', 'x']) await page.keyboard.press(key);
    await page.getByRole('button', { name: 'Decide on 2 selected' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Answer to the person').fill('Please fetch it within fourteen days.');
    await dialog.getByRole('button', { name: 'Show what would come of it' }).press('Enter');
    await dialog.getByText('2 of 2 can be decided so. Nothing has happened yet.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Ask a colleague to confirm 2' }).press('Enter');
    await page.getByRole('heading', { name: 'Waits for a second colleague' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);

    const officers = await openWindow(browser);
    const officer = new Operator(officers.page, product, 'privacyOfficer');
    await officer.signIn();
    await officers.page
      .getByRole('link', { name: /2 requests/ })
      .first()
      .click();
    await officers.page.getByRole('button', { name: 'Confirm', exact: true }).click();
    await officers.page.getByText('Confirmed. It is in effect.').waitFor();
    await page.getByRole('heading', { name: 'All are settled' }).waitFor();
    for (const { id, headers } of asked)
      await until(async () => (await call(product, 'GET', `me/requests/${id}`, { headers })).body.state === 'closed');
    expect([...complaints, ...officers.complaints]).toEqual([]);
    await page.context().close();
    await officers.page.context().close();
  });

  it('of a near relative is linked to the account of who died, and answered to the relative', async () => {
    const [owner, daughter] = ['gu.beichen@example.com', 'gu.ye@example.net'];
    await aRegisteredPerson(product, owner, inForce);
    const { page: own, complaints } = await openWindow(browser, { locale: 'zh-CN' });
    await own.goto(`${product.url}/requests?lang=zh-CN`);
    await own.getByLabel('您的请求').selectOption('access');
    await own.getByLabel('您的手机号或电子邮箱').fill(daughter);
    await own.getByLabel('具体说明').fill('想留下父亲的票根。');
    await own.getByLabel('姓名').fill('顾野');
    await own.getByLabel('与逝者的关系').fill('女儿');
    await own.getByRole('button', { name: '提交并获取验证码' }).click();
    await own.getByLabel('六位验证码').fill(await codeTo(daughter));
    await own.getByRole('button', { name: '确认', exact: true }).click();
    await own.getByText('想留下父亲的票根。').waitFor();
    const requestId = new URL(own.url()).pathname.split('/').at(-1) ?? '';

    const { page } = await openWindow(browser, { locale: 'zh-CN' });
    await signedIn(page, 'supportAgent', `/requests/${requestId}`);
    await page.getByRole('button', { name: '关联逝者账户' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('查找方式').press('ArrowDown');
    await page.locator('.ant-select-dropdown:visible').getByTitle('邮箱', { exact: true }).click();
    await dialog.getByLabel('逝者', { exact: true }).fill(owner);
    await dialog.getByRole('button', { name: '查找' }).click();
    await dialog.getByRole('radio').first().check();
    await dialog.getByLabel('从证明中看到了什么').fill('核对了死亡证明与户口簿。');
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: '提交确认' }).click();
    await page.waitForURL(/\/changes\//);
    const change = new URL(page.url()).pathname.replace('/console', '');

    const { page: officers } = await openWindow(browser, { locale: 'zh-CN' });
    await signedIn(officers, 'privacyOfficer', `/requests/${requestId}`);
    await officers.getByText('核对了死亡证明与户口簿。').first().waitFor();
    await officers.goto(`${product.url}/console${change}`);
    await officers.getByText('近亲属的请求').first().waitFor();
    expect(await accessibilityFaults(officers)).toEqual([]);
    await officers.getByRole('button', { name: '确认', exact: true }).click();
    await officers.getByText('已确认并生效。').waitFor();
    await expect(signInPerson(product, owner)).rejects.toThrow();

    await page.goto(`${product.url}/console/requests/${await continuedFrom(requestId)}`);
    await page
      .getByRole('row', { name: /姓名 账户/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: '作出决定' }).click();
    await page.getByText('已答复', { exact: true }).first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);

    await own.reload();
    const download = own.waitForEvent('download');
    await own.getByRole('link', { name: /下载|领取/ }).click();
    expect((await download).suggestedFilename()).toMatch(/\.zip$/);
    expect(complaints).toEqual([]);
    for (const one of [own, page, officers]) await one.context().close();
  });
});
