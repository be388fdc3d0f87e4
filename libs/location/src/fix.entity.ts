import { AboutTheRecord, Classified } from '@abide/platform';
import type { LineageEntry } from '@abide/consent';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const fixCategories = ['location.gps', 'location.wifi'] as const;
export type FixCategory = (typeof fixCategories)[number];

/** Where a subject was at a moment, with the reasons why it is kept. Everything finer than the coarse cell is sealed. */
@Entity({ schema: 'location', name: 'fixes' })
export class Fix {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'fix_id' }) fixId!: string;
  /** The first day of the month in which it falls due: its partition. */
  @AboutTheRecord() @PrimaryColumn('date', { name: 'due_month' }) dueMonth!: string;
  @AboutTheRecord() @Column('text') category!: FixCategory;
  @AboutTheRecord() @Column('text') service!: string;
  @Classified({ category: 'location.gps', identifying: false, sealed: false })
  @Column('timestamptz', { name: 'occurred_at' })
  occurredAt!: Date;
  @AboutTheRecord() @Column('timestamptz', { name: 'received_at' }) receivedAt!: Date;
  /** Null: until an event. */
  @AboutTheRecord() @Column('timestamptz', { name: 'retain_until', nullable: true }) retainUntil!: Date | null;
  @AboutTheRecord() @Column('boolean', { name: 'is_sensitive' }) isSensitive!: boolean;
  /** An H3 cell of resolution 5, some 250 km², or a coarser one. */
  @Classified({ category: 'location.gps', identifying: false, sealed: false })
  @Column('text', { name: 'coarse_cell' })
  coarseCell!: string;
  /** How exactly the sealed place is kept: `exact` or `h3:7`. */
  @AboutTheRecord() @Column('text') precision!: string;
  @Classified({ category: 'location.gps', identifying: true, sealed: true }) @Column('bytea') place!: Buffer;
  @AboutTheRecord() @Column('jsonb') lineage!: LineageEntry[];
}
