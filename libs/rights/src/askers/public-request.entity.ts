import { dayInMilliseconds, type Locale } from '@abide/kernel';
import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

const unprovenDays = 7;

/** What somebody asked without an account, beside the request that it becomes: by which code it is proven, and what opens it afterwards. */
@Entity({ schema: 'rights', name: 'public_requests' })
export class PublicRequest {
  /** Whose keys seal it: the account that it turned out to be about, or nobody's, made for it alone and destroyed with it. */
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  /** Also the id of the request that it becomes. */
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'request_id' }) requestId!: string;
  @AboutTheRecord() @Column('boolean', { name: 'has_account' }) hasAccount!: boolean;
  @AboutTheRecord() @Column('text') locale!: Locale;
  /** Who asked what, in their words: JSON of `Asked`. */
  @Classified({ category: 'client.instruction', identifying: true, sealed: true })
  @Column('bytea')
  asked!: Buffer;
  /** The newest code that was sent for it. */
  @AboutTheRecord() @Column('uuid', { name: 'verification_id' }) verificationId!: string;
  /** Forgotten then, unless it has become a request. */
  @AboutTheRecord() @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  /** When somebody first proved that they read its address. */
  @AboutTheRecord() @Column('timestamptz', { name: 'proven_at', nullable: true }) provenAt!: Date | null;
  @AboutTheRecord() @Column('bytea', { name: 'token_hash', nullable: true }) tokenHash!: Buffer | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'token_expires_at', nullable: true }) tokenExpiresAt!: Date | null;
}

/** When what is asked now is forgotten, unless it has become a request. */
export function forgottenAt(now: Date): Date {
  return new Date(now.getTime() + unprovenDays * dayInMilliseconds);
}
