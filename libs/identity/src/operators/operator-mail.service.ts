import { Injectable } from '@nestjs/common';
import type { Locale } from '@abide/kernel';
import { Database, Delivery } from '@abide/platform';
import { localeOf } from './operator-links.service.js';
import { Operators } from './operators.service.js';

/** Mail to operators about their work: nothing in it is about a person. */
@Injectable()
export class OperatorMail {
  constructor(
    private readonly db: Database,
    private readonly delivery: Delivery,
    private readonly operators: Operators,
  ) {}

  /** Sends outside of transactions; to nobody who may no longer sign in, and nothing where no mail goes out. @throws what the hand-over throws */
  async send(
    operatorId: string,
    compose: (locale: Locale) => { readonly subject: string; readonly text: string },
  ): Promise<void> {
    const operator = await this.operators.get(operatorId);
    if (!operator.isActive || !this.delivery.isConfigured('email')) return;
    await this.delivery.send({ channel: 'email', to: operator.email, ...compose(localeOf(operator)) });
  }

  async wantsDigest(operatorId: string): Promise<boolean> {
    return (await this.operators.get(operatorId)).wantsDigest;
  }

  async setDigest(operatorId: string, isWanted: boolean): Promise<void> {
    await this.db.execute('UPDATE identity.operators SET wants_digest = $2 WHERE id = $1', [operatorId, isWanted]);
  }

  /** Whose digest of this day nobody has made yet; from now on it counts as made. In the transaction that queues it. */
  async claimDigests(since: Date, now: Date): Promise<string[]> {
    const claimed = await this.db.query<{ id: string }>(
      `UPDATE identity.operators SET digest_at = $2
       WHERE wants_digest AND is_active AND password_hash IS NOT NULL AND (digest_at IS NULL OR digest_at < $1) RETURNING id`,
      [since, now],
    );
    return claimed.map(({ id }) => id);
  }
}
