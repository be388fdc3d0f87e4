import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, launchBrowser, openWindow } from './browser.js';
import {
  aRegisteredPerson,
  call,
  confirmWaiting,
  demoOf,
  operatorEmail,
  signInOperator,
  type Credential,
} from './clients.js';
import { Operator } from './console.js';
import { aDataFolder, processesIn, removeFolder, startWithDemo, stop, until, type Product } from './product.js';

/** One grey point. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

/** The ways that requests come in by, and what may come between them and their answer. */
describe('a request', () => {
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

  const aPerson = (email: string) => aRegisteredPerson(product, email, inForce);

  async function codeTo(address: string): Promise<string> {
    const { body } = await call(product, 'POST', 'dev/messages/query', { body: { to: address } });
    return /\b\d{6}\b/.exec(body.items[0].text)?.[0] ?? '';
  }

  async function asked(email: string, headers: Credential, body: object): Promise<{ id: string; number: string }> {
    const made = await call(product, 'POST', 'me/requests', { body, headers });
    const proof = { body: { code: await codeTo(email) }, headers };
    return (await call(product, 'POST', `me/requests/${made.body.id}/verification`, proof)).body;
  }

  const standing = async (id: string, headers: Credential) =>
    (await call(product, 'GET', `me/requests/${id}`, { headers })).body;

  /** In Chinese. */
  async function signedIn(page: Page, role: string, path: string): Promise<void> {
    await page.goto(`${product.url}/console${path}`);
    await page.locator('input[type=email]').fill(operatorEmail(product, role));
    await page.locator('input[type=password]').fill(demoOf(product).password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  }

  it('to correct rests on the file that came with it', async () => {
    const { headers } = await aPerson('lu.ming@example.com');
    const form = new FormData();
    form.append('file', new Blob([picture], { type: 'image/png' }), '户口簿.png');
    const sent = await fetch(`${product.url}/api/v1/attachments`, { method: 'POST', body: form, headers });
    const { attachmentId } = (await sent.json()) as { attachmentId: string };
    const { id } = await asked('lu.ming@example.com', headers, {
      type: 'correction',
      corrections: [{ category: 'registration.name', value: '林晓文' }],
      attachmentIds: [attachmentId],
    });
    const { page, complaints } = await openWindow(browser, { locale: 'zh-CN' });
    await signedIn(page, 'privacyOfficer', `/requests/${id}`);
    await page.getByText('林晓文').first().waitFor();
    await call(product, 'POST', 'dev/clock', { body: { advance: 'PT6M' } });
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '户口簿.png' }).click();
    await page.getByRole('dialog').getByLabel('密码').fill(demoOf(product).password);
    await page.keyboard.press('Enter');
    expect((await download).suggestedFilename()).toBe('户口簿.png');
    expect(readFileSync(await (await download).path())).toEqual(picture);
    await call(product, 'POST', 'dev/clock', { body: { reset: true } });
    await page.getByRole('row', { name: /姓名 账户/ }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '作出决定' }).click();
    await until(async () => (await standing(id, headers)).state === 'closed');
    expect((await call(product, 'GET', 'me', { headers })).body.profile.name).toBe('林晓文');
    await page.getByText('已答复', { exact: true }).first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('without an account is asked, proven and answered on pages without scripts', async () => {
    const { page, complaints } = await openWindow(browser, { locale: 'en' });
    await page.goto(`${product.url}/requests?lang=en`);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('What you ask for').selectOption('inquiry');
    await page.getByLabel('Your phone number or e-mail address').fill('reader@example.org');
    await page.getByLabel('In your own words').fill('Where are tickets kept?');
    await page.getByRole('button', { name: 'Send and get a code' }).click();
    await page.getByLabel('Six digits').fill(await codeTo('reader@example.org'));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Where are tickets kept?').waitFor();
    const id = new URL(page.url()).pathname.split('/').at(-1);
    const answer = { outcome: 'grant', text: 'In the ticketing service, until three years after the event.' };
    const agent = await signInOperator(product, 'supportAgent');
    expect(
      (await call(product, 'POST', `operator/requests/${id}/decision`, { body: answer, headers: agent })).status,
    ).toBe(200);
    await page.reload();
    await page.getByText(answer.text).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('waits for a holder that is down, and is closed once that has answered', async () => {
    const ticketing = processesIn(folder).filter((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('ticketing-service'),
    );
    expect(ticketing).toHaveLength(1);
    const signal = (name: NodeJS.Signals) => process.kill(Number(ticketing[0]), name);
    const { headers } = await aPerson('he.yun@example.com');
    const { id } = await asked('he.yun@example.com', headers, { type: 'access' });
    const { page, complaints } = await openWindow(browser, { locale: 'zh-CN' });
    try {
      signal('SIGSTOP');
      await signedIn(page, 'supportAgent', `/requests/${id}`);
      await page.getByRole('row', { name: /姓名 票务系统 联系不上/ }).waitFor();
      await page.getByRole('button', { name: '作出决定' }).click();
      await page.getByRole('heading', { name: '各保存方的进展' }).waitFor();
      await page.getByRole('row', { name: /票务系统 尚未答复/ }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect((await standing(id, headers)).state).toBe('fulfilling');
    } finally {
      signal('SIGCONT');
    }
    await page.getByRole('button', { name: '重新询问未答复的保存方' }).click();
    await page.getByText('已重新询问尚未答复的保存方。').waitFor();
    await until(async () => (await standing(id, headers)).state === 'closed');
    await page.getByText('已答复', { exact: true }).first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('to see what is held is answered by itself once two operators let it', async () => {
    const { page, complaints } = await openWindow(browser, { locale: 'en' });
    const administrator = new Operator(page, product, 'administrator');
    await administrator.signIn();
    await administrator.open('/settings/requests');
    await page.getByRole('switch', { name: 'Prepare access and portability without an operator' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('It takes effect once a second operator confirms it.').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const { headers } = await aPerson('su.qing@example.com');
    const body = { type: 'access', categories: ['registration.email'] };
    expect(await asked('su.qing@example.com', headers, body)).toMatchObject({ state: 'open' });
    await confirmWaiting(product);
    const after = await asked('su.qing@example.com', headers, { ...body, categories: ['registration.name'] });
    await until(async () => (await standing(after.id, headers)).state === 'closed');
    expect(await standing(after.id, headers)).toMatchObject({ outcome: 'granted', package: { downloads: 0 } });
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
