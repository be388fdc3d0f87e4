import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, launchBrowser, openWindow } from './browser.js';
import { aServiceThatReads, call, demoOf, signInOperator, type Credential } from './clients.js';
import { aDataFolder, removeFolder, startWithDemo, stop, type Product } from './product.js';

const looks = [
  { locale: 'zh-CN', colorScheme: 'light' },
  { locale: 'en', colorScheme: 'dark' },
  { locale: 'en', colorScheme: 'light' },
  { locale: 'zh-CN', colorScheme: 'dark' },
] as const;

const email = 'chen.yuan@example.com';
const improvement = 'Improving services';

/** The sample app as a newcomer tries it, against the product as `npm start` runs it: each step stands on the one before. */
describe('the sample app', () => {
  const folder = aDataFolder();
  const since = new Date(Date.now() - 60_000).toISOString();
  let product: Product;
  let browser: Browser;
  let page: Page;
  let reader: Credential;
  let subjectId: string;

  beforeAll(async () => {
    product = await startWithDemo(folder);
    browser = await launchBrowser();
    reader = await aServiceThatReads(product);
    const { password } = demoOf(product);
    const { accessToken } = (
      await call(product, 'POST', 'sessions', { body: { identifier: { type: 'email', value: email }, password } })
    ).body;
    subjectId = (await call(product, 'GET', 'me', { headers: { authorization: `Bearer ${accessToken}` } })).body.id;
    ({ page } = await openWindow(browser));
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stop(product);
    removeFolder(folder);
  });

  const act = (name: string, on = page): Promise<void> => on.getByRole('button', { name, exact: true }).click();
  const choice = (name: string, on = page) => on.getByRole('switch', { name });
  const happened = (what: string | RegExp): Promise<void> => page.getByRole('log').getByText(what).first().waitFor();
  const figure = (name: string) => page.locator(`[data-figure=${name}]`);
  const shows = (name: string, count: number): Promise<void> =>
    figure(name).getByText(String(count), { exact: true }).waitFor();

  async function signIn(on: Page): Promise<void> {
    await on.goto(`${product.url}/sample`);
    await on.locator('input[type=email]').fill(email);
    await on.locator('input[type=password]').fill(demoOf(product).password);
    await on.keyboard.press('Enter');
    await on.getByRole('switch').nth(9).waitFor();
  }

  async function agree(name: string): Promise<void> {
    await choice(name).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Agree' }).click();
    await happened(`Agreed: ${name.toLowerCase()}`);
    expect(await choice(name).isChecked()).toBe(true);
  }

  /** The code that the development mailbox holds for an address. */
  async function codeFor(to: string): Promise<string> {
    const { items } = (await call(product, 'POST', 'dev/messages/query', { body: { to } })).body;
    return /\b\d{6}\b/.exec(items[0].text)?.[0] ?? '';
  }

  /** Its events of app use, as a service reads them that improves the product; or why it may not. */
  async function read(): Promise<{ items: { eventId: string }[]; refused: { code: string }[] }> {
    const body = {
      subjectId,
      purpose: 'product.improvement',
      categories: ['log.appUsage'],
      from: since,
      to: new Date(Date.now() + 60_000).toISOString(),
    };
    return (await call(product, 'POST', 'telemetry/query', { headers: reader, body })).body;
  }

  /** How many events operators see refused after a withdrawal in the last hours. */
  async function withdrawnCount(): Promise<number> {
    const [from, to] = [Date.now() - 2 * 3_600_000, Date.now() + 60_000].map((at) => new Date(at).toISOString());
    const { body } = await call(product, 'GET', `operator/telemetry/summary?from=${from}&to=${to}`, {
      headers: await signInOperator(product, 'privacyOfficer'),
    });
    return body.byReason.find(({ code }: { code: string }) => code === 'consent.withdrawn')?.events ?? 0;
  }

  it('asks a new person for what the clauses ask for, says of each what follows without it, and registers them without what is optional', async () => {
    const newcomer = 'gu.nian@example.com';
    const withheld: Record<string, string> = {
      degraded: 'some things work less well',
      noService: 'not use the services that need it',
      noRegistration: 'You cannot register without it',
    };
    const { page: own, complaints } = await openWindow(browser);
    await own.goto(`${product.url}/sample/`);
    await act('Create an account', own);
    await own.getByLabel('Name', { exact: true }).waitFor();
    const asked = ((await call(product, 'GET', 'registration-fields?kind=person')).body as any[]).filter(
      ({ field }) => field !== 'phone' && field !== 'email',
    );
    expect(asked.map(({ field, required }) => [field, required])).toEqual(
      expect.arrayContaining([
        ['name', true],
        ['language', false],
        ['birthDate', false],
      ]),
    );
    for (const { field, required, ifWithheld, clause } of asked) {
      const told = await own.locator(`#field-${field}-hint`).textContent();
      for (const words of [required ? 'required' : 'optional', withheld[ifWithheld], clause.heading.en])
        expect(told).toContain(words);
    }
    await own.getByLabel('Email', { exact: true }).fill(newcomer);
    await own.getByLabel('Password').fill(demoOf(product).password);
    await own.getByLabel('Name', { exact: true }).fill('顾念');
    await own.getByRole('checkbox', { name: 'I have read and accept:' }).check();
    await act('Register', own);
    await own.getByLabel('Code').waitFor();
    await own.getByLabel('Code').fill(await codeFor(newcomer));
    await act('Confirm', own);
    await own.getByText(`Signed in: ${newcomer}`).waitFor();
    const { accessToken } = (
      await call(product, 'POST', 'sessions', {
        body: { identifier: { type: 'email', value: newcomer }, password: demoOf(product).password },
      })
    ).body;
    const { profile } = (await call(product, 'GET', 'me', { headers: { authorization: `Bearer ${accessToken}` } }))
      .body;
    expect([profile, complaints]).toEqual([{ name: '顾念' }, []]);
    await own.context().close();
  });

  it('keeps nothing of what is not allowed, shows the clause before it is agreed to, and then sends what is done', async () => {
    await signIn(page);
    await act('Change a setting');
    await happened('you do not allow it; it was never written down');
    await choice(improvement).click();
    await page.getByRole('dialog').getByText('in order to improve the product and personalise').waitFor();
    await act('Not now');
    expect(await choice(improvement).isChecked()).toBe(false);
    await agree(improvement);
    await act('Change a setting');
    await happened('Sent 1, accepted 1');
    expect((await read()).items).toHaveLength(1);
  });

  it('keeps what is done offline, over a reload too, and sends each event once', async () => {
    await page.evaluate(async () => void (await (globalThis as any).navigator.serviceWorker.ready));
    await page.context().setOffline(true);
    await act('Change a setting');
    await act('Change a setting');
    await shows('waiting', 2);
    await page.reload();
    await page.getByText('Offline', { exact: true }).waitFor();
    expect(await choice(improvement).isChecked()).toBe(true);
    await act('Change a setting');
    await shows('waiting', 3);
    await page.context().setOffline(false);
    await shows('waiting', 0);
    await shows('accepted', 4);
    const { items } = await read();
    expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(4);
    expect(items).toHaveLength(4);
  });

  it('drops what waits when its purpose is withdrawn, offline too, and keeps no more of it', async () => {
    await page.context().setOffline(true);
    await act('Change a setting');
    await shows('waiting', 1);
    await choice(improvement).click();
    await happened('Dropped 1: you withdrew while it waited (withdrawn)');
    await shows('waiting', 0);
    await page.getByText('goes once you are online', { exact: true }).waitFor();
    await shows('dropped', 2);
    await act('Change a setting');
    await shows('dropped', 3);
    await page.context().setOffline(false);
    await page.getByText('goes once you are online', { exact: true }).waitFor({ state: 'detached' });
    expect(await choice(improvement).isChecked()).toBe(false);
    expect(await read()).toMatchObject({ items: [], refused: [{ code: 'consent.withdrawn' }] });
    await shows('accepted', 4);
  });

  it('lets the gate of the server refuse what it sends all the same, each time, and operators see it counted', async () => {
    const before = await withdrawnCount();
    await page.getByRole('switch', { name: 'Send also what I did not allow' }).check();
    await act('Change a setting');
    await happened('Change a setting: refused, you have withdrawn your consent (consent.withdrawn)');
    await shows('refused', 1);
    await act('Change a setting');
    await shows('refused', 2);
    expect(await withdrawnCount()).toBe(before + 2);
  });

  it('sends a position while it may, and has it refused once positioning is off', async () => {
    await page.getByRole('switch', { name: 'Allow positioning' }).check();
    await happened('Positioning is on');
    await act('Send a position');
    await happened(/^.*Position \(.*\): refused, .*\(consent\.separateMissing\)/);
    await agree('Position at the gates (ticketing)');
    await act('Send a position');
    await happened(/Position \(.*\): accepted/);
    await page.getByRole('switch', { name: 'Allow positioning' }).uncheck();
    await happened('Positioning is off');
    await act('Send a position');
    await happened(/Position \(.*\): refused, positioning is off \(location\.off\)/);
  });

  it('forgets who was signed in when they sign out', async () => {
    await act('Sign out');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate(() => (globalThis as any).sessionStorage.length)).toBe(0);
  });

  it.each(looks)(
    'has no accessibility fault and complains of nothing, on a phone either, in $locale and $colorScheme',
    async (look) => {
      const { page: own, complaints } = await openWindow(browser, look);
      await own.goto(`${product.url}/sample/`);
      const faults = await accessibilityFaults(own);
      await own.locator('form button[type=button]').click();
      await own.locator('#field-name').waitFor();
      faults.push(...(await accessibilityFaults(own)));
      await signIn(own);
      await own.getByRole('button').nth(6).click();
      for (const width of [1440, 390]) {
        await own.setViewportSize({ width, height: 900 });
        faults.push(...(await accessibilityFaults(own)));
        expect(await own.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
      }
      await own.getByRole('switch').first().click();
      await own.getByRole('dialog').waitFor();
      faults.push(...(await accessibilityFaults(own)));
      await own.keyboard.press('Escape');
      await own.getByRole('switch').first().and(own.locator(':not(:checked)')).waitFor();
      expect([faults, complaints]).toEqual([[], []]);
      await own.context().close();
    },
  );
});
