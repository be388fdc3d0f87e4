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

/** SQL: the columns of `event`, an alias of telemetry.events, as a `StoredEvent`. */
export const storedEvent = `event.subject_id AS "subjectId", event.event_id AS "eventId", event.category, event.service, event.third_party_service AS "thirdPartyService", event.means,
  event.occurred_at AS "occurredAt", event.received_at AS "receivedAt", event.retain_until AS "retainUntil", event.is_sensitive AS "isSensitive", event.attributes, event.personal, ${standingLineage('event')} AS lineage`;
