import { AboutTheRecord, Classified } from '@abide/platform';
import type { LineageEntry } from '@abide/consent';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const means = ['cookie', 'web', 'app'] as const;
/** By which means an event was recorded. */
export type Means = (typeof means)[number];

/** One event about a subject, with the reasons why it is kept. Its own `category` says what it is of. */
@Entity({ schema: 'telemetry', name: 'events' })
export class TelemetryEvent {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'event_id' }) eventId!: string;
  /** The first day of the month in which it falls due: its partition. */
  @AboutTheRecord() @PrimaryColumn('date', { name: 'due_month' }) dueMonth!: string;
  @AboutTheRecord() @Column('text') category!: string;
  @AboutTheRecord() @Column('text') service!: string;
  @AboutTheRecord() @Column('text', { name: 'third_party_service', nullable: true }) thirdPartyService!: string | null;
  @AboutTheRecord() @Column('text', { nullable: true }) means!: Means | null;
  @Classified({ category: 'log.appUsage', identifying: false, sealed: false })
  @Column('timestamptz', { name: 'occurred_at' })
  occurredAt!: Date;
  @AboutTheRecord() @Column('timestamptz', { name: 'received_at' }) receivedAt!: Date;
  /** Null: until an event. */
  @AboutTheRecord() @Column('timestamptz', { name: 'retain_until', nullable: true }) retainUntil!: Date | null;
  @AboutTheRecord() @Column('boolean', { name: 'is_sensitive' }) isSensitive!: boolean;
  @Classified({ category: 'log.appUsage', identifying: false, sealed: false }) @Column('jsonb') attributes!: Record<
    string,
    unknown
  >;
  @Classified({ category: 'log.appUsage', identifying: true, sealed: true })
  @Column('bytea', { nullable: true })
  personal!: Buffer | null;
  @AboutTheRecord() @Column('jsonb') lineage!: LineageEntry[];
}
