import { Injectable } from '@nestjs/common';
import type { CategoryPrecision, LineageEntry } from '@abide/consent';
import { Database } from '@abide/platform';
import { Vault } from '@abide/vault';
import type { FixCategory } from '../fix.entity.js';
import { seenAs, type Place } from '../places/place.rules.js';

/** A row as it is stored. */
export interface StoredFix {
  readonly subject_id: string;
  readonly fix_id: string;
  readonly category: FixCategory;
  readonly service: string;
  readonly occurred_at: Date;
  readonly received_at: Date;
  readonly retain_until: Date | null;
  readonly place: Buffer;
  readonly lineage: readonly LineageEntry[];
}

/** The columns of `fix`, an alias of location.fixes, as a `StoredFix` but for its lineage. */
export const exportedFix = {
  subject_id: ['fix.subject_id::text', 'text'],
  fix_id: ['fix.fix_id::text', 'text'],
  category: ['fix.category', 'text'],
  service: ['fix.service', 'text'],
  occurred_at: ['fix.occurred_at', 'timestamptz'],
  received_at: ['fix.received_at', 'timestamptz'],
  retain_until: ['fix.retain_until', 'timestamptz'],
  place: ['fix.place', 'bytea'],
} as const;

/** A fix with where it was. */
export interface OpenedFix {
  readonly subjectId: string;
  readonly fixId: string;
  readonly category: FixCategory;
  readonly service: string;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
  readonly retainUntil: Date | null;
  readonly place: Place;
  readonly lineage: readonly LineageEntry[];
}

/** Opens stored fixes, each as exactly as it may be seen. */
@Injectable()
export class OpenedFixes {
  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
  ) {}

  /** In the order of the rows. @throws DomainError `vault.key_destroyed` */
  open(rows: readonly StoredFix[], precisionFor: (row: StoredFix) => CategoryPrecision): Promise<OpenedFix[]> {
    return this.db.transaction(async () => {
      await this.vault.prepare([...new Set(rows.map((row) => row.subject_id))], 'open');
      const fixes: OpenedFix[] = [];
      for (const row of rows) fixes.push(await this.openOne(row, precisionFor(row)));
      return fixes;
    });
  }

  /** Where it was, as it is stored. */
  async placeOf({ subject_id: subjectId, fix_id: rowId, place }: StoredFix): Promise<Place> {
    return JSON.parse(
      await this.vault.open({ subjectId, table: 'location.fixes', column: 'place', rowId }, place),
    ) as Place;
  }

  private async openOne(row: StoredFix, precision: CategoryPrecision): Promise<OpenedFix> {
    return {
      subjectId: row.subject_id,
      fixId: row.fix_id,
      category: row.category,
      service: row.service,
      occurredAt: row.occurred_at,
      receivedAt: row.received_at,
      retainUntil: row.retain_until,
      lineage: row.lineage,
      place: seenAs(await this.placeOf(row), precision),
    };
  }
}
