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

/** The columns of `event`, an alias of telemetry.events, as an `ExportedEvent`. */
export const exportedEvent = {
  subjectId: ['event.subject_id::text', 'text'],
  eventId: ['event.event_id::text', 'text'],
  category: ['event.category', 'text'],
  service: ['event.service', 'text'],
  means: ['event.means', 'text'],
  occurredAt: ['event.occurred_at', 'timestamptz'],
  receivedAt: ['event.received_at', 'timestamptz'],
  retainUntil: ['event.retain_until', 'timestamptz'],
  attributes: ['event.attributes', 'jsonb'],
  personal: ['event.personal', 'bytea'],
} as const;

const exportedColumns = Object.entries(exportedEvent).map(([name, [sql]]) => `${sql} AS "${name}"`);

/** SQL: the same as a `StoredEvent`. */
export const storedEvent = `${exportedColumns.join(', ')}, event.third_party_service AS "thirdPartyService", event.is_sensitive AS "isSensitive", ${standingLineage('event')} AS lineage`;
