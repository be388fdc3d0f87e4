import { standingLineage, type LineageEntry } from '@abide/consent';
import type { Means } from '../event.entity.js';

/** A row of `telemetry.events`, sealed as it is stored. */
export interface StoredEvent {
  readonly subjectId: string;
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

/** What an export tells of an event, and what opening it takes. */
export type ExportedEvent = Omit<StoredEvent, 'thirdPartyService' | 'isSensitive' | 'lineage'>;

/** SQL: the columns of `event`, an alias of telemetry.events, as an `ExportedEvent`. */
export const exportedEvent = `event.subject_id AS "subjectId", event.event_id AS "eventId", event.category, event.service, event.means,
  event.occurred_at AS "occurredAt", event.received_at AS "receivedAt", event.retain_until AS "retainUntil", event.attributes, event.personal`;

/** SQL: the same as a `StoredEvent`. */
export const storedEvent = `${exportedEvent}, event.third_party_service AS "thirdPartyService", event.is_sensitive AS "isSensitive", ${standingLineage('event')} AS lineage`;
