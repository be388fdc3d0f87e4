import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const requestActs = [
  'opened',
  'verified',
  'joined',
  'linkProposed',
  'linked',
  'assigned',
  'asked',
  'told',
  'unanswered',
  'extended',
  'recomputed',
  'decided',
  'sentBack',
  'confirmed',
  'waived',
  'doneByHand',
  'carriedOut',
  'closed',
  'fetched',
  'cancelled',
  'appealed',
  'lapsed',
  'escalated',
] as const;
export type RequestAct = (typeof requestActs)[number];

/** One thing that happened to a request, as the subject and the operators read it. Only added, never changed. */
@Entity({ schema: 'rights', name: 'request_events' })
export class RequestEvent {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'request_id' }) requestId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  @AboutTheRecord() @Column('timestamptz') at!: Date;
  @AboutTheRecord() @Column('text') act!: RequestAct;
  @AboutTheRecord() @Column('text', { name: 'by_kind' }) byKind!: 'subject' | 'representative' | 'operator' | 'system';
  /** An operator, or the person who acted for an enterprise. */
  @Classified({ category: 'enterprise.contactPerson', identifying: true, sealed: false })
  @Column('uuid', { name: 'by_id', nullable: true })
  byId!: string | null;
  /** Of a proof: the session that the code was given in, which is trusted more by it than any other; null where nobody was signed in. */
  @AboutTheRecord() @Column('uuid', { name: 'session_id', nullable: true }) sessionId!: string | null;
  /** What was written to or by the subject. */
  @Classified({ category: 'client.instruction', identifying: true, sealed: true })
  @Column('bytea', { nullable: true })
  text!: Buffer | null;
}
