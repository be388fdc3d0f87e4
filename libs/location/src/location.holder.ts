import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LineageRows } from '@abide/consent';
import {
  Database,
  HolderRegistry,
  type HeldRecord,
  type Holder,
  type HoldingScope,
  type HoldingSummary,
} from '@abide/platform';
import { locationRows } from './location-rows.js';
import { OpenedFixes, type StoredFix } from './trails/opened-fixes.js';

const rowsPerPage = 500;

/** Answers for where subjects were. */
@Injectable()
export class LocationHolder implements Holder, OnModuleInit {
  readonly name = 'location';
  readonly tables = ['location.fixes'];
  readonly honoursSince = true;

  constructor(
    private readonly db: Database,
    private readonly rows: LineageRows,
    private readonly opened: OpenedFixes,
    private readonly holders: HolderRegistry,
  ) {}

  onModuleInit(): void {
    this.holders.register(this);
  }

  describe(subjectId: string, scope?: HoldingScope): Promise<HoldingSummary[]> {
    return this.rows.describe(locationRows, subjectId, scope);
  }

  async *export(subjectId: string): AsyncIterable<HeldRecord> {
    for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
      const rows = await this.db.query<StoredFix>(
        `SELECT * FROM location.fixes WHERE subject_id = $1 AND fix_id > $2 ORDER BY fix_id LIMIT ${rowsPerPage}`,
        [subjectId, last],
      );
      for (const {
        category,
        fixId,
        receivedAt,
        occurredAt,
        service,
        retainUntil,
        place,
        lineage,
      } of await this.opened.open(rows, () => 'exact')) {
        yield {
          category,
          table: 'location.fixes',
          id: fixId,
          since: receivedAt,
          values: { occurredAt, service, retainUntil, ...place, lineage },
        };
      }
      if (rows.length < rowsPerPage) return;
      last = rows.at(-1)?.fix_id ?? last;
    }
  }

  /** Where somebody was is not corrected but erased. */
  async correct(): Promise<boolean> {
    return false;
  }

  erase(subjectId: string): Promise<number> {
    return this.rows.erase(locationRows, subjectId);
  }

  /** The gate refuses every use of what is restricted. */
  async restrict(): Promise<void> {}

  expire(now: Date, limit: number): Promise<number> {
    return this.rows.expire(locationRows, now, limit);
  }
}
