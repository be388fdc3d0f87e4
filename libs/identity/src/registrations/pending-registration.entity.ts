import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A registration that nobody has confirmed yet, sealed whole under the keys of the subject it would become. */
@Entity({ schema: 'identity', name: 'pending_registrations' })
export class PendingRegistration {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @Column('text') state!: 'awaitingCode' | 'awaitingGuardian' | 'awaitingAge';
  @Classified({ category: 'registration.name', identifying: true, sealed: true }) @Column('bytea') payload!: Buffer;
  @AboutTheRecord() @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @AboutTheRecord() @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
}
