import { Injectable } from '@nestjs/common';
import { dayInMilliseconds } from '@abide/kernel';
import { Database, type Position } from '@abide/platform';
import { Vault, type Place } from '@abide/vault';
import { pendingDays, type Guardian } from './guardian.rules.js';
import { Guardianship } from './guardianship.entity.js';

/** A guardianship with the guardian in the open; null once the guardian has been erased. */
export interface OpenedGuardianship {
  readonly guardianship: Guardianship;
  readonly guardian: Guardian | null;
}

type Whose = Pick<Guardianship, 'subjectId' | 'id'>;

/** The rows of guardianships, sealed under the minor's keys. */
@Injectable()
export class GuardianshipRecords {
  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
  ) {}

  /** A page of a minor's, newest first: `limit` and one more, to tell that there are more. */
  async pageOfMinor(subjectId: string, limit: number, after: Position | null): Promise<OpenedGuardianship[]> {
    const query = this.db.manager.createQueryBuilder(Guardianship, 'held').where('held.subjectId = :subjectId', { subjectId });
    if (after) query.andWhere('(held.requestedAt, held.id) < (:at, :id)', after);
    const rows = await query.orderBy('held.requestedAt', 'DESC').addOrderBy('held.id', 'DESC').limit(limit + 1).getMany();
    const opened: OpenedGuardianship[] = [];
    for (const guardianship of rows) opened.push({ guardianship, guardian: await this.open(guardianship) });
    return opened;
  }

  /** A page of the confirmed ones that name `guardianId`, newest first: `limit` and one more. */
  async pageOfGuardian(guardianId: string, limit: number, after: Position | null): Promise<Guardianship[]> {
    const query = this.db.manager.createQueryBuilder(Guardianship, 'held').where("held.guardianId = :guardianId AND held.state = 'confirmed'", { guardianId });
    if (after) query.andWhere('(held.confirmedAt, held.id) < (:at, :id)', after);
    return query.orderBy('held.confirmedAt', 'DESC').addOrderBy('held.id', 'DESC').limit(limit + 1).getMany();
  }

  /** Every one of this guardian and this minor, whatever its state, the oldest first. */
  async between(guardianId: string, subjectId: string): Promise<Guardianship[]> {
    return this.db.manager.find(Guardianship, { where: { subjectId, guardianId }, order: { requestedAt: 'ASC', id: 'ASC' }, take: 100 });
  }

  async open(row: Guardianship): Promise<Guardian | null> {
    return row.guardian && (JSON.parse(await this.vault.open(placeOf(row), row.guardian)) as Guardian);
  }

  async seal(whose: Whose, guardian: Guardian): Promise<Buffer> {
    return this.vault.seal(placeOf(whose), JSON.stringify(guardian));
  }

  /** Deletes those that no guardian confirmed in time, `limit` at most; resolves to how many went. */
  async forgetUnconfirmed(now: Date, limit: number): Promise<number> {
    return this.db.execute(
      `DELETE FROM identity.guardianships WHERE (subject_id, id) IN (
         SELECT subject_id, id FROM identity.guardianships WHERE state = 'pending' AND requested_at < $1 LIMIT $2)`,
      [new Date(now.getTime() - pendingDays * dayInMilliseconds), limit],
    );
  }
}

function placeOf({ subjectId, id }: Whose): Place {
  return { subjectId, table: 'identity.guardianships', column: 'guardian', rowId: id };
}
