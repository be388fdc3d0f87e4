import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { accessibilityFaults, launchBrowser, openWindow, type Window } from './browser.js';
import {
  aRegisteredPerson,
  aServiceThatAsks,
  call,
  endSessionsOf,
  publish,
  signInPerson,
  type Credential,
} from './clients.js';
import { Operator } from './console.js';
import { aDataFolder, removeFolder, startWithDemo, stop, type Product } from './product.js';

const purpose = 'survey.participation';
const category = 'log.device';
const harbour = readFileSync(join(import.meta.dirname, '../fixtures/harbour.v1.yaml'), 'utf8');
const firstText = `${harbour}
  - id: surveys
    heading: { zh-CN: 调查, en: Surveys }
    body: { zh-CN: 经您同意，我们按设备邀请您参加调查。, en: 'With your consent we invite you to surveys that suit your device.' }
    terms:
      - { type: use, categories: [${category}], purposes: [${purpose}], basis: consent }
`;
const nextText = firstText.replace(
  `type: use, categories: [${category}]`,
  `type: use, categories: [${category}, log.network]`,
);

const emails = ['lin.xiao@example.com', 'an.ning@example.com'] as const;
const evidence = 'Call 20417 of this morning, recorded';
const reason = 'Asked for it on the telephone';

/** The consent console, from what is said on the telephone to reminding those whose consent has lapsed: each step stands on the one before. */
describe('the consent console', () => {
  const folder = aDataFolder();
  let product: Product;
  let browser: Browser;
  let supportWindow: Window;
  let officerWindow: Window;
  let support: Operator;
  let officer: Operator;
  let caller: { subjectId: string; headers: Credential };
  let quiet: { subjectId: string; headers: Credential };

  beforeAll(async () => {
    product = await startWithDemo(folder);
    browser = await launchBrowser();
    await publish(product, 'harbour', firstText);
    const inForce = (await call(product, 'GET', 'policies')).body.items.map(
      (one: { revision: { id: string } }) => one.revision.id,
    );
    caller = await aRegisteredPerson(product, emails[0], inForce);
    quiet = await aRegisteredPerson(product, emails[1], inForce);
    [supportWindow, officerWindow] = [await openWindow(browser), await openWindow(browser)];
    support = new Operator(supportWindow.page, product, 'supportAgent');
    officer = new Operator(officerWindow.page, product, 'privacyOfficer');
    await support.signIn();
    await officer.signIn();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stop(product);
    removeFolder(folder);
  });

  const advance = (advance: string) => call(product, 'POST', 'dev/clock', { body: { advance } });
  const consentOf = (id: string) => `/subjects/${id}/consents`;
  const stateOf = async (headers: Credential) =>
    (await call(product, 'GET', 'me/consents', { headers })).body.items.find(
      (one: { purpose: string }) => one.purpose === purpose,
    )?.state;
  const history = (page: Page) => page.getByRole('listitem').filter({ has: page.getByRole('article') });

  describe('of a subject', () => {
    it('lets a support agent record what was said on the telephone, after giving the password again', async () => {
      const { page } = supportWindow;
      await advance('PT6M');
      await support.open(consentOf(caller.subjectId));
      await page.getByText('This subject has consented to nothing and refused nothing.').waitFor();
      const dialog = await aFilledRecord(page);
      await dialog.getByRole('button', { name: 'Record on their behalf' }).click();
      await support.stepUp();
      await dialog.waitFor({ state: 'hidden' });
      await history(page).first().getByText('Privacy policy').waitFor();
      const said = await history(page).first().innerText();
      expect(said).toMatch(/Granted · surveys/);
      expect(said).toMatch(/recorded by 苏念安/);
      expect(said).toMatch(/Shown: Privacy policy, revision \d/);
      expect(said).toMatch(/Channel: telephone/);
      expect(await accessibilityFaults(page)).toEqual([]);
    });

    it('shows its receipt, and how it was given only for a reason', async () => {
      const { page } = supportWindow;
      await page.getByRole('button', { name: 'Receipt', exact: true }).click();
      const receipt = page.getByRole('dialog').filter({ hasText: 'verify' });
      expect(await receipt.getByRole('region', { name: 'Receipt' }).innerText()).toContain('"ConsentGiven"');
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await receipt.waitFor({ state: 'hidden' });
      expect(await page.getByText(evidence).count()).toBe(0);
      await page.getByRole('button', { name: 'How it was given' }).click();
      const dialog = page.getByRole('dialog', { name: 'Read how it was given' });
      await dialog.getByRole('button', { name: 'Read', exact: true }).click();
      await dialog.getByText('Give the reason, in at least five characters').waitFor();
      await dialog.getByLabel('Reason').fill('The caller disputes it');
      await dialog.getByRole('button', { name: 'Read', exact: true }).click();
      await dialog.getByRole('status').filter({ hasText: evidence }).waitFor();
    });

    it('shows the auditor who recorded it and who read the evidence, with their reasons and without the evidence', async () => {
      const window = await openWindow(browser);
      const auditor = new Operator(window.page, product, 'auditor');
      await auditor.signIn();
      await auditor.open(`/audit?subjectId=${caller.subjectId}`);
      const entry = (act: RegExp) => window.page.getByRole('row', { name: act }).first();
      await entry(/Evidence of a consent read/).waitFor();
      expect(await entry(/Evidence of a consent read/).innerText()).toMatch(/苏念安[\s\S]*The caller disputes it/);
      expect(await entry(/Consent given/).innerText()).toMatch(/苏念安/);
      expect(await window.page.getByText(evidence).count()).toBe(0);
      expect(window.complaints).toEqual([]);
      await window.page.context().close();
    });

    it('tells a support agent why and until when something is held, and leads to the clause', async () => {
      const { page } = supportWindow;
      await support.open(`/subjects/${caller.subjectId}/holdings`);
      await page.getByText('Never switched: positioning is off until the subject turns it on.').waitFor();
      const held = page.getByRole('row', { name: /^name \d/ });
      expect(await held.innerText()).toMatch(
        /until the account is closed, then deleted[\s\S]*revision \d[\s\S]*providing the service/,
      );
      expect(await page.getByRole('row', { name: /Records of what was done/ }).innerText()).toMatch(
        /No clause covers it/,
      );
      await call(product, 'PUT', 'me/positioning', { headers: caller.headers, body: { on: true } });
      await support.open(`/subjects/${caller.subjectId}/holdings`);
      const switches = page.getByRole('region', { name: 'Positioning' });
      await switches.getByRole('listitem').filter({ hasText: 'Switched on' }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await held.getByRole('link').last().click();
      await page.waitForURL(/\/revisions\/[0-9a-f-]{36}\?clause=/);
    });

    it('keeps every word of a half-filled form while the page cannot be read again, and while the session has been ended from elsewhere', async () => {
      const { page } = supportWindow;
      await support.open(consentOf(quiet.subjectId));
      const dialog = await aFilledRecord(page);
      await lookAgainRefused(page);
      expect(await dialog.getByLabel('Evidence').inputValue()).toBe(evidence);
      await endSessionsOf(product, 'supportAgent');
      await dialog.getByRole('button', { name: 'Record on their behalf' }).click();
      await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
      expect([
        await dialog.getByLabel('Evidence').inputValue(),
        await dialog.getByLabel('Reason').inputValue(),
      ]).toEqual([evidence, reason]);
      await support.signInAgain();
      await dialog.waitFor({ state: 'hidden' });
      await history(page).getByText('recorded by 苏念安').waitFor();
      expect(await stateOf(quiet.headers)).toBe('granted');
      expect(supportWindow.complaints).toEqual([]);
    });
  });

  describe('of a decision', () => {
    it('says that the use is allowed, and leads to the consent that carries it', async () => {
      const { page } = officerWindow;
      await officer.open('/consent/why');
      await page.getByLabel('Subject id').fill(caller.subjectId);
      await choose(page, page.getByLabel('Purpose'), purpose);
      await choose(page, page.getByLabel('Category'), category);
      await page.getByRole('button', { name: 'Ask', exact: true }).click();
      await page.getByRole('status').filter({ hasText: 'Allowed: device details may be used for surveys.' }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole('link', { name: 'See the consent' }).click();
      await page.waitForURL(/#consent-/);
      await page.locator(new URL(page.url()).hash).getByText('recorded by 苏念安').waitFor();
    });

    it('says after a withdrawal in an app which rule refuses it under which clause, and leads to what was said', async () => {
      const { page } = officerWindow;
      await call(product, 'PUT', `me/consents/${purpose}`, { body: { state: 'withdrawn' }, headers: caller.headers });
      await page.goBack();
      await page.getByRole('button', { name: 'Ask', exact: true }).click();
      const answer = page
        .getByRole('status')
        .filter({ hasText: 'Not allowed: the consent for surveys was withdrawn.' });
      await answer.getByRole('link', { name: 'Surveys · harbour, revision 1' }).waitFor();
      const steps = await page
        .getByRole('listitem')
        .filter({ hasText: /Rule \d/ })
        .allInnerTexts();
      expect(steps.map((step) => step.replace(/\s+/g, ' ').trim())).toEqual([
        expect.stringMatching(/^Passed Rule 1 /),
        expect.stringMatching(/^Not asked Rule 2 /),
        expect.stringMatching(/^Passed Rule 3 /),
        expect.stringMatching(/^Passed Rule 4 /),
        expect.stringMatching(/^Passed Rule 5 /),
        expect.stringMatching(/^Not asked Rule 6 /),
        expect.stringMatching(/^Not asked Rule 7 /),
        expect.stringMatching(/^Passed Rule 8 /),
        expect.stringMatching(/^Passed Rule 9 /),
        expect.stringMatching(/^Refused Rule 10 .*Consent withdrawn$/),
      ]);
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole('link', { name: 'See what the subject said' }).click();
      await history(page)
        .first()
        .filter({ hasText: /Withdrawn · surveys.*by the subject/ })
        .waitFor();
    });

    it('counts what a service asked and why it was refused, and names nobody', async () => {
      const { page } = officerWindow;
      const headers = await aServiceThatAsks(product);
      const ask = async (subjectId: string) =>
        (await call(product, 'POST', 'decisions', { body: { subjectId, purpose, categories: [category] }, headers }))
          .body.allowed;
      expect([await ask(caller.subjectId), await ask(quiet.subjectId), await ask(quiet.subjectId)]).toEqual([
        false,
        true,
        true,
      ]);
      await officer.open('/consent/decisions?period=hour');
      const asked = page.getByRole('region', { name: 'What was asked most' });
      await asked.getByRole('row', { name: /surveys device details Allowed 2/ }).waitFor();
      await asked.getByRole('row', { name: /surveys device details Consent withdrawn 1/ }).waitFor();
      await page
        .getByRole('row', {
          name: /Consent withdrawn Use surveys device details .*harbour, revision 1 surveys Ask why/,
        })
        .waitFor();
      const text = await page.locator('main').innerHTML();
      for (const personal of [caller.subjectId, quiet.subjectId, ...emails, '林']) expect(text).not.toContain(personal);
      expect(await accessibilityFaults(page)).toEqual([]);
    });
  });

  describe('of everybody', () => {
    it('finds who withdrew, and nobody to remind among them', async () => {
      const { page } = officerWindow;
      await officer.open(`/consent/search?purpose=${purpose}`);
      await choose(page, page.getByLabel('State'), 'Withdrawn');
      await rowOf(page, caller).waitFor();
      await rowOf(page, quiet).waitFor({ state: 'hidden' });
      expect(await page.getByRole('link', { name: 'Remind them' }).count()).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);
    });

    it('shows how many have to consent again once a revision reaches further', async () => {
      const { page } = officerWindow;
      const now = Date.parse((await call(product, 'GET', 'dev/clock')).body.now);
      await publish(product, 'harbour', nextText, new Date(now + 8 * 86_400_000));
      await advance('P8DT1M');
      await officer.signIn();
      await officer.open('/consent/reconsent');
      await page.getByRole('heading', { name: 'harbour, revision 2' }).waitFor();
      expect(
        await page
          .getByRole('row', { name: /^surveys/ })
          .first()
          .innerText(),
      ).toMatch(/0%\s+0\s+1\s/);
      expect(await accessibilityFaults(page)).toEqual([]);
    });

    it('leads from there to those people, counts them, and reminds them after the password was given again', async () => {
      const { page } = officerWindow;
      await page
        .getByRole('row', { name: /^surveys/ })
        .first()
        .getByRole('link', { name: '1', exact: true })
        .click();
      await rowOf(page, quiet).getByText('Needs consent again').waitFor();
      expect(await rowOf(page, caller).count()).toBe(0);
      await page.getByRole('link', { name: 'Remind them' }).click();
      await page.getByRole('status').filter({ hasText: '1 subject would be told now.' }).waitFor();
      await page.getByLabel('Title in Chinese').fill('调查的约定有变化');
      expect(await accessibilityFaults(page)).toEqual([]);
      await advance('PT6M');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await officer.stepUp();
      await page.waitForURL(/\/reminders\/[0-9a-f-]{36}$/);
      await page.getByText('Everybody found was told.').waitFor({ timeout: 45_000 });
      expect(await page.getByRole('region', { name: 'Progress' }).innerText()).toMatch(
        /Found\s+1\s+Told\s+1\s+Messages handed over\s+1/,
      );
      expect(await accessibilityFaults(page)).toEqual([]);
    });

    it('brings the reminder to the inbox, and counts who then consented again', async () => {
      const { page } = officerWindow;
      quiet = { ...quiet, headers: await signInPerson(product, emails[1]) };
      const { body } = await call(product, 'GET', 'me/notices', { headers: quiet.headers });
      expect(body.items.filter((notice: { kind: string }) => notice.kind === 'consentAgain')).toEqual([
        expect.objectContaining({ title: '调查的约定有变化' }),
      ]);
      await call(product, 'PUT', `me/consents/${purpose}`, { body: { state: 'granted' }, headers: quiet.headers });
      await advance('PT6M');
      await officer.open('/consent/reconsent');
      expect(
        await page
          .getByRole('row', { name: /^surveys/ })
          .first()
          .innerText(),
      ).toMatch(/100%\s+1\s+0\s/);
    });

    it('draws how consent went, with the same figures as a table for the keyboard', async () => {
      const { page } = officerWindow;
      await officer.open(`/consent/rates?purpose=${purpose}&measure=people`);
      await page.getByRole('img').first().waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole('button', { name: 'Show as a table' }).focus();
      await page.keyboard.press('Enter');
      const table = page.getByRole('figure').getByRole('region', { name: 'surveys' });
      await table.waitFor();
      await page.keyboard.press('Tab');
      expect(await table.and(page.locator(':focus')).count()).toBe(1);
      const [head, last] = await table.getByRole('row').allInnerTexts();
      expect(head).toMatch(/When\s+Granted\s+Withdrawn/);
      expect(last).toMatch(/\s1\s+2$/);
      expect(await accessibilityFaults(page)).toEqual([]);
    });
  });

  it('lists purposes and categories in Chinese', async () => {
    const window = await openWindow(browser, { locale: 'zh-CN', colorScheme: 'dark' });
    await window.page.context().addCookies(await officerWindow.page.context().cookies());
    const reader = new Operator(window.page, product, 'privacyOfficer');
    for (const [path, title, row] of [
      ['purposes', '目的', /survey\.participation 参与调查/],
      ['categories', '信息类别', /log\.device 设备信息/],
    ] as const) {
      await reader.open(`/consent/${path}`);
      await window.page.getByRole('heading', { level: 1, name: title }).waitFor();
      await window.page.getByRole('row', { name: row }).waitFor();
      expect(await accessibilityFaults(window.page)).toEqual([]);
    }
    expect([...window.complaints, ...officerWindow.complaints]).toEqual([]);
    await window.page.context().close();
  });
});

/** The row of a subject in a list of consents. */
function rowOf(page: Page, { subjectId }: { subjectId: string }): Locator {
  return page.getByRole('row').filter({ has: page.locator(`a[href$="/subjects/${subjectId}"]`) });
}

/** Comes back to the page: it asks again and is refused. */
async function lookAgainRefused(page: Page): Promise<void> {
  const list = /\/subjects\/[^/]+\/consents$/;
  await page.route(list, (route) =>
    route.fulfill({
      status: 429,
      contentType: 'application/problem+json',
      body: '{"status":429,"code":"request.too_many"}',
    }),
  );
  const refused = page.waitForResponse((response) => response.status() === 429);
  await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
  await (await refused).finished();
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  await page.unroute(list);
}

/** Opens the dialog and says in it what the subject said on the telephone. */
async function aFilledRecord(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Record on their behalf' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Record a consent' });
  await choose(page, dialog.getByLabel('Purpose'), purpose);
  await dialog.getByText('They consent', { exact: true }).click();
  await choose(page, dialog.getByLabel('How they said it'), 'telephone');
  await dialog.getByLabel('Evidence').fill(evidence);
  await dialog.getByLabel('Reason').fill(reason);
  return dialog;
}

/** Chooses in a list by what its option contains. */
async function choose(page: Page, field: Locator, text: string): Promise<void> {
  await field.click();
  if (await field.isEditable()) await field.fill(text);
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: text }).first().click();
}
