import type { Browser } from 'playwright-core';
import { accessibilityFaults, launchBrowser, openWindow } from './browser.js';
import { aRegisteredPerson, call, operatorEmail, demoOf, type Credential } from './clients.js';
import { aDataFolder, removeFolder, startWithDemo, stop, until, type Product } from './product.js';

/** Somebody asks for everything that is held of them; a colleague answers it in Chinese; they fetch it. */
describe('a request for access', () => {
  const folder = aDataFolder();
  let product: Product;
  let browser: Browser;
  let headers: Credential;

  beforeAll(async () => {
    product = await startWithDemo(folder);
    browser = await launchBrowser();
    const { items } = (await call(product, 'GET', 'policies')).body;
    const inForce = items
      .filter((one: { kind: string }) => one.kind !== 'service')
      .map((one: { revision: { id: string } }) => one.revision.id);
    ({ headers } = await aRegisteredPerson(product, 'chen.yue@example.com', inForce));
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stop(product);
    removeFolder(folder);
  });

  async function aProvenRequest(): Promise<{ id: string; number: string }> {
    const made = await call(product, 'POST', 'me/requests', {
      body: { type: 'access', text: '请给我全部信息。' },
      headers,
    });
    const { body: mailbox } = await call(product, 'POST', 'dev/messages/query', {
      body: { to: 'chen.yue@example.com' },
    });
    const code = /\b\d{6}\b/.exec(mailbox.items[0].text)?.[0];
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
});
