import { Injectable } from '@nestjs/common';
import type { CategoryPrecision, LineageEntry } from '@abide/consent';
import { Database } from '@abide/platform';
import { Vault } from '@abide/vault';
import type { Means } from '../event.entity.js';
import { truncated } from '../schemas/precision.rules.js';

/** A row as it is stored. */
export interface StoredEvent {
  readonly subject_id: string;
  readonly event_id: string;
  readonly category: string;
  readonly service: string;
  readonly third_party_service: string | null;
  readonly means: Means | null;
  readonly occurred_at: Date;
  readonly received_at: Date;
  readonly retain_until: Date | null;
  readonly is_sensitive: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly personal: Buffer | null;
  readonly lineage: readonly LineageEntry[];
}

/** An event with what was sealed of it. */
export interface OpenedEvent {
  readonly eventId: string;
  readonly category: string;
  readonly service: string;
  readonly thirdPartyServiceId: string | null;
  readonly means: Means | null;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
  readonly retainUntil: Date | null;
  readonly sensitive: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly personal: Readonly<Record<string, unknown>>;
  readonly lineage: readonly LineageEntry[];
}

/** Opens stored events, each as exactly as it may be seen. */
@Injectable()
export class OpenedEvents {
  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
  ) {}

  /** In the order of the rows. @throws DomainError `vault.key_destroyed` */
  open(rows: readonly StoredEvent[], precisionOf: (row: StoredEvent) => CategoryPrecision): Promise<OpenedEvent[]> {
    return this.db.transaction(async () => {
      await this.vault.prepare([...new Set(rows.map((row) => row.subject_id))], 'open');
      const events: OpenedEvent[] = [];
      for (const row of rows) events.push(await this.openOne(row, precisionOf(row)));
      return events;
    });
  }

  private async openOne(row: StoredEvent, precision: CategoryPrecision): Promise<OpenedEvent> {
    const sealed = await this.sealedPartOf(row);
    const parts = { attributes: { ...row.attributes, ...sealed.attributes }, personal: sealed.personal ?? {} };
    return {
      eventId: row.event_id, category: row.category, service: row.service, thirdPartyServiceId: row.third_party_service, means: row.means,
      occurredAt: row.occurred_at, receivedAt: row.received_at, retainUntil: row.retain_until, sensitive: row.is_sensitive, lineage: row.lineage,
      ...(precision === 'exact' ? parts : truncated(parts)),
    };
  }

  private async sealedPartOf({ subject_id: subjectId, event_id: rowId, personal }: StoredEvent): Promise<SealedPart> {
    if (personal === null) return {};
    return JSON.parse(await this.vault.open({ subjectId, table: 'telemetry.events', column: 'personal', rowId }, personal)) as SealedPart;
  }
}

interface SealedPart {
  readonly personal?: Readonly<Record<string, unknown>>;
  /** Of what the subject marked as sensitive. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}
