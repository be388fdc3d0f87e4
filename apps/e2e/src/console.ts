import type { Page } from 'playwright-core';
import { demoOf, operatorEmail } from './clients.js';
import type { Product } from './product.js';

/** An operator in front of the console, in English. */
export class Operator {
  constructor(
    readonly page: Page,
    private readonly product: Product,
    private readonly role: string,
  ) {}

  async signIn(): Promise<void> {
    await this.page.goto(`${this.product.url}/console`);
    await this.page.getByLabel('Email').fill(operatorEmail(this.product, this.role));
    await this.page.getByLabel('Password', { exact: true }).fill(demoOf(this.product).password);
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await this.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  }

  /** Gives the password again where a session has ended; what was on the page stays. */
  async signInAgain(): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.getByLabel('Password', { exact: true }).fill(demoOf(this.product).password);
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** Gives the password again before an act that needs it. */
  async stepUp(): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: 'Confirm that it is you' });
    await dialog.getByLabel('Password', { exact: true }).fill(demoOf(this.product).password);
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.product.url}/console${path}`);
    await this.page.getByRole('heading', { level: 1 }).first().waitFor();
  }

  /** Says why, for whom the search box has handed over to the page of subjects; the value is in no address. */
  async findFor(reason: string, value: string): Promise<void> {
    const why = this.page.getByLabel('Reason');
    await why.and(this.page.locator(':focus')).fill(reason);
    if ((await this.page.getByLabel('Value').inputValue()) !== value) throw new Error('the value has not come with it');
    if (!this.page.url().endsWith('/console/subjects')) throw new Error(`the address is ${this.page.url()}`);
    await this.page.getByRole('button', { name: 'Find', exact: true }).click();
  }

  /** Pastes a policy file and saves it as a draft; answers the revision's id. */
  async import(text: string): Promise<string> {
    await this.open('/policies/import');
    await this.page.getByLabel('Or paste the text of a policy file').fill(text);
    await this.page.getByRole('button', { name: 'Save as draft' }).click();
    await this.page.waitForURL(/\/revisions\/[0-9a-f-]{36}$/);
    return this.page.url().split('/').at(-1) ?? '';
  }

  async decide(revisionId: string, act: 'submission' | 'approval', button: string): Promise<void> {
    await this.open(`/revisions/${revisionId}/${act}`);
    await this.page.getByLabel('Comment').fill('Read and compared.');
    await this.page.getByRole('button', { name: button, exact: true }).click();
    await this.page.waitForURL(/\/facts$/);
  }

  /** Schedules at a wall-clock time of the page's zone, `YYYY-MM-DDTHH:mm`. */
  async schedule(revisionId: string, localTime: string): Promise<void> {
    await this.open(`/revisions/${revisionId}/schedule`);
    await this.page.getByLabel('Takes effect').fill(localTime);
    await this.page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await this.page.waitForURL(/\/facts$/);
  }
}

/** Goes to a page as the console itself does, also behind a dialog that would catch a click. */
export async function withinConsole(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState({}, '', '/console${path}'); dispatchEvent(new PopStateEvent('popstate', { state: {} }));`,
  );
}

/** The wall-clock text of an instant in the browser's zone (Asia/Shanghai), to the minute. */
export function shanghaiTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16);
}
