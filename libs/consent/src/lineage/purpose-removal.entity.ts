import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

const choice = { category: 'client.instruction', identifying: false, sealed: false } as const;

/** What a withdrawal has still to take away from what is stored; the line goes when that is done. */
@Entity({ schema: 'consent', name: 'purpose_removals' })
export class OpenPurposeRemoval {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'withdrawal_id' }) withdrawalId!: string;
  @Classified(choice) @Column('text') purpose!: string;
  @Classified(choice) @Column('text', { array: true, nullable: true }) categories!: string[] | null;
  @Classified(choice) @Column('text', { nullable: true }) service!: string | null;
  /** The ids of the consents that ended. */
  @AboutTheRecord() @Column('text', { array: true }) grants!: string[];
  /** The number (`xid8`) of the first transaction that cannot have decided before the withdrawal; null until somebody has looked. */
  @AboutTheRecord() @Column('text', { nullable: true }) horizon!: string | null;
}
