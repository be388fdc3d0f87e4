import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@abide/kernel';
import { Database, requestContext } from '@abide/platform';

const freeFailures = 5;
const hardStop = 100;
const firstDelaySeconds = 5;
const longestDelaySeconds = 900;
const addressLimit = { most: 20, seconds: 60 };

/** How many may happen in a window that starts with the first. */
export interface WindowLimit {
  readonly most: number;
  readonly seconds: number;
}

interface CounterRow {
  failures: number;
  last_at: Date;
}

/**
 * Counts failed sign-ins per account and per network address, in Postgres, so that every process sees the same.
 * Accounts are named by whatever was typed, hashed: one that does not exist is slowed like one that does.
 */
@Injectable()
export class Attempts {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `check` as one attempt on `account`. The attempt counts as failed before it runs, so that guesses made in
   * parallel count too, and is forgiven when `check` resolves. Must not run in a transaction: failures outlive errors.
   * @throws DomainError `session.too_many_attempts` when the account or the address has to wait.
   */
  async guard<T>(account: string, check: () => Promise<T>): Promise<T> {
    const address = `address|${requestContext()?.address ?? 'none'}`;
    await this.take(address, addressLimit);
    await this.countFailure(account);
    const result = await check();
    await this.forgive(account);
    await this.giveBack(address);
    return result;
  }

  /** Takes one from a window of `limit`. Joins the open transaction. @throws DomainError `session.too_many_attempts` when none is left. */
  async take(name: string, limit: WindowLimit): Promise<void> {
    const now = this.clock.now();
    const openSince = new Date(now.getTime() - limit.seconds * 1000);
    const [row] = await this.db.query<{ failures: number; started_at: Date }>(
      `INSERT INTO identity.attempt_counters AS counter (key, failures, started_at, last_at) VALUES ($1, 1, $2, $2)
       ON CONFLICT (key) DO UPDATE SET
         failures = CASE WHEN counter.started_at <= $3 THEN 1 ELSE counter.failures + 1 END,
         started_at = CASE WHEN counter.started_at <= $3 THEN $2 ELSE counter.started_at END,
         last_at = $2
       RETURNING failures, started_at`,
      [keyOf(name), now, openSince],
    );
    if (row && row.failures > limit.most) throw tooMany(limit.seconds - (now.getTime() - row.started_at.getTime()) / 1000);
  }

  /** Forgets the failures of an account, after a success or by an administrator. */
  async forgive(account: string): Promise<void> {
    await this.db.execute('DELETE FROM identity.attempt_counters WHERE key = $1', [keyOf(account)]);
  }

  /** Deletes counters that nothing has touched since `before`; stopped accounts stay stopped. */
  async sweep(before: Date): Promise<void> {
    await this.db.execute('DELETE FROM identity.attempt_counters WHERE last_at < $1 AND failures < $2', [before, hardStop]);
  }

  private async countFailure(account: string): Promise<void> {
    const now = this.clock.now();
    const counted = await this.db.execute(
      `INSERT INTO identity.attempt_counters AS counter (key, failures, started_at, last_at) VALUES ($1, 1, $2, $2)
       ON CONFLICT (key) DO UPDATE SET failures = counter.failures + 1, last_at = $2
       WHERE counter.failures < $3
          OR (counter.failures < $4 AND counter.last_at + make_interval(secs => least($6, $5 * power(2, counter.failures - $3))) <= $2)`,
      [keyOf(account), now, freeFailures, hardStop, firstDelaySeconds, longestDelaySeconds],
    );
    if (counted === 0) throw await this.refusal(account, now);
  }

  private async refusal(account: string, now: Date): Promise<DomainError> {
    const [row] = await this.db.query<CounterRow>('SELECT failures, last_at FROM identity.attempt_counters WHERE key = $1', [keyOf(account)]);
    if (!row) return tooMany(1);
    if (row.failures >= hardStop) {
      return new DomainError('tooMany', 'session.account_stopped', { detail: 'Too many failed attempts. Reset the password, or ask an administrator.' });
    }
    return tooMany(delaySeconds(row.failures) - (now.getTime() - row.last_at.getTime()) / 1000);
  }

  private async giveBack(name: string): Promise<void> {
    await this.db.execute('UPDATE identity.attempt_counters SET failures = failures - 1 WHERE key = $1 AND failures > 0', [keyOf(name)]);
  }
}

/** Seconds to wait after the n-th failure in a row: none below five, then 5, 10, 20, … up to a quarter of an hour. */
export function delaySeconds(failures: number): number {
  return failures < freeFailures ? 0 : Math.min(longestDelaySeconds, firstDelaySeconds * 2 ** (failures - freeFailures));
}

function tooMany(seconds: number): DomainError {
  const retryAfterSeconds = Math.max(1, Math.ceil(seconds));
  return new DomainError('tooMany', 'session.too_many_attempts', { detail: `Too many attempts. Try again in ${retryAfterSeconds} seconds.`, extra: { retryAfterSeconds } });
}

function keyOf(name: string): Buffer {
  return createHash('sha256').update(name).digest();
}
