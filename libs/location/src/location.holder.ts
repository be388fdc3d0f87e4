import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LineageRows, standingLineage } from '@abide/consent';
import { Clock, nilId } from '@abide/kernel';
import {
  Database,
  HolderRegistry,
  nothingToDo,
  suppliedValues,
  type DueCount,
  type DueMonth,
  type Expiry,
  type HeldRecord,
  type HeldRow,
  type Holder,
  type HolderAnswer,
  type HoldingScope,
  type HoldingSummary,
  type RetainedCount,
  type RowsPage,
  type SuppliedRecord,
  type SupplyRequest,
} from '@abide/platform';
import { locationRows } from './location-rows.js';
import { exportedFix, OpenedFixes, type StoredFix } from './trails/opened-fixes.js';

const rowsPerPage = 500;

/** Answers for where subjects were. */
@Injectable()
export class LocationHolder implements Holder, OnModuleInit {
  readonly name = 'location';
  readonly phase = 'dependents';
  readonly tables = ['location.fixes'];
  readonly honoursSince = true;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly stored: LineageRows,
    private readonly opened: OpenedFixes,
    private readonly holders: HolderRegistry,
  ) {}

  onModuleInit(): void {
    this.holders.register(this);
  }

  describe(subjectId: string, scope?: HoldingScope): Promise<HoldingSummary[]> {
    return this.stored.describe(locationRows, subjectId, scope);
  }

  count(subjectId: string): Promise<HoldingSummary[]> {
    return this.stored.count(locationRows, subjectId);
  }

  rows(subjectId: string, page: RowsPage): Promise<HeldRow[]> {
    return this.stored.rows(locationRows, subjectId, page);
  }

  async *export(subjectId: string, categories?: readonly string[]): AsyncIterable<HeldRecord> {
    const pages = this.stored.pages<StoredFix>(locationRows, {
      subjectId,
      categories,
      row: 'fix',
      columns: exportedFix,
    });
    for await (const rows of pages)
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
  }

  async *supply({ subjectIds, categories, fields, precision }: SupplyRequest): AsyncIterable<SuppliedRecord> {
    for (let last = { subject_id: nilId, fix_id: nilId }; ;) {
      const rows = await this.db.query<StoredFix>(
        `SELECT * FROM location.fixes fix
         WHERE subject_id = ANY($1::uuid[]) AND category = ANY($2::text[]) AND (retain_until IS NULL OR retain_until > $3) AND ${standingLineage('fix')} <> '[]'
           AND (subject_id, fix_id) > ($4, $5) ORDER BY subject_id, fix_id LIMIT ${rowsPerPage}`,
        [subjectIds, categories, this.clock.now(), last.subject_id, last.fix_id],
      );
      for (const { subjectId, category, service, occurredAt: at, place } of await this.opened.open(
        rows,
        () => precision,
      )) {
        const values = suppliedValues({ ...place }, fields);
        if (values) yield { subjectId, category, service, at, values };
      }
      if (rows.length < rowsPerPage) return;
      last = rows.at(-1) ?? last;
    }
  }

  /** Where somebody was is not corrected but erased. */
  async correct(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  erase(subjectId: string, categories?: readonly string[]): Promise<HolderAnswer> {
    return this.stored.erase(locationRows, subjectId, categories);
  }

  staying(subjectId: string): Promise<readonly RetainedCount[]> {
    return this.stored.staying(locationRows, subjectId);
  }

  /** The gate refuses every use of what is restricted. */
  async restrict(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  expire(expiry: Expiry): Promise<HolderAnswer> {
    return this.stored.expire(locationRows, expiry);
  }
  due(asked: Pick<Expiry, 'now' | 'except'>): Promise<DueCount[]> {
    return this.stored.due(locationRows, asked);
  }

  dueByMonth(): Promise<DueMonth[]> {
    return this.stored.dueByMonth(locationRows);
  }
}
