import type { Browser } from 'playwright-core';
import { accessibilityFaults, launchBrowser, openWindow } from './browser.js';
import { anEvent, aRegisteredPerson, aServiceThatSends, call, sendEvents, type Credential } from './clients.js';
import { Operator } from './console.js';
import { aDataFolder, removeFolder, startWithDemo, stop, type Product } from './product.js';

const url = 'https://tickets.example/concert/118';

/** What operators see of events, from the first one that comes in to the value that they reveal. */
describe('events in the console', () => {
  const folder = aDataFolder();
  let product: Product;
  let browser: Browser;
  let service: Credential;
  let subjectId: string;

  beforeAll(async () => {
    product = await startWithDemo(folder);
    browser = await launchBrowser();
    const { items } = (await call(product, 'GET', 'policies')).body;
    const inForce = items
      .filter((one: { kind: string }) => one.kind !== 'service')
      .map((one: { revision: { id: string } }) => one.revision.id);
    const person = await aRegisteredPerson(product, 'chen.yue@example.com', inForce);
    ({ subjectId } = person);
    await call(product, 'PUT', 'me/consents/personalisation', { body: { state: 'granted' }, headers: person.headers });
    // What the demo's devices were last heard of lies behind the hour that the page shows first.
    await call(product, 'POST', 'dev/clock', { body: { advance: 'PT2H' } });
    service = await aServiceThatSends(product);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stop(product);
    removeFolder(folder);
  });

  it('appear while one looks, accepted and refused by reason', async () => {
    const { page, complaints } = await openWindow(browser);
    const officer = new Operator(page, product, 'privacyOfficer');
    await officer.signIn();
    await officer.open('/collection');
    await page.getByText('Nothing came in during this time.').waitFor();
    const browsing = { attributes: { page: 'event.list' }, personal: { url } };
    expect(
      await sendEvents(product, service, [
        anEvent(subjectId, 'log.browsing', browsing),
        anEvent(subjectId, 'log.device'),
        anEvent(subjectId, 'log.device', { attributes: { colour: 'red' } }),
      ]),
    ).toBe(2);
    await page.getByRole('row', { name: /Not as its schema says/ }).waitFor();
    const chart = page.getByRole('img', { name: /^Accepted, and refused by reason/ });
    expect(await chart.getAttribute('aria-label')).toContain('Not as its schema says: lowest 0, highest 1');
    expect(await sendEvents(product, service, [anEvent(subjectId, 'made.up')])).toBe(0);
    await page.getByRole('row', { name: /Category not known/ }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show as a table' }).first().click();
    await page.getByRole('columnheader', { name: 'Category not known' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('of a subject are shown for a reason, and one value is revealed at a time', async () => {
    const { page, complaints } = await openWindow(browser);
    const officer = new Operator(page, product, 'privacyOfficer');
    await officer.signIn();
    await officer.open(`/subjects/${subjectId}/telemetry`);
    expect(await page.getByRole('table').count()).toBe(0);
    await page.getByLabel('Reason').fill('Request 2026-0142');
    await page.getByRole('button', { name: 'Show the events' }).click();
    await page
      .getByRole('row', { name: /browsing history/ })
      .getByRole('button', { name: 'Open' })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('row', { name: /personalisation/ })
      .getByRole('link', { name: /collect\./ })
      .waitFor();
    await dialog.getByRole('button', { name: 'Reveal url' }).click();
    expect(await dialog.getByText(url).count()).toBe(0);
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('Request 2026-0142');
    await dialog.getByRole('button', { name: 'Reveal', exact: true }).click();
    await dialog.getByText(url).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: /^Mask again/ }).click();
    expect(await dialog.getByText(url).count()).toBe(0);
    expect(page.url()).not.toContain('2026-0142');
    await officer.open(`/audit?subjectId=${subjectId}`);
    await page
      .getByRole('row', { name: /Value of an event revealed/ })
      .getByText('Request 2026-0142')
      .waitFor();
    expect(await page.getByRole('row', { name: /Telemetry of a subject looked at/ }).count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('of a subject leave no value behind when the page is left', async () => {
    const { page } = await openWindow(browser);
    const agent = new Operator(page, product, 'supportAgent');
    await agent.signIn();
    await agent.open(`/subjects/${subjectId}/telemetry`);
    await page.getByLabel('Reason').fill('Request 2026-0143');
    await page.getByRole('button', { name: 'Show the events' }).click();
    await page.getByRole('button', { name: 'Open' }).first().waitFor();
    await page.getByRole('link', { name: 'Consents' }).click();
    // Until the next page has come, this one stands, and a second click would only have it stay.
    await page.waitForURL(/\/consents$/);
    await page.getByRole('link', { name: 'Telemetry' }).click();
    await page.getByRole('button', { name: 'Show the events' }).waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
    await page.context().close();
  });
});
