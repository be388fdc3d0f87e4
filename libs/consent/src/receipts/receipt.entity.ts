import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The record of one consent event as it is signed: written once, with the event. */
@Entity({ schema: 'consent', name: 'receipts' })
export class ReceiptEntity {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  @AboutTheRecord() @Column('uuid', { name: 'event_id' }) eventId!: string;
  /** JSON of ISO/IEC TS 27560, exactly the bytes that are signed. */
  @Classified({ category: 'client.instruction', identifying: false, sealed: false }) @Column('text') record!: string;
  @AboutTheRecord() @Column('timestamptz', { name: 'issued_at' }) issuedAt!: Date;
  @AboutTheRecord() @Column('timestamptz', { name: 'kept_until', nullable: true }) keptUntil!: Date | null;
}
