import { Clock, dayInMilliseconds, newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { catalogue } from '@abide/rulebook';
import { aServiceToken, createConsentApp } from './app.js';
import { ladder, optOutPurposes, recipients, signingPolicy } from './ladder.js';
import type { NaiveChange, NaiveInstallation, NaiveRevision } from './naive-facts.js';
import { naiveAtoms } from './naive-policy.js';

type Published = NaiveRevision & { readonly id: string };

const registered = {
  services: ['ticketing', 'signing'],
  countries: ['CN', 'SG', 'US'],
  purposes: catalogue.purposes.map(({ code }) => code),
  categories: catalogue.categories.map(({ code }) => code),
};

/** Long enough before a token ends for everything that is sent in one step. */
const tokenMilliseconds = 4 * 60_000;

/** The installation of the model test: its policies climb a ladder, and every text ever in force is kept for the reference. */
export class ModelInstallation {
  private readonly published: Published[] = [];
  private rung = 0;
  private serviceToken = { text: '', at: -Infinity };

  private constructor(
    readonly test: TestApp,
    private readonly staff: PolicyStaff,
  ) {}

  static async open(): Promise<ModelInstallation> {
    const test = await createConsentApp({ ABIDE_ROLE: 'web' });
    const installation = new ModelInstallation(test, await PolicyStaff.open(test));
    await installation.registerRecipients();
    await installation.publish(0);
    const id = await installation.staff.inForce(signingPolicy);
    installation.keep(id, { service: 'signing', number: 1, document: signingPolicy, freshConsent: [] });
    return installation;
  }

  close(): Promise<void> {
    return this.test.close();
  }

  get reference(): NaiveInstallation {
    const purposes = [...new Set(this.published.flatMap(({ atoms }) => atoms.map(({ purpose }) => purpose)))];
    return { revisions: this.published, recipients, optOutPurposes, purposes, registered };
  }

  now(): number {
    return this.test.get(Clock).now().getTime();
  }

  /** The newest text of each policy. */
  inForce(): Published[] {
    return this.published.filter(
      (one) => !this.published.some(({ policy, number }) => policy === one.policy && number > one.number),
    );
  }

  get canClimb(): boolean {
    return this.rung < ladder.length - 1;
  }

  /** `meanwhile` comes about while a text is announced and not yet in force. */
  climb(meanwhile: () => Promise<void>): Promise<void> {
    return this.publish(this.rung + 1, meanwhile);
  }

  /** Back to the first text, under a new number, before anybody registers who is to climb again. */
  async descend(): Promise<void> {
    if (this.rung > 0) await this.publish(0);
  }

  async advance(days: number): Promise<void> {
    await this.test.request({ method: 'POST', path: 'dev/clock', body: { advance: `P${days}D` } });
  }

  async ask(items: readonly object[], hasSignal: boolean): Promise<Record<string, any>[]> {
    if (this.now() - this.serviceToken.at > tokenMilliseconds) await this.signServiceIn();
    const answer = await this.test.request({
      method: 'POST',
      path: 'decisions/batch',
      token: this.serviceToken.text,
      headers: hasSignal ? { 'sec-gpc': '1' } : {},
      body: { items },
    });
    if (answer.status !== 200) throw new Error(`The questions were refused: ${answer.text}`);
    return answer.body.items.map(({ results }: { results: unknown[] }) => results[0]);
  }

  /** Runs add up to years, and secrets live for one: it is as if the service had taken a new one. */
  private async signServiceIn(): Promise<void> {
    const now = new Date(this.now());
    await this.test
      .get(Database)
      .query(
        `UPDATE identity.service_client_secrets SET created_at = $1, expires_at = $1::timestamptz + interval '365 days'`,
        [now],
      );
    this.serviceToken = { text: await aServiceToken(this.test), at: now.getTime() };
  }

  private async publish(rung: number, meanwhile = () => Promise.resolve()): Promise<void> {
    const { document, freshConsent } = ladder[rung] ?? { document: signingPolicy, freshConsent: [] };
    await this.staff.editor.signIn();
    await this.staff.approver.signIn();
    const number = 1 + this.published.filter(({ policy }) => policy === document.policy).length;
    const id = freshConsent.length > 0 ? await this.announce(document, meanwhile) : await this.staff.inForce(document);
    this.keep(id, { service: null, number, document, freshConsent });
    this.rung = rung;
  }

  /** What needs fresh consent takes effect after its lead time. */
  private async announce(document: typeof signingPolicy, meanwhile: () => Promise<void>): Promise<string> {
    const id = await this.staff.approved(document);
    const scheduled = await this.staff.schedule(id, { effectiveAt: await this.staff.inDays(7.01) });
    if (scheduled.status !== 200) throw new Error(`The schedule was refused: ${scheduled.text}`);
    await this.staff.advance('P5D');
    await meanwhile();
    await this.staff.advance('P3D');
    const { state } = await this.staff.revision(id);
    if (state !== 'effective') throw new Error(`The revision is ${state}`);
    return id;
  }

  private keep(
    id: string,
    {
      document,
      ...rest
    }: { service: string | null; number: number; document: typeof signingPolicy; freshConsent: readonly NaiveChange[] },
  ): void {
    this.published.push({
      id,
      policy: document.policy,
      effectiveAt: this.now(),
      atoms: naiveAtoms(document, rest.number),
      ...rest,
    });
  }

  private async registerRecipients(): Promise<void> {
    const db = this.test.get(Database);
    for (const { slug, kind, region, isActive, contractUntil } of recipients) {
      await db.query(
        `INSERT INTO policy.recipients (id, code, kind, name, region, is_active, contract_until, created_at, updated_at) VALUES ($1, $2, $3, '{"zh-CN":"某","en":"Some"}', $4, $5, $6, $7, $7)`,
        [newId(), slug, kind, region, isActive, new Date(contractUntil), new Date(this.now())],
      );
    }
    await db.query('UPDATE policy.registry_state SET version = version + 1');
  }
}

/** The day, in China, on which somebody was born who turns `years` so many days from now. */
export function bornToTurn(years: number, inDays: number, now: number): string {
  const day = new Date(now + inDays * dayInMilliseconds + 8 * 3_600_000).toISOString().slice(0, 10);
  return `${Number(day.slice(0, 4)) - years}${day.slice(4)}`.replace('-02-29', '-02-28');
}
