import type { Browser } from 'playwright-core';
import { accessibilityFaults, launchBrowser, openWindow } from './browser.js';
import { call, type Credential } from './clients.js';
import { Operator } from './console.js';
import { aDataFolder, removeFolder, startWithDemo, stop, type Product } from './product.js';

const looks = [
  { locale: 'zh-CN', colorScheme: 'light' },
  { locale: 'en', colorScheme: 'dark' },
] as const;

const hangzhou = { latitude: 30.25, longitude: 120.2 };
const shanghai = { latitude: 31.2, longitude: 121.5 };
const beijing = { latitude: 39.9, longitude: 116.4 };
const map = '/collection/heat?purpose=service.provision';

/** Where devices were, as an operator sees it: each step stands on the one before. */
describe('the heat map of the console', () => {
  const folder = aDataFolder();
  const devices: { subjectId: string; headers: Credential }[] = [];
  let product: Product;
  let browser: Browser;

  beforeAll(async () => {
    product = await startWithDemo(folder);
    browser = await launchBrowser();
    // Where the demo's devices were lies behind the seven days that the page shows.
    await call(product, 'POST', 'dev/clock', { body: { advance: 'P7D' } });
    const acceptedRevisionIds = (await call(product, 'GET', 'policies')).body.items.map(
      (one: { revision: { id: string } }) => one.revision.id,
    );
    for (let index = 0; index < 24; index += 1) devices.push(await aTravellingDevice(acceptedRevisionIds));
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stop(product);
    removeFolder(folder);
  });

  it('asks for a purpose, says when nothing is kept, and when every cell is left out', async () => {
    const { page, complaints } = await openWindow(browser);
    const officer = new Operator(page, product, 'privacyOfficer');
    await officer.signIn();
    await officer.open('/collection/heat');
    await page.getByText('Choose the purpose that the map is for.').waitFor();
    await officer.open(map);
    await page.getByText('Nothing is kept for this purpose').waitFor();
    for (const device of devices.slice(0, 19)) await wasAt(device, beijing);
    await officer.open(map);
    await page.getByText('In every cell there were fewer than 20 subjects').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('draws a hexagon for each cell with enough subjects and says the same as a table, with nothing from another host', async () => {
    for (const device of devices) await wasAt(device, hangzhou);
    for (const device of devices.slice(0, 20)) await wasAt(device, shanghai);
    const { page, complaints } = await openWindow(browser);
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(product.url) && !request.url().startsWith('data:')) foreign.push(request.url());
    });
    const officer = new Operator(page, product, 'privacyOfficer');
    await officer.signIn();
    await officer.open(map);
    const drawing = page.getByRole('img', {
      name: /^Map for .*: 2 cells\. The fullest, around 30\.\d+°N 120\.\d+°E, holds 24 subjects\.$/,
    });
    await drawing.waitFor();
    expect(await drawing.locator('path').count()).toBe(2);
    await page.getByText('Cells with fewer than 20 subjects are left out whole.').waitFor();
    await page.getByRole('button', { name: 'As a table' }).click();
    await page.getByRole('row').nth(2).waitFor();
    const rows = await page.getByRole('row').allTextContents();
    expect(rows.map((row) => row.slice(-2))).toEqual(['ts', '24', '20']);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('keeps time and size of the cells in the address', async () => {
    const { page } = await openWindow(browser);
    const officer = new Operator(page, product, 'privacyOfficer');
    await officer.signIn();
    await officer.open(map);
    await page.getByLabel('Cells').click();
    await page.getByTitle('About 87,000 km²').click();
    await page.waitForURL(/resolution=2/);
    await page.getByRole('img', { name: /: 1 cells?\./ }).waitFor();
    await page.context().close();
  });

  it.each(looks)('has no accessibility fault, on a phone either, in $locale and $colorScheme', async (look) => {
    const { page, complaints } = await openWindow(browser, look);
    await page.context().addCookies(await cookiesOf());
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${product.url}/console${map}`);
      await page.getByRole('img', { name: look.locale === 'en' ? /2 cells/ : /2 个网格/ }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  async function cookiesOf() {
    const { page } = await openWindow(browser);
    await new Operator(page, product, 'privacyOfficer').signIn();
    const cookies = await page.context().cookies();
    await page.context().close();
    return cookies;
  }

  async function aTravellingDevice(acceptedRevisionIds: readonly string[]) {
    const { body } = await call(product, 'POST', 'devices', { body: { acceptedRevisionIds } });
    const headers = { authorization: `Bearer ${body.token}` };
    await call(product, 'PUT', 'me/positioning', { headers, body: { on: true } });
    const granted = await call(product, 'PUT', 'me/consents/service.provision', {
      headers,
      body: { state: 'granted', categories: ['location.gps'], service: 'ticketing' },
    });
    if (granted.status !== 200) throw new Error(`The consent was refused: ${JSON.stringify(granted.body)}`);
    return { subjectId: body.subjectId as string, headers };
  }

  async function wasAt(
    { subjectId, headers }: { subjectId: string; headers: Credential },
    place: object,
  ): Promise<void> {
    const { now } = (await call(product, 'GET', 'dev/clock')).body;
    const fix = {
      fixId: crypto.randomUUID(),
      subjectId,
      occurredAt: now,
      ...place,
      accuracyMetres: 15,
      source: 'gps',
      service: 'ticketing',
    };
    const { body } = await call(product, 'POST', 'location/batches', {
      headers,
      body: { batchId: crypto.randomUUID(), fixes: [fix] },
    });
    if (body.accepted !== 1) throw new Error(`The fix was refused: ${JSON.stringify(body)}`);
  }
});
