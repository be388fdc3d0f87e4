import { Injectable } from '@nestjs/common';
import {
  isUsable,
  kindsFrom,
  kindValues,
  StoredUses,
  withAbsent,
  type DecidedUses,
  type CategoryPrecision,
  type RefusedUse,
  type StoredKind,
  type UseQuestion,
} from '@abide/consent';
import { Clock } from '@abide/kernel';
import { Database, readCursor, toPage } from '@abide/platform';
import { fixCategories } from '../fix.entity.js';
import { coarseResolution } from '../places/place.rules.js';
import { OpenedFixes, type OpenedFix, type StoredFix } from './opened-fixes.js';

export interface TrailQuestion extends UseQuestion {
  readonly from: Date;
  readonly to: Date;
  readonly limit: number;
  readonly cursor?: string;
}

export interface Trail {
  readonly items: readonly OpenedFix[];
  readonly refused: readonly RefusedUse[];
  readonly nextCursor: string | null;
}

const ever = { from: new Date(0), to: new Date('9999-01-01T00:00:00Z') };
const least: CategoryPrecision = { h3: coarseResolution };

/** Tells where a subject was, for a stated purpose and only as exactly as the gate allows at that moment. */
@Injectable()
export class Trails {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly uses: StoredUses,
    private readonly opened: OpenedFixes,
  ) {}

  /** Newest first. @throws DomainError `request.bad_cursor` */
  async follow(asked: TrailQuestion): Promise<Trail> {
    const decided = await this.uses.decide(asked, await this.kindsOf(asked));
    const { refused, precisionOf } = decided;
    const rows = await this.rowsOf(asked, decided);
    const { items, nextCursor } = toPage(
      rows,
      asked.limit,
      (row) => ({ at: row.occurred_at, id: row.fix_id }),
      (row) => row,
    );
    return { items: await this.opened.open(items, (row) => precisionOf(row) ?? least), refused, nextCursor };
  }

  /** The newest position that may be used; null where there is none. */
  async last(
    asked: UseQuestion,
  ): Promise<{ readonly position: OpenedFix | null; readonly refused: readonly RefusedUse[] }> {
    const { items, refused } = await this.follow({ ...asked, ...ever, limit: 1 });
    return { position: items[0] ?? null, refused };
  }

  /** Which categories are there, by the service they were taken in; one that is not is asked about all the same. */
  private async kindsOf({ subjectId, from, to, service }: TrailQuestion): Promise<StoredKind[]> {
    const found = await this.db.query<StoredKind>(
      `SELECT DISTINCT category, service FROM location.fixes
       WHERE subject_id = $1 AND occurred_at >= $2 AND occurred_at < $3 AND (retain_until IS NULL OR retain_until > $4) ORDER BY 1, 2`,
      [subjectId, from, to, this.clock.now()],
    );
    return withAbsent(found, fixCategories, service);
  }

  private async rowsOf(
    { subjectId, purpose, from, to, limit, cursor }: TrailQuestion,
    { allowed, utcOffsetHours }: DecidedUses,
  ): Promise<StoredFix[]> {
    const after = readCursor(cursor);
    return this.db.query<StoredFix>(
      `SELECT fix.* FROM location.fixes fix JOIN ${kindsFrom(9)} ON ${isUsable('fix', { purpose: 8, now: 4, utcOffsetHours })}
       WHERE subject_id = $1 AND occurred_at >= $2 AND occurred_at < $3 AND (retain_until IS NULL OR retain_until > $4)
         AND ($5::timestamptz IS NULL OR (occurred_at, fix_id) < ($5, $6::uuid))
       ORDER BY occurred_at DESC, fix_id DESC LIMIT $7`,
      [
        subjectId,
        from,
        to,
        this.clock.now(),
        after?.at ?? null,
        after?.id ?? null,
        limit + 1,
        purpose,
        ...kindValues(allowed),
      ],
    );
  }
}
