import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Stands where an opening is about no subject, because every row of the table needs one in its key. */
export const noSubject = '00000000-0000-0000-0000-000000000000';

/** What opens the commitments of an audit entry for one subject. */
@Entity({ schema: 'audit', name: 'openings' })
export class OpeningEntity {
  @AboutTheRecord()
  @PrimaryColumn('uuid', { name: 'subject_id' })
  subjectId!: string;

  @AboutTheRecord()
  @PrimaryColumn('uuid', { name: 'entry_id' })
  entryId!: string;

  @AboutTheRecord()
  @Column('bytea')
  salt!: Buffer;

  @AboutTheRecord()
  @Column('text', { nullable: true })
  pseudonym!: string | null;

  /** An operator's words, which may mention the subject. */
  @Classified({ category: 'none', identifying: true, sealed: false })
  @Column('text', { nullable: true })
  reason!: string | null;

  /** An operator's name, in openings that are about no subject. */
  @Classified({ category: 'none', identifying: true, sealed: false })
  @Column('text', { name: 'actor_name', nullable: true })
  actorName!: string | null;
}
