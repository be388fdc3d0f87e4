import { Injectable } from '@nestjs/common';
import type { LineageEntry } from '@abide/consent';
import { Clock } from '@abide/kernel';
import { Database, readCursor } from '@abide/platform';
import { Vault } from '@abide/vault';
import type { Means } from '../event.entity.js';

/** A row of `telemetry.events`, sealed as it is stored. */
export interface StoredEvent {
  readonly eventId: string;
  readonly category: string;
  readonly service: string;
  readonly thirdPartyService: string | null;
  readonly means: Means | null;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
  readonly retainUntil: Date | null;
  readonly isSensitive: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly personal: Buffer | null;
  readonly lineage: readonly LineageEntry[];
}

export interface EventFilter {
  readonly categories?: readonly string[];
  readonly service?: string;
  readonly from?: string;
  readonly to?: string;
}

const columns = `event_id AS "eventId", category, service, third_party_service AS "thirdPartyService", means, occurred_at AS "occurredAt", received_at AS "receivedAt",
  retain_until AS "retainUntil", is_sensitive AS "isSensitive", attributes, personal, lineage`;

/** One subject's events as they are stored; what is past its time is as good as gone. */
@Injectable()
export class SubjectEventsReader {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
  ) {}

  /** Newest first, after `cursor`. @throws DomainError `request.bad_cursor` */
  page(subjectId: string, { categories, service, from, to }: EventFilter, { limit, cursor }: { limit: number; cursor?: string }): Promise<StoredEvent[]> {
    const after = readCursor(cursor);
    return this.db.query<StoredEvent>(
      `SELECT ${columns} FROM telemetry.events
       WHERE subject_id = $1 AND (retain_until IS NULL OR retain_until > $2) AND ($3::text[] IS NULL OR category = ANY($3)) AND ($4::text IS NULL OR service = $4)
         AND ($5::timestamptz IS NULL OR occurred_at >= $5) AND ($6::timestamptz IS NULL OR occurred_at < $6)
         AND ($7::timestamptz IS NULL OR (occurred_at, event_id) < ($7, $8::uuid))
       ORDER BY occurred_at DESC, event_id DESC LIMIT $9`,
      [subjectId, this.clock.now(), categories ?? null, service ?? null, from ?? null, to ?? null, after?.at ?? null, after?.id ?? null, limit],
    );
  }

  async find(subjectId: string, eventId: string): Promise<StoredEvent | null> {
    const [row] = await this.db.query<StoredEvent>(
      `SELECT ${columns} FROM telemetry.events WHERE subject_id = $1 AND event_id = $2 AND (retain_until IS NULL OR retain_until > $3) LIMIT 1`,
      [subjectId, eventId, this.clock.now()],
    );
    return row ?? null;
  }

  /** What is sealed of an event, by field; attributes too where the subject marked it as sensitive. */
  async open(subjectId: string, { eventId, personal }: StoredEvent): Promise<Readonly<Record<string, unknown>>> {
    if (personal === null) return {};
    const text = await this.vault.open({ subjectId, table: 'telemetry.events', column: 'personal', rowId: eventId }, personal);
    const sealed = JSON.parse(text) as { personal: Record<string, unknown>; attributes?: Record<string, unknown> };
    return { ...sealed.attributes, ...sealed.personal };
  }
}
