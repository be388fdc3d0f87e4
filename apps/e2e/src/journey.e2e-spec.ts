import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser, openTab, openWindow, type Window } from './browser.js';
import { aRegisteredPerson, call, demoOf, operatorEmail, signInOperator, type Credential } from './clients.js';
import { Operator, shanghaiTime, withinConsole } from './console.js';
import { aDataFolder, removeFolder, startWithDemo, stop, until, type Product } from './product.js';

const firstText = readFileSync(join(import.meta.dirname, '../fixtures/harbour.v1.yaml'), 'utf8');
const nextText = firstText
  .replace(
    'categories: [log.device, log.network], period: P6M, then',
    'categories: [log.device, log.network], period: P1Y, then',
  )
  .replace('日志保存六个月', '日志保存一年')
  .replace('logs for six months', 'logs for one year');
const email = 'lin.xiao@example.com';

/** From a policy file to a notified person: each step stands on the one before. */
describe('from a policy file to a notified person', () => {
  const folder = aDataFolder();
  let product: Product;
  let browser: Browser;
  let editorWindow: Window;
  let approverWindow: Window;
  let editor: Operator;
  let approver: Operator;
  let person: { subjectId: string; headers: Credential };
  let firstId: string;
  let nextId: string;

  beforeAll(async () => {
    product = await startWithDemo(folder);
    browser = await launchBrowser();
    [editorWindow, approverWindow] = [await openWindow(browser), await openWindow(browser)];
    editor = new Operator(editorWindow.page, product, 'policyEditor');
    approver = new Operator(approverWindow.page, product, 'policyApprover');
    await editor.signIn();
    await approver.signIn();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stop(product);
    removeFolder(folder);
  });

  const now = async (): Promise<Date> => new Date((await call(product, 'GET', 'dev/clock')).body.now);
  const moveClock = (advance: string) => call(product, 'POST', 'dev/clock', { body: { advance } });
  const stateOf = async (id: string) =>
    (
      await call(product, 'GET', `operator/revisions/${id}`, {
        headers: await signInOperator(product, 'policyApprover'),
      })
    ).body;

  it('lists every error of a bad file with its place, and saves nothing', async () => {
    await editor.open('/policies/import');
    await editor.page
      .getByLabel('Or paste the text of a policy file')
      .fill(
        firstText.replace('registration.name, ', 'registration.shoeSize, ').replace('then: delete', 'then: forget'),
      );
    await editor.page.getByText('clauses[0].terms[0].categories[0]').waitFor();
    await editor.page.getByText('clauses[3].terms[0].then').waitFor();
    expect(await editor.page.getByRole('button', { name: 'Save as draft' }).count()).toBe(0);
    expect((await call(product, 'GET', 'policies')).body.items.map((one: { slug: string }) => one.slug)).not.toContain(
      'harbour',
    );
  });

  it('runs the tests kept beside a draft, and names the failing one before it is submitted', async () => {
    firstId = await editor.import(firstText);
    await editor.open(`/revisions/${firstId}/tests`);
    await editor.page.getByRole('button', { name: 'Begin with an example' }).click();
    await editor.page.getByRole('button', { name: 'Run', exact: true }).click();
    await editor.page.getByText(/all passed/).waitFor();
    const tests = editor.page.getByLabel('Tests kept beside the policy', { exact: true }).last();
    const open =
      '  - { name: advertising is open to all, question: { action: use, purpose: advertising.relevant, categories: [log.browsing] }, expect: { allowed: true } }';
    await tests.fill(`${await tests.inputValue()}${open}\n`);
    await editor.page.getByRole('button', { name: 'Save tests' }).click();
    await editor.page.getByText(/^Kept by/).waitFor();
    await editor.open(`/revisions/${firstId}/submission`);
    const row = editor.page.getByRole('row', { name: /advertising is open to all/ });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/Failed[\s\S]*allowed: true[\s\S]*allowed: false[\s\S]*code: /);
  });

  it('keeps what was typed and not saved for its author alone while no session is open', async () => {
    const { page } = editor;
    const heading = page.getByLabel('Heading in English');
    await editor.open(`/revisions/${firstId}`);
    await heading.fill('What the jetty collects');
    // The page runs no text as a script, also not to wait for something: it is asked again and again from outside.
    await until(() =>
      page.evaluate<boolean>("Object.keys(sessionStorage).some((name) => name.startsWith('abide.sealed.draft.'))"),
    );
    await page.context().clearCookies();
    await page.reload();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).not.toMatch(
      /jetty|document|clauses/,
    );
    await editor.signIn();
    await editor.open(`/revisions/${firstId}`);
    await page.getByRole('button', { name: 'Continue with it' }).click();
    expect(await heading.inputValue()).toBe('What the jetty collects');
    await page.getByRole('button', { name: 'Discard changes' }).click();
  });

  it('publishes a file as a policy of its own, read and approved by a second operator', async () => {
    await editor.decide(firstId, 'submission', 'Submit for review');
    await approver.decide(firstId, 'approval', 'Approve');
    await approver.schedule(firstId, shanghaiTime(new Date((await now()).getTime() + 8 * 86_400_000)));
    await moveClock('P8DT2M');
    expect(await stateOf(firstId)).toMatchObject({ state: 'effective', materiality: 'freshConsent' });
    const page = await fetch(`${product.url}/policies/harbour?lang=en`);
    expect(await page.text()).toContain('Harbour privacy policy');
    for (const operator of [editor, approver]) await operator.signIn();
  });

  it('shows a lengthened retention as a reduction of rights, with its rule and article', async () => {
    const inForce = (await call(product, 'GET', 'policies')).body.items.map(
      (one: { revision: { id: string } }) => one.revision.id,
    );
    person = await aRegisteredPerson(product, email, inForce);
    nextId = await editor.import(nextText);
    await editor.open(`/revisions/${nextId}/comparison`);
    const row = editor.page.getByRole('row', { name: /retention\.lengthened/ });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/kept for 1 year, no longer for 6 months/);
    expect(await row.innerText()).toMatch(/PIPL 17/);
    expect(await row.innerText()).toMatch(/reduction of rights/i);
  });

  it('lets nobody approve what they submitted themselves', async () => {
    await editor.decide(nextId, 'submission', 'Submit for review');
    await editor.open(`/revisions/${nextId}`);
    expect(await editor.page.getByRole('link', { name: 'Approve' }).count()).toBe(0);
    const { contentHash } = await stateOf(nextId);
    const refused = await call(product, 'POST', `operator/revisions/${nextId}/approval`, {
      body: { comment: 'mine', contentHash },
      headers: await signInOperator(product, 'policyEditor'),
    });
    expect(refused.status).toBe(403);
  });

  it('refuses to schedule inside the lead time and says the earliest moment', async () => {
    await approver.decide(nextId, 'approval', 'Approve');
    const effectiveAt = new Date((await now()).getTime() + 86_400_000).toISOString();
    const refused = await call(product, 'POST', `operator/revisions/${nextId}/schedule`, {
      body: { effectiveAt },
      headers: await signInOperator(product, 'policyApprover'),
    });
    expect(refused.body).toMatchObject({ status: 409, code: 'policy.lead_time_too_short' });
    expect(Date.parse(refused.body.earliestEffectiveAt)).toBeGreaterThan((await now()).getTime() + 6.9 * 86_400_000);
  });

  it('announces the change to the person and on the public page once it is scheduled', async () => {
    await approver.schedule(nextId, shanghaiTime(new Date((await now()).getTime() + 8 * 86_400_000)));
    const { body } = await call(product, 'GET', 'me/notices', {
      headers: { ...person.headers, 'accept-language': 'en' },
    });
    const notice = body.items.find(
      (one: { policySlug: string; revisionNumber: number }) => one.policySlug === 'harbour' && one.revisionNumber === 2,
    );
    expect(notice).toMatchObject({ materiality: 'reductionOfRights', readAt: null });
    const page = await openWindow(browser);
    await page.page.goto(`${product.url}/policies/harbour?lang=en`);
    await page.page.getByRole('link', { name: 'Read what changes' }).click();
    await page.page.getByText('kept for 1 year, no longer for 6 months').first().waitFor();
    expect(page.complaints).toEqual([]);
    await page.page.context().close();
  });

  it('attempts the person by e-mail as the policy in force promises', async () => {
    await until(async () => {
      const { body } = await call(product, 'POST', 'dev/messages/query', { body: { to: email } });
      return body.items.some((message: { text: string }) => message.text.includes('/policies/harbour'));
    });
  });

  it('does not take effect before the lead time is over, and says what is missing', async () => {
    const refused = await call(product, 'POST', `operator/revisions/${nextId}/activation`, {
      body: {},
      headers: await signInOperator(product, 'policyApprover'),
    });
    expect(refused.body).toMatchObject({ status: 409, code: 'policy.conditions_not_met' });
    expect(refused.body.missing.map((one: { code: string }) => one.code)).toContain('leadTime');
    await approver.open(`/revisions/${nextId}/facts`);
    await approver.page.getByText('What it still waits for').waitFor();
    await approver.page.getByText(/of 7 days of notice have passed/).waitFor();
  });

  it('takes effect by itself afterwards, and continued use is recorded as acceptance', async () => {
    await moveClock('P8DT1M');
    expect(await stateOf(nextId)).toMatchObject({ state: 'effective' });
    expect(await stateOf(firstId)).toMatchObject({ state: 'superseded' });
    const session = await call(product, 'POST', 'sessions', {
      body: { identifier: { type: 'email', value: email }, password: 'a quiet river in autumn' },
    });
    const headers = { authorization: `Bearer ${session.body.accessToken}` };
    const accepted = async () =>
      (await call(product, 'GET', 'me/acceptances', { headers })).body.items.find(
        (one: { revisionId: string }) => one.revisionId === nextId,
      );
    expect(await accepted()).toBeUndefined();
    expect((await call(product, 'GET', 'me', { headers })).status).toBe(200);
    expect(await accepted()).toMatchObject({ mode: 'continuedUse', policySlug: 'harbour', number: 2 });
  });

  it('asks an operator whose session has ended for the password, over the page and with nothing lost', async () => {
    await withinConsole(approver.page, `/revisions/${nextId}/comparison`);
    await approver.signInAgain();
    await approver.page.getByRole('row', { name: /retention\.lengthened/ }).waitFor();
    await approver.open(`/revisions/${nextId}/facts`);
    await approver.page.getByText('Revision 2 is in force.').waitFor();
  });

  it('finds the person by the whole e-mail address only, and the audit trail shows who looked', async () => {
    const window = await openWindow(browser);
    const support = new Operator(window.page, product, 'supportAgent');
    await support.signIn();
    await window.page.keyboard.press('/');
    await window.page.keyboard.type(email);
    await window.page.getByText('Find the subject with email').first().click();
    await support.findFor('Case 4711: asked by phone', email);
    await window.page.locator(`a[href$="/subjects/${person.subjectId}"]`).click();
    await window.page.getByText(person.subjectId).first().waitFor();
    expect(await window.page.getByText('林晓').count()).toBe(0);
    const { body } = await call(product, 'GET', `operator/audit/entries?subjectId=${person.subjectId}&limit=50`, {
      headers: await signInOperator(product, 'auditor'),
    });
    expect(body.items).toContainEqual(
      expect.objectContaining({ act: 'subject.found', reason: 'Case 4711: asked by phone' }),
    );
    expect(window.complaints).toEqual([]);
    await window.page.context().close();
  });

  it('lets an administrator end every session of an operator, who has to sign in again', async () => {
    const [window, adminWindow] = [await openWindow(browser), await openWindow(browser)];
    const support = new Operator(window.page, product, 'supportAgent');
    const admin = new Operator(adminWindow.page, product, 'administrator');
    await support.signIn();
    await admin.signIn();
    await admin.open('/settings/operators');
    const row = adminWindow.page.getByRole('row', { name: new RegExp(operatorEmail(product, 'supportAgent')) });
    await row.getByRole('button', { name: 'End sessions' }).click();
    await adminWindow.page.getByRole('button', { name: 'OK', exact: true }).click();
    await adminWindow.page.getByText(/^Every session of .* has ended\.$/).waitFor();
    await window.page.reload();
    await window.page.getByRole('heading', { name: 'Sign in to the console' }).waitFor();
    for (const { page } of [window, adminWindow]) await page.context().close();
  });

  it('locks a page in whose browser somebody else has signed in, heard of or not, and asks there for no password', async () => {
    const { page, complaints } = await openWindow(browser);
    await new Operator(page, product, 'privacyOfficer').signIn();
    await moveClock('PT20M');
    await withinConsole(page, '/audit');
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor();
    const tab = await openTab(page.context(), complaints);
    await new Operator(tab, product, 'auditor').signIn();
    await page.getByRole('heading', { name: 'This page is locked' }).waitFor();
    await dialog.waitFor({ state: 'hidden' });
    const credentials = { email: operatorEmail(product, 'privacyOfficer'), password: demoOf(product).password };
    expect(
      (
        await page.context().request.post(`${product.url}/api/v1/operator/sessions`, {
          data: credentials,
          headers: { origin: product.url },
        })
      ).status(),
    ).toBe(200);
    await withinConsole(tab, '/audit');
    await tab.getByRole('heading', { name: 'This page is locked' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('saw no error in the console windows', () => {
    expect([...editorWindow.complaints, ...approverWindow.complaints]).toEqual([]);
  });
});
