import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@abide/kernel';
import { Database, networkOf, requestContext } from '@abide/platform';
import { Vault } from '@abide/vault';

const freeFailures = 5;
const hardStop = 100;
const firstDelaySeconds = 5;
const longestDelaySeconds = 900;
/** A stop is no longer than this: whoever guesses on purpose must not keep the owner out. */
const stopSeconds = 86_400;
const addressLimit = { most: 20, seconds: 60 };
const messagesFromAddress = { most: 100, seconds: 600 };
const devicesFromAddress = { most: 60, seconds: 60 };
const messagesToReceiver = { most: 10, seconds: 3600 };
const searchesByOperator = { most: 30, seconds: 600 };

/** How many may happen in a window that starts with the first. */
export interface WindowLimit {
  readonly most: number;
  readonly seconds: number;
}

interface CounterRow {
  failures: number;
  started_at: Date;
  last_at: Date;
}

/**
 * Counts failed sign-ins per account and per network address, in Postgres, so that every process sees the same.
 * Accounts are named by a keyed hash: one that does not exist is slowed like one that does. A clock that
 * was set back does not lock anybody out: only the distance to the last failure counts.
 */
@Injectable()
export class Attempts {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
  ) {}

  /**
   * Runs `check` as one attempt on `account`. The address pays for the attempt before the check, and gets it back unless the
   * credential was wrong. Whether the account has to wait is asked before and again after, so that of many guesses made in
   * parallel a right one is worth nothing once five others have failed. Must not run in a transaction: failures outlive errors.
   * @throws DomainError `session.too_many_attempts`, `session.account_stopped`, or what `check` throws.
   */
  async guard<T>(account: string, check: () => Promise<T>): Promise<T> {
    return this.paidByAddress('address', () => this.onAccount(account, check));
  }

  /**
   * The same for `check`, which looks at a code sent for a subject: however many codes are asked for, wrong ones make the
   * subject's next tries wait and stop them in the end.
   */
  async guardCodes<T>(subjectId: string, check: () => Promise<T>): Promise<T> {
    return this.paidByAddress('codes', () => this.onAccount(codesOf(subjectId), check));
  }

  /** The same, counted apart for each network that tries, so that nobody is kept waiting by what is tried elsewhere. */
  async guardFromNetwork<T>(name: string, check: () => Promise<T>): Promise<T> {
    return this.guard(`${name}|${networkOf(requestContext()?.address) ?? 'none'}`, check);
  }

  /** Takes one message from what an address and a receiver may cause. @throws DomainError `session.too_many_attempts`. */
  async takeMessage(to: { readonly type: string; readonly value: string }): Promise<void> {
    await this.takeMessageFor(await this.receiverKey(to));
  }

  /** The same, to whom an earlier message went. `key`: as `receiverKey` gave it. */
  async takeMessageFor(key: Buffer | null): Promise<void> {
    await this.consumeOneFromNetwork('messages', messagesFromAddress);
    if (key !== null) await this.consume(key, messagesToReceiver);
  }

  /** A keyed hash by which messages to one receiver are counted, to be kept where the address itself must not be. */
  receiverKey(to: { readonly type: string; readonly value: string }): Promise<Buffer> {
    return this.keyOf(receiver(to));
  }

  /** Consumes one of what may happen under a name. @throws DomainError `session.too_many_attempts`. */
  async consumeOne(name: string, limit: WindowLimit): Promise<void> {
    await this.consume(await this.keyOf(name), limit);
  }

  /** Consumes one of what may come from the network that the request comes from. @throws DomainError `session.too_many_attempts`. */
  async consumeOneFromNetwork(what: string, limit: WindowLimit): Promise<void> {
    const network = networkOfRequest();
    if (network !== null) await this.consumeOne(`${what}|${network}`, limit);
  }

  /** Takes one new device from what an address may register. @throws DomainError `session.too_many_attempts`. */
  async takeDevice(): Promise<void> {
    await this.consumeOneFromNetwork('devices', devicesFromAddress);
  }

  /** Takes one search for a subject from what an operator may make, whatever it finds. @throws DomainError `session.too_many_attempts`. */
  async takeSearch(operatorId: string): Promise<void> {
    await this.consumeOne(`searches|${operatorId}`, searchesByOperator);
  }

  /** Forgets the failures of an account, after a success or by an administrator. */
  async forgive(account: string): Promise<void> {
    await this.db.execute('DELETE FROM identity.attempt_counters WHERE key = $1', [await this.keyOf(account)]);
  }

  /** Forgets a subject's wrong codes, once they have proved who they are in another way. */
  async forgiveCodes(subjectId: string): Promise<void> {
    await this.forgive(codesOf(subjectId));
  }

  /** Forgets everything counted for a subject that is erased, and for the identifiers it had. Joins the open transaction. */
  async eraseSubject(
    subjectId: string,
    identifiers: readonly { readonly type: string; readonly value: string }[],
  ): Promise<void> {
    for (const { type, value } of identifiers) await this.forgive(receiver({ type, value }));
    await this.forgive(subjectAttempts(subjectId));
    await this.forgiveCodes(subjectId);
  }

  /** Deletes counters that nothing has touched since `before`. */
  async sweep(before: Date): Promise<void> {
    await this.db.execute('DELETE FROM identity.attempt_counters WHERE last_at < $1', [before]);
  }

  private async onAccount<T>(account: string, check: () => Promise<T>): Promise<T> {
    await this.requireOpenAccount(account);
    const result = await check().catch((error: unknown) => this.countFailure(account, error));
    await this.requireOpenAccount(account);
    await this.forgive(account);
    return result;
  }

  private async paidByAddress<T>(what: string, attempt: () => Promise<T>): Promise<T> {
    const key = await this.keyOf(`${what}|${networkOf(requestContext()?.address) ?? 'none'}`);
    const window = await this.consume(key, addressLimit);
    try {
      const result = await attempt();
      await this.giveBack(key, window);
      return result;
    } catch (error) {
      if (!isWrongCredential(error)) await this.giveBack(key, window);
      throw error;
    }
  }

  private async requireOpenAccount(account: string): Promise<void> {
    const row = await this.find(await this.keyOf(account));
    if (!row) return;
    const waited = Math.abs(this.clock.now().getTime() - row.last_at.getTime()) / 1000;
    const left = delaySeconds(row.failures) - waited;
    if (left > 0) throw row.failures >= hardStop ? stopped(left) : tooMany(left);
  }

  /** Only a wrong credential counts, and only once while the account has to wait. */
  private async countFailure(account: string, error: unknown): Promise<never> {
    if (!isWrongCredential(error)) throw error;
    const counted = await this.db.execute(
      `INSERT INTO identity.attempt_counters AS counter (key, failures, started_at, last_at) VALUES ($1, 1, $2, $2)
       ON CONFLICT (key) DO UPDATE SET failures = CASE WHEN counter.failures >= $4 THEN 1 ELSE counter.failures + 1 END, last_at = $2
       WHERE counter.failures < $3 OR abs(extract(epoch FROM $2 - counter.last_at)) >=
         CASE WHEN counter.failures >= $4 THEN $7 ELSE least($6, $5 * power(2, counter.failures - $3)) END`,
      [
        await this.keyOf(account),
        this.clock.now(),
        freeFailures,
        hardStop,
        firstDelaySeconds,
        longestDelaySeconds,
        stopSeconds,
      ],
    );
    if (counted === 0) await this.requireOpenAccount(account);
    throw error;
  }

  /**
   * Counts and judges in one statement, so that of many taken in parallel no more than the limit are had, in whatever order their
   * clocks were read. Resolves to the start of the window.
   */
  private async consume(key: Buffer, limit: WindowLimit): Promise<Date> {
    const now = this.clock.now();
    const [taken] = await this.db.query<{ started_at: Date }>(
      `INSERT INTO identity.attempt_counters AS counter (key, failures, started_at, last_at) VALUES ($1, 1, $2, $2)
       ON CONFLICT (key) DO UPDATE SET
         failures = CASE WHEN abs(extract(epoch FROM $2 - counter.started_at)) >= $3 THEN 1 ELSE counter.failures + 1 END,
         started_at = CASE WHEN abs(extract(epoch FROM $2 - counter.started_at)) >= $3 THEN $2 ELSE counter.started_at END,
         last_at = $2
       WHERE counter.failures < $4 OR abs(extract(epoch FROM $2 - counter.started_at)) >= $3
       RETURNING started_at`,
      [key, now, limit.seconds, limit.most],
    );
    if (taken) return taken.started_at;
    const full = await this.find(key);
    throw tooMany(full ? this.secondsLeft(full, limit) : limit.seconds);
  }

  /** Gives one back to the window it was taken from; a later window keeps what it has. */
  private async giveBack(key: Buffer, startedAt: Date): Promise<void> {
    await this.db.execute(
      'UPDATE identity.attempt_counters SET failures = failures - 1 WHERE key = $1 AND started_at = $2 AND failures > 0',
      [key, startedAt],
    );
  }

  private async find(key: Buffer): Promise<CounterRow | undefined> {
    const [row] = await this.db.query<CounterRow>(
      'SELECT failures, started_at, last_at FROM identity.attempt_counters WHERE key = $1',
      [key],
    );
    return row;
  }

  /** Names hold addresses and identifiers, which are few enough to be tried out: a plain hash would give them away. */
  private keyOf(name: string): Promise<Buffer> {
    return this.vault.blindIndex('identity.attempts', name);
  }

  private secondsLeft({ started_at }: CounterRow, { seconds }: WindowLimit): number {
    return seconds - Math.abs(this.clock.now().getTime() - started_at.getTime()) / 1000;
  }
}

