import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Credential } from './clients.js';
import type { Product } from './product.js';

// This file holds erasable types only and imports no file beside it as a value, so that plain Node can import it without a build.

/** Who sends batches. */
export interface Sender {
  /** Whom its events are about. */
  readonly subjectIds: readonly string[];
  readonly signIn: () => Promise<Credential>;
}

/** Every part of the product that is killed. */
export type Victim = 'API' | 'PostgreSQL';

/** One kill and how long nothing could be stored after it, in milliseconds. */
export interface Kill {
  readonly victim: Victim;
  readonly recoveredAfter: number;
}

/** What is wrong with what is stored, each by its id; all empty when all is well. */
export interface Findings {
  readonly lost: readonly string[];
  readonly storedTwice: readonly string[];
  readonly neverAcknowledged: readonly string[];
  readonly wrongAnswers: readonly string[];
}

interface Event {
  readonly eventId: string;
  readonly subjectId: string;
  readonly category: string;
  readonly occurredAt: string;
  readonly service: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly personal: Readonly<Record<string, string>>;
}

interface Batch {
  readonly batchId: string;
  readonly events: readonly Event[];
  /** How many of its events, all but the last, are to be stored. */
  readonly acceptable: number;
}

interface Answer {
  readonly accepted: number;
  readonly alreadyStored: number;
  readonly refused: readonly { readonly index: number; readonly code: string }[];
  readonly duplicate: boolean;
}

interface Attempt {
  readonly status: number;
  readonly answer: Answer | null;
}

const unknownCategory = 'nobody.registered';
const mostEvents = 20;
const tokenMilliseconds = 4 * 60_000;
const pauseMilliseconds = 20;
const retryMilliseconds = 150;
const answerMilliseconds = 15_000;

/** Sends batches without end, each until it is answered, and keeps account of what was acknowledged. */
export class Ledger {
  private readonly acknowledged = new Set<string>();
  private readonly wrongAnswers: string[] = [];
  private readonly recent: Event[] = [];
  private isOver = false;
  private writers: Promise<void>[] = [];
  private readonly product: Product;
  private readonly senders: readonly Sender[];
  batches = 0;
  resent = 0;

  constructor(product: Product, senders: readonly Sender[]) {
    this.product = product;
    this.senders = senders;
  }

  get events(): number {
    return this.acknowledged.size;
  }

  start(): void {
    this.writers = this.senders.map((sender) => this.write(sender));
  }

  /** Resolves once every batch that was sent has been answered. */
  async finish(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.writers);
  }

  /** Compares what was acknowledged with what stands in the database. */
  async compare(): Promise<Findings> {
    const times = await this.stored();
    return {
      lost: [...this.acknowledged].filter((id) => !times.has(id)),
      storedTwice: [...times].filter(([, count]) => count > 1).map(([id]) => id),
      neverAcknowledged: [...times.keys()].filter((id) => !this.acknowledged.has(id)),
      wrongAnswers: this.wrongAnswers,
    };
  }

  private async stored(): Promise<Map<string, number>> {
    const client = new pg.Client({ connectionString: databaseUrl(this.product) });
    await client.connect();
    const subjects = [...new Set(this.senders.flatMap(({ subjectIds }) => subjectIds))];
    const { rows } = await client.query<{ event_id: string; count: number }>(
      'SELECT event_id, count(*)::int AS count FROM telemetry.events WHERE subject_id = ANY($1) GROUP BY 1',
      [subjects],
    );
    await client.end();
    return new Map(rows.map(({ event_id: id, count }) => [id, count]));
  }

  private async write(sender: Sender): Promise<void> {
    let credential: { headers: Credential; at: number } | null = null;
    for (let turn = 0; !this.isOver; turn += 1) {
      const batch = this.aBatch(sender);
      const headers = async (): Promise<Credential> => {
        if (!credential || Date.now() - credential.at > tokenMilliseconds)
          credential = { headers: await sender.signIn(), at: Date.now() };
        return credential.headers;
      };
      await this.deliver(batch, headers, turn % 4 === 0 ? 2 : 1);
      await sleep(pauseMilliseconds);
    }
  }

  /** Some new events, often one that was acknowledged in another batch, and last one that is to be refused. */
  private aBatch({ subjectIds }: Sender): Batch {
    const fresh = Array.from({ length: 1 + Math.floor(Math.random() * mostEvents) }, () => anEvent(oneOf(subjectIds)));
    const again = this.recent.findLast(({ subjectId }) => subjectIds.includes(subjectId));
    const events = [...fresh, ...(again ? [again] : [])];
    return {
      batchId: crypto.randomUUID(),
      events: [...events, { ...anEvent(oneOf(subjectIds)), category: unknownCategory }],
      acceptable: events.length,
    };
  }

  /** Sends a batch, `copies` at a time, until it is answered; then once more, for the same answer. */
  private async deliver(batch: Batch, headers: () => Promise<Credential>, copies: number): Promise<void> {
    const answers: Answer[] = [];
    for (let tries = 0; answers.length === 0; tries += 1) {
      if (tries > 0) {
        this.resent += 1;
        await sleep(retryMilliseconds);
      }
      const attempts = await Promise.all(Array.from({ length: copies }, () => this.send(batch, headers)));
      for (const { status, answer } of attempts) {
        if (answer) answers.push(answer);
        else if (status >= 400 && status !== 503) this.wrongAnswers.push(`${batch.batchId}: ${status}`);
      }
    }
    this.acknowledge(batch, answers);
    if (Math.random() > 0.1) return;
    const { answer } = await this.send(batch, headers);
    if (answer) this.check(batch, [answers[0] ?? answer, answer], answer.duplicate);
  }

  private acknowledge(batch: Batch, answers: readonly Answer[]): void {
    this.check(batch, answers, answers.filter(({ duplicate }) => !duplicate).length <= 1);
    this.batches += 1;
    for (const event of batch.events.slice(0, batch.acceptable)) this.acknowledged.add(event.eventId);
    this.recent.push(...batch.events.slice(0, 1));
    if (this.recent.length > 50) this.recent.shift();
  }

  /** Every answer of a batch says the same, and that everything acceptable is stored. */
  private check({ batchId, acceptable }: Batch, answers: readonly Answer[], isDuplicateRight: boolean): void {
    const expected = `${acceptable} stored, ${answers[0]?.alreadyStored} before, ${acceptable} event.unknownCategory`;
    const isRight = answers.every(
      ({ accepted, alreadyStored, refused }) =>
        `${accepted} stored, ${alreadyStored} before, ${refused.map(({ index, code }) => `${index} ${code}`).join()}` ===
        expected,
    );
    if (!isRight || !isDuplicateRight) this.wrongAnswers.push(`${batchId}: ${JSON.stringify(answers)}`);
  }

  /** Without an answer where there was none. */
  private async send({ batchId, events }: Batch, headers: () => Promise<Credential>): Promise<Attempt> {
    try {
      const answer = await fetch(`${this.product.url}/api/v1/telemetry/batches`, {
        method: 'POST',
        body: JSON.stringify({ batchId, events }),
        headers: { 'content-type': 'application/json', ...(await headers()) },
        signal: AbortSignal.timeout(answerMilliseconds),
      });
      const body = (await answer.json()) as Answer;
      return { status: answer.status, answer: answer.status === 200 ? body : null };
    } catch {
      return { status: 0, answer: null };
    }
  }
}

