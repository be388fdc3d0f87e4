import { readdirSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, faultsInBothAppearances, launchBrowser, openTab, openWindow } from './browser.js';
import {
  anEvent,
  aRegisteredPerson,
  aServiceThatSends,
  call,
  confirmWaiting,
  demoOf,
  operatorEmail,
  sendEvents,
  signInOperator,
} from './clients.js';
import { Operator } from './console.js';
import { aDataFolder, removeFolder, startWithDemo, stop, type Product } from './product.js';

const looks = [
  { locale: 'zh-CN', colorScheme: 'light' },
  { locale: 'en', colorScheme: 'dark' },
] as const;

/** Some forty pages, each examined by axe, on a busy machine. */
const enoughForEveryPage = 600_000;

const features = new URL('../../admin/src/features/', import.meta.url);

/** Reached only once something is done, which the journeys do. */
const inJourneys = [
  'campaigns/:id',
  'changes/:id',
  'consent/reminders/:id',
  'holds/:id',
  'outreaches/:id',
  'policies/import/:id',
  'requests/:id',
  'requests/bulk/:id',
  'revisions/:id/approval',
  'revisions/:id/schedule',
  'revisions/:id/submission',
  'revisions/:id/withdrawal',
];

/** As the features of the console declare them. */
function routesOfConsole(): string[] {
  const declared = readdirSync(features).map((name) => readFileSync(new URL(`${name}/feature.ts`, features), 'utf8'));
  return declared
    .flatMap((text) => [...text.matchAll(/page\(\s*'([^']*)'/g)].map(([, route = '']) => route))
    .toSorted();
}

/** Every page of the console and of the public, in both languages and both appearances; of the console, each language in one of them. */
describe('the pages', () => {
  const folder = aDataFolder();
  let product: Product;
  let browser: Browser;
  let scheduledId: string;
  let subjectId: string;
  let holderId: string;

  beforeAll(async () => {
    product = await startWithDemo(folder);
    browser = await launchBrowser();
    const { items } = (await call(product, 'GET', 'policies')).body;
    scheduledId = items.find((one: { slug: string }) => one.slug === 'general').scheduled.id;
    const inForce = items
      .filter((one: { kind: string }) => one.kind !== 'service')
      .map((one: { revision: { id: string } }) => one.revision.id);
    const headers = await signInOperator(product, 'administrator');
    holderId = (await call(product, 'GET', 'operator/holders', { headers })).body.items[0].id;
    ({ subjectId } = await aRegisteredPerson(product, 'chen.yue@example.com', inForce));
    await sendEvents(product, await aServiceThatSends(product), [
      anEvent(subjectId, 'log.device', { attributes: { model: 'One' } }),
      anEvent(subjectId, 'log.device', { attributes: { colour: 'red' } }),
    ]);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stop(product);
    removeFolder(folder);
  });

  it.each(looks)('that are open to everybody have no accessibility fault, in $locale', async ({ locale }) => {
    const { page, complaints } = await openWindow(browser, { locale });
    const faults: string[] = [];
    for (const path of [
      '/policies',
      '/policies/general',
      '/policies/ticketing',
      '/policies/user-agreement',
      '/policies/general/2/changes?from=1',
      '/console',
    ]) {
      await page.goto(`${product.url}${path}${path.includes('?') ? '&' : '?'}lang=${locale}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      faults.push(...(await faultsInBothAppearances(page)));
    }
    expect(faults).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('of the console are all walked here, or in the journeys that lead to them', () => {
    const routes = routesOfConsole();
    const leads = (route: string, path: readonly string[]) =>
      path.length === route.split('/').length &&
      route.split('/').every((part, index) => part.startsWith(':') || part === path[index]);
    const isNamed = (route: string) => !route.includes(':');
    const walked = pagesOfConsole().map((page) => {
      const path = new URL(page, product.url).pathname.slice(1).split('/');
      const leading = routes.filter((route) => leads(route, path));
      // 'new' is a page of its own before it is an id.
      return leading.find(isNamed) ?? leading[0];
    });
    expect(routes.filter((route) => !walked.includes(route))).toEqual(inJourneys);
  });

  it.each(looks)(
    'of the console have no accessibility fault and complain of nothing, in $locale and $colorScheme',
    async (look) => {
      const { page, complaints } = await openWindow(browser, look);
      await page.goto(`${product.url}/console`);
      await page.locator('input[type=email]').fill(operatorEmail(product, 'privacyOfficer'));
      await page.locator('input[type=password]').fill(demoOf(product).password);
      await page.keyboard.press('Enter');
      await page.locator('nav').first().waitFor();
      const more = [await openTab(page.context(), complaints), await openTab(page.context(), complaints)];
      expect(await faultsOf(pagesOfConsole(), [page, ...more])).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    enoughForEveryPage,
  );

  it('of the registries let an administrator register and change an entry, and say why a change is refused', async () => {
    const { page, complaints } = await openWindow(browser);
    const administrator = new Operator(page, product, 'administrator');
    await administrator.signIn();
    await administrator.open('/consent/categories');
    await page.getByRole('button', { name: 'Register a category' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Code').fill('location.gps');
    await dialog.getByLabel('Chinese name').fill('车牌');
    await dialog.getByLabel('English name').fill('Licence plate');
    await dialog.getByRole('button', { name: 'Register a category' }).click();
    await dialog.getByText('This code is taken.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByLabel('Code').fill('vehicle.plate');
    await page.keyboard.press('Enter');
    await dialog.getByRole('region', { name: 'This would allow what is refused now' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Propose it' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await confirmWaiting(product);
    await administrator.open('/consent/categories?text=plate');
    await page.getByText('1 in all').waitFor();
    await page.getByRole('button', { name: 'Change vehicle.plate' }).click();
    await dialog.getByLabel('English name').fill('Number plate');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: 'Number plate' }).waitFor();
    await page.getByRole('button', { name: 'Change vehicle.plate' }).click();
    await dialog.getByRole('button', { name: 'Add a field' }).click();
    await dialog.getByLabel('Name, field 1').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Plate 1');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Field 1: begin its name with a small letter').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByLabel('Name, field 1').fill('plate');
    await dialog.getByText('Field 1: begin its name').waitFor({ state: 'detached' });
    await dialog.getByLabel('Kept, field 1').press('ArrowDown');
    await page.locator('.ant-select-dropdown:visible').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: 'plate (Sealed)' }).waitFor();
    await administrator.open('/consent/categories?text=registration.phone');
    await page.getByRole('button', { name: 'Change registration.phone' }).click();
    await dialog.getByRole('switch').first().click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('A policy in force relies on this entry.').waitFor();
    expect(await dialog.getByText('needs separate consent').count()).toBeGreaterThan(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('load nothing from another host', async () => {
    const { page } = await openWindow(browser);
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(product.url) && !request.url().startsWith('data:')) foreign.push(request.url());
    });
    for (const path of ['/console', '/policies/general', '/docs']) {
      await page.goto(`${product.url}${path}`);
      await page.waitForLoadState('networkidle');
    }
    expect(foreign).toEqual([]);
    await page.context().close();
  });

  it('of Swagger sign an operator in and keep the authorisation for the next call', async () => {
    const { page, complaints } = await openWindow(browser);
    await page.goto(`${product.url}/docs`);
    // Of a long list only what is on screen is there.
    const filter = page.getByPlaceholder('Filter by tag or path');
    await filter.fill('/operator/sessions');
    await page.locator('#operations-tag-Services').waitFor({ state: 'hidden' });
    const session = page.locator('#operations-Operators-signInOperator');
    await page.locator('#operations-tag-Operators').click();
    await session.locator('.opblock-summary-control').click();
    const body = { email: operatorEmail(product, 'administrator'), password: demoOf(product).password };
    await session.locator('textarea').fill(JSON.stringify(body));
    await session.locator('button.execute').click();
    await session.locator('.live-responses-table .response-col_status', { hasText: '200' }).first().waitFor();
    await filter.fill('/operator/services');
    const service = page.locator('#operations-Operators-addService');
    await service.locator('.opblock-summary-control').click();
    await service
      .locator('textarea')
      .fill(JSON.stringify({ code: 'lockers', name: { 'zh-CN': '寄存', en: 'Lockers' } }));
    await service.locator('button.execute').click();
    await service
      .locator('.live-responses-table .response-col_status', { hasText: /^20[12]/ })
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  /** Walked by as many tabs at once. */
  async function faultsOf(paths: readonly string[], tabs: readonly Page[]): Promise<string[]> {
    const waiting = [...paths];
    const faults: string[] = [];
    const walk = async (tab: Page): Promise<void> => {
      for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
        await tab.goto(`${product.url}/console${path}`);
        await tab.getByRole('heading', { level: 1 }).first().waitFor();
        await tab.waitForLoadState('networkidle');
        faults.push(...(await accessibilityFaults(tab)));
      }
    };
    await Promise.all(tabs.map(walk));
    return faults;
  }

  function pagesOfConsole(): string[] {
    return [
      '',
      '/policies',
      '/policies/general',
      '/policies/import',
      '/policies/new',
      `/revisions/${scheduledId}`,
      `/revisions/${scheduledId}/comparison`,
      `/revisions/${scheduledId}/facts`,
      `/revisions/${scheduledId}/tests`,
      '/campaigns',
      '/outreaches',
      '/outreaches/new',
      '/subjects',
      '/subjects/shared-identifiers',
      '/subjects/guardians',
      `/subjects/${subjectId}`,
      `/subjects/${subjectId}/consents`,
      `/subjects/${subjectId}/holdings`,
      `/subjects/${subjectId}/guardians`,
      `/subjects/${subjectId}/acceptances`,
      `/subjects/${subjectId}/notices`,
      `/subjects/${subjectId}/telemetry`,
      '/consent',
      '/consent/rates',
      '/consent/search',
      '/consent/reconsent',
      '/consent/reminders',
      '/consent/reminders/new',
      '/consent/purposes',
      '/consent/categories',
      '/consent/services',
      '/consent/decisions',
      '/collection',
      '/collection/volumes',
      '/collection/schemas',
      '/collection/retention',
      '/collection/retention/runs',
      `/consent/why?subjectId=${subjectId}&action=use&purpose=advertising.relevant&category=log.browsing`,
      '/collection/heat',
      '/audit',
      '/settings/operators',
      '/settings/roles',
      '/settings/clients',
      '/requests',
      '/requests/figures',
      '/requests/templates',
      '/settings/requests',
      '/holders',
      `/holders/${holderId}`,
      '/holds',
      `/subjects/${subjectId}/holds`,
      `/subjects/${subjectId}/requests`,
      '/settings/deliveries',
      '/settings/deliveries/work',
      '/settings/deliveries/receivers',
      '/settings/development',
      '/account/sessions',
      '/account/security',
    ];
  }
});
