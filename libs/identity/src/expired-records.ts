import { Injectable } from '@nestjs/common';
import {
  Database,
  deleteCounted,
  isSpared,
  rowsIn,
  sparedParameter,
  type AffectedCount,
  type Expiry,
} from '@abide/platform';
import { pendingDays } from './guardianships/guardian.rules.js';

/** SQL for what of a table is over: its key, what a row is of, when it is from, and which rows go (`$1`: now). Tokens go before their session. */
const over = [
  {
    table: 'identity.verifications',
    key: 'subject_id, id',
    category: `'none'`,
    since: 'created_at',
    isOver: 'held.ends_at < $1',
  },
  {
    table: 'identity.session_tokens',
    key: 'subject_id, token_hash',
    category: `'none'`,
    since: 'issued_at',
    isOver: `EXISTS (SELECT FROM identity.subject_sessions session
      WHERE session.subject_id = held.subject_id AND session.id = held.session_id AND session.expires_at < $1)`,
  },
  {
    table: 'identity.subject_sessions',
    key: 'subject_id, id',
    category: `'none'`,
    since: 'created_at',
    isOver: `held.expires_at < $1 AND NOT EXISTS (SELECT FROM identity.session_tokens token
      WHERE token.subject_id = held.subject_id AND token.session_id = held.id)`,
  },
  {
    table: 'identity.guardianships',
    key: 'subject_id, id',
    category: `'guardian.identity'`,
    since: 'requested_at',
    isOver: `held.state = 'pending' AND held.requested_at < $1::timestamptz - interval '${pendingDays} days'`,
  },
  {
    table: 'identity.sign_ins',
    key: 'subject_id, id',
    category: `'client.signIn'`,
    since: 'at',
    isOver: 'held.kept_until <= $1',
  },
] as const;

/** Codes, sessions and unanswered requests to guardians that are over, and sign-ins that the law had kept of erased people. */
@Injectable()
export class ExpiredRecords {
  constructor(private readonly db: Database) {}

  async delete({ now, limit, except }: Expiry): Promise<AffectedCount[]> {
    return this.db.transaction(async () => {
      const counts: AffectedCount[] = [];
      for (const { table, key, category, since, isOver } of over) {
        const spared = isSpared({ subjectId: 'held.subject_id', category, occurredAt: `held.${since}` }, '$3');
        const where = `(${key}) IN (SELECT ${key} FROM ${table} AS held WHERE ${isOver} AND NOT ${spared} LIMIT $2)`;
        const parameters = [now, limit - rowsIn(counts), sparedParameter(except)];
        counts.push(...(await deleteCounted(this.db, { table, category, where }, parameters)));
      }
      return counts;
    });
  }
}
