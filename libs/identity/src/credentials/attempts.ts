import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@abide/kernel';
import { Database, requestContext } from '@abide/platform';
import { Vault } from '@abide/vault';

const freeFailures = 5;
const hardStop = 100;
const firstDelaySeconds = 5;
const longestDelaySeconds = 900;
const addressLimit = { most: 20, seconds: 60 };
const messagesFromAddress = { most: 100, seconds: 600 };
const devicesFromAddress = { most: 60, seconds: 60 };
const messagesToReceiver = { most: 10, seconds: 3600 };

/** How many may happen in a window that starts with the first. */
interface WindowLimit {
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

  /** Takes one message from what an address and a receiver may cause. @throws DomainError `session.too_many_attempts`. */
  async takeMessage(to: { readonly type: string; readonly value: string }): Promise<void> {
    const address = requestContext()?.address;
    if (address !== undefined && !isThisMachine(address)) await this.take(`messages|${address}`, messagesFromAddress);
    await this.take(receiver(to), messagesToReceiver);
  }

  /** Takes one new device from what an address may register. @throws DomainError `session.too_many_attempts`. */
  async takeDevice(): Promise<void> {
    const address = requestContext()?.address;
    if (address !== undefined && !isThisMachine(address)) await this.take(`devices|${address}`, devicesFromAddress);
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
  async eraseSubject(subjectId: string, identifiers: readonly { readonly type: string; readonly value: string }[]): Promise<void> {
    for (const { type, value } of identifiers) await this.forgive(receiver({ type, value }));
    await this.forgive(subjectAttempts(subjectId));
    await this.forgiveCodes(subjectId);
  }

  /** Deletes counters that nothing has touched since `before`; stopped accounts stay stopped until `stoppedBefore`. */
  async sweep(before: Date, stoppedBefore: Date): Promise<void> {
    await this.db.execute('DELETE FROM identity.attempt_counters WHERE last_at < $1 AND (failures < $2 OR last_at < $3)', [before, hardStop, stoppedBefore]);
  }

  private async onAccount<T>(account: string, check: () => Promise<T>): Promise<T> {
    await this.requireOpenAccount(account);
    const result = await check().catch((error: unknown) => this.countFailure(account, error));
    await this.requireOpenAccount(account);
    await this.forgive(account);
    return result;
  }

  private async paidByAddress<T>(what: string, attempt: () => Promise<T>): Promise<T> {
    const name = `${what}|${requestContext()?.address ?? 'none'}`;
    const window = await this.take(name, addressLimit);
    try {
      const result = await attempt();
      await this.giveBack(name, window);
      return result;
    } catch (error) {
      if (!isWrongCredential(error)) await this.giveBack(name, window);
      throw error;
    }
  }

  private async requireOpenAccount(account: string): Promise<void> {
    const row = await this.find(account);
    if (!row) return;
    if (row.failures >= hardStop) {
      throw new DomainError('tooMany', 'session.account_stopped', { detail: 'Too many failed attempts. Reset the password, or ask an administrator.' });
    }
    const waited = Math.abs(this.clock.now().getTime() - row.last_at.getTime()) / 1000;
    if (waited < delaySeconds(row.failures)) throw tooMany(delaySeconds(row.failures) - waited);
  }

  /** Only a wrong credential counts, and only once while the account has to wait. */
  private async countFailure(account: string, error: unknown): Promise<never> {
    if (!isWrongCredential(error)) throw error;
    const counted = await this.db.execute(
      `INSERT INTO identity.attempt_counters AS counter (key, failures, started_at, last_at) VALUES ($1, 1, $2, $2)
       ON CONFLICT (key) DO UPDATE SET failures = counter.failures + 1, last_at = $2
       WHERE counter.failures < $3
          OR (counter.failures < $4 AND abs(extract(epoch FROM $2 - counter.last_at)) >= least($6, $5 * power(2, counter.failures - $3)))`,
      [await this.keyOf(account), this.clock.now(), freeFailures, hardStop, firstDelaySeconds, longestDelaySeconds],
    );
    if (counted === 0) await this.requireOpenAccount(account);
    throw error;
  }

  /**
   * Counts and judges in one statement, so that of many taken in parallel no more than the limit are had, in whatever order their
   * clocks were read. Resolves to the start of the window.
   */
  private async take(name: string, limit: WindowLimit): Promise<Date> {
    const now = this.clock.now();
    const [taken] = await this.db.query<{ started_at: Date }>(
      `INSERT INTO identity.attempt_counters AS counter (key, failures, started_at, last_at) VALUES ($1, 1, $2, $2)
       ON CONFLICT (key) DO UPDATE SET
         failures = CASE WHEN abs(extract(epoch FROM $2 - counter.started_at)) >= $3 THEN 1 ELSE counter.failures + 1 END,
         started_at = CASE WHEN abs(extract(epoch FROM $2 - counter.started_at)) >= $3 THEN $2 ELSE counter.started_at END,
         last_at = $2
       WHERE counter.failures < $4 OR abs(extract(epoch FROM $2 - counter.started_at)) >= $3
       RETURNING started_at`,
      [await this.keyOf(name), now, limit.seconds, limit.most],
    );
    if (taken) return taken.started_at;
    const full = await this.find(name);
    throw tooMany(full ? this.secondsLeft(full, limit) : limit.seconds);
  }

  /** Gives one back to the window it was taken from; a later window keeps what it has. */
  private async giveBack(name: string, startedAt: Date): Promise<void> {
    await this.db.execute('UPDATE identity.attempt_counters SET failures = failures - 1 WHERE key = $1 AND started_at = $2 AND failures > 0', [await this.keyOf(name), startedAt]);
  }

  private async find(name: string): Promise<CounterRow | undefined> {
    const [row] = await this.db.query<CounterRow>('SELECT failures, started_at, last_at FROM identity.attempt_counters WHERE key = $1', [await this.keyOf(name)]);
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

/** Seconds to wait after the n-th failure in a row: none below five, then 5, 10, 20, … up to a quarter of an hour. */
export function delaySeconds(failures: number): number {
  return failures < freeFailures ? 0 : Math.min(longestDelaySeconds, firstDelaySeconds * 2 ** (failures - freeFailures));
}

/** Tools on the machine itself, such as a load test; clients behind the trusted proxy have their own address. */
function isThisMachine(address: string): boolean {
  return address === '127.0.0.1' || address === '::1';
}

/** A wrong password, client secret or code: what guessing looks like. */
function isWrongCredential(error: unknown): boolean {
  return error instanceof DomainError && (error.kind === 'unauthenticated' || error.code === 'verification.wrong_code');
}

function tooMany(seconds: number): DomainError {
  const retryAfterSeconds = Math.max(1, Math.ceil(seconds));
  return new DomainError('tooMany', 'session.too_many_attempts', { detail: `Too many attempts. Try again in ${retryAfterSeconds} seconds.`, extra: { retryAfterSeconds } });
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