const restartsAMinute = 5;
const mostMilliseconds = 60_000;

/** Kills parts of the product without warning, and measures how long it takes until batches are acknowledged again. */
export class Killer {
  private readonly apiKills: number[] = [];
  private readonly product: Product;
  private readonly ledger: Ledger;

  constructor(product: Product, ledger: Ledger) {
    this.product = product;
    this.ledger = ledger;
  }

  /** @throws Error when nothing is acknowledged for a minute */
  async kill(victim: Victim): Promise<Kill> {
    await sleep(300 + Math.random() * 1200);
    if (victim === 'API') await this.restUntilRestartsAreAllowed();
    const pid = pidOf(this.product, victim);
    process.kill(pid, 'SIGKILL');
    const killedAt = Date.now();
    await this.until(async () => pidOf(this.product, victim) !== pid && (await isReady(this.product)));
    const { batches } = this.ledger;
    await this.until(async () => this.ledger.batches > batches);
    return { victim, recoveredAfter: Date.now() - killedAt };
  }

  /** `npm start` takes a server that ends more often for one that cannot run. */
  private async restUntilRestartsAreAllowed(): Promise<void> {
    const oldest = this.apiKills.at(-restartsAMinute) ?? 0;
    await sleep(Math.max(0, oldest + 61_000 - Date.now()));
    this.apiKills.push(Date.now());
  }

  private async until(isSo: () => Promise<boolean>): Promise<void> {
    for (const endsAt = Date.now() + mostMilliseconds; Date.now() < endsAt; await sleep(50)) if (await isSo()) return;
    throw new Error(`The product did not recover:\n${this.product.output().slice(-4000)}`);
  }
}

type Clients = Pick<
  typeof import('./clients.js'),
  'aRegisteredPerson' | 'aService' | 'call' | 'signInPerson' | 'signInService'
>;

/** Services that send about three new people, and one of those about themselves. */
export async function threeServicesAndAPerson(product: Product, clients: Clients): Promise<Sender[]> {
  const inForce = (await clients.call(product, 'GET', 'policies')).body.items.map(
    (one: { revision: { id: string } }) => one.revision.id,
  );
  const emails = ['ledger.one@example.com', 'ledger.two@example.com', 'ledger.three@example.com'];
  const subjectIds: string[] = [];
  for (const email of emails) subjectIds.push((await clients.aRegisteredPerson(product, email, inForce)).subjectId);
  const secret = await clients.aService(product, ['telemetry:write']);
  const services = Array.from({ length: 3 }, () => ({
    subjectIds,
    signIn: () => clients.signInService(product, secret),
  }));
  return [
    ...services,
    { subjectIds: subjectIds.slice(0, 1), signIn: () => clients.signInPerson(product, emails[0] ?? '') },
  ];
}

function pidOf({ folder }: Product, victim: Victim): number {
  try {
    return Number(
      readFileSync(join(folder, victim === 'API' ? 'abide.pid' : 'postgres/postmaster.pid'), 'utf8').split('\n')[0],
    );
  } catch {
    return 0;
  }
}

function isReady({ url }: Product): Promise<boolean> {
  return fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** The address of the embedded database's owner. */
export function databaseUrl({ folder }: Product): string {
  const { password } = JSON.parse(readFileSync(join(folder, 'postgres/abide.json'), 'utf8')) as { password: string };
  const port = readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[3];
  return `postgres://postgres:${password}@127.0.0.1:${port}/abide`;
}

function anEvent(subjectId: string): Event {
  return {
    eventId: crypto.randomUUID(),
    subjectId,
    category: 'log.device',
    occurredAt: new Date().toISOString(),
    service: 'ticketing',
    attributes: { osName: 'Harmony', model: 'One' },
    personal: { deviceName: '林晓的手机' },
  };
}

function oneOf<Item>(items: readonly Item[]): Item {
  return items[Math.floor(Math.random() * items.length)] as Item;
}