/** Seconds to wait after the n-th failure in a row: none below five, then 5, 10, 20, … up to a quarter of an hour; a day after the hundredth. */
export function delaySeconds(failures: number): number {
  if (failures >= hardStop) return stopSeconds;
  return failures < freeFailures
    ? 0
    : Math.min(longestDelaySeconds, firstDelaySeconds * 2 ** (failures - freeFailures));
}

/** Where the request comes from; null where it is this machine, or nowhere. */
function networkOfRequest(): string | null {
  const address = requestContext()?.address;
  return address === undefined || isThisMachine(address) ? null : networkOf(address);
}

/** Tools on the machine itself, such as a load test; clients behind the trusted proxy have their own address. */
function isThisMachine(address: string): boolean {
  return address === '127.0.0.1' || address === '::1';
}

/** A wrong password, client secret or code: what guessing looks like. */
function isWrongCredential(error: unknown): boolean {
  return error instanceof DomainError && (error.kind === 'unauthenticated' || error.code === 'verification.wrong_code');
}

function stopped(seconds: number): DomainError {
  const retryAfterSeconds = Math.ceil(seconds);
  return new DomainError('tooMany', 'session.account_stopped', {
    detail:
      'Too many failed attempts: this way in stays closed for a day. Another way stays open: a code instead of the password, or the password instead of a code.',
    extra: { retryAfterSeconds },
  });
}

function tooMany(seconds: number): DomainError {
  const retryAfterSeconds = Math.max(1, Math.ceil(seconds));
  return new DomainError('tooMany', 'session.too_many_attempts', {
    detail: `Too many attempts. Try again in ${retryAfterSeconds} seconds.`,
    extra: { retryAfterSeconds },
  });
}

/** The name under which a subject's wrong passwords are counted, whichever identifier they were tried with. */
export function subjectAttempts(subjectId: string): string {
  return `subject|${subjectId}`;
}

function receiver({ type, value }: { readonly type: string; readonly value: string }): string {
  return `messages-to|${type}|${value}`;
}

function codesOf(subjectId: string): string {
  return `codes-of|${subjectId}`;
}
