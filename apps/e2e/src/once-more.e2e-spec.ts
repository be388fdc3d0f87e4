import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, launchBrowser, openWindow } from './browser.js';
import { Operator } from './console.js';
import { aDataFolder, removeFolder, startWithDemo, stop, type Product } from './product.js';

const path = '**/api/v1/operator/outreaches';

/** What goes to many people goes once, whatever the network and a quick hand do. */
describe('a survey', () => {
  const folder = aDataFolder();
  let product: Product;
  let browser: Browser;
  let page: Page;
  let officer: Operator;

  beforeAll(async () => {
    product = await startWithDemo(folder);
    browser = await launchBrowser();
    ({ page } = await openWindow(browser));
    officer = new Operator(page, product, 'privacyOfficer');
    await officer.signIn();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stop(product);
    removeFolder(folder);
  });

  const send = () => page.getByRole('button', { name: 'Send', exact: true }).click();
  const write = async (): Promise<void> => {
    await officer.open('/outreaches/new');
    for (const [label, text] of [
      ['Title in Chinese', '购票体验调查'],
      ['Text in Chinese', '三个问题。'],
      ['Title in English', 'Your ticket'],
      ['Text in English', 'Three questions.'],
    ] as const) {
      await page.getByLabel(label).fill(text);
    }
  };
  const rows = async (): Promise<number> => {
    await officer.open('/outreaches');
    await page.getByRole('link', { name: 'Your ticket' }).first().waitFor();
    return page.getByRole('link', { name: 'Your ticket' }).count();
  };

  it('whose answer was lost is sent again from the same form, and is one', async () => {
    await write();
    let lost = 0;
    await page.route(
      path,
      async (route) => {
        await route.fetch();
        lost += 1;
        await route.abort();
      },
      { times: 1 },
    );
    await send();
    await page.locator('.ant-message-error').waitFor();
    await send();
    await page.waitForURL(/\/outreaches\/[0-9a-f-]{36}$/);
    expect(lost).toBe(1);
    expect(await rows()).toBe(1);
  });

  it('written once more asks who sent it and when, and goes out only where that is said', async () => {
    await write();
    await send();
    const question = page.getByRole('dialog', { name: 'Send once more?' });
    await question.getByText(/^You sent the same to the same people at \d{4}-\d\d-\d\d \d\d:\d\d UTC\+8\./).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await question.getByRole('button', { name: 'Do not send' }).click();
    await question.waitFor({ state: 'hidden' });
    await send();
    await question.getByRole('button', { name: 'Send once more' }).click();
    await page.waitForURL(/\/outreaches\/[0-9a-f-]{36}$/);
    expect(await rows()).toBe(2);
  });
});
