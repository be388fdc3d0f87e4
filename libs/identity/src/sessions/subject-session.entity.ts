import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type SignInMethod = 'password' | 'code' | 'device';

/** A signed-in client app, or a device that uses the service without signing in. */
@Entity({ schema: 'identity', name: 'subject_sessions' })
export class SubjectSession {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  @AboutTheRecord() @Column('text') method!: SignInMethod;
  @Classified({ category: 'client.signIn', identifying: false, sealed: false })
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
  @Classified({ category: 'client.signIn', identifying: false, sealed: false })
  @Column('timestamptz', { name: 'last_used_at' })
  lastUsedAt!: Date;
  @AboutTheRecord() @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @AboutTheRecord() @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;

  isLiveAt(at: Date): boolean {
    return this.endedAt === null && at < this.expiresAt;
  }
}

/** A refresh token or device token, by its hash. A used refresh token stays, so that using it again is noticed. */
@Entity({ schema: 'identity', name: 'session_tokens' })
export class SessionToken {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('bytea', { name: 'token_hash' }) tokenHash!: Buffer;
  @AboutTheRecord() @Column('uuid', { name: 'session_id' }) sessionId!: string;
  @AboutTheRecord() @Column('timestamptz', { name: 'issued_at' }) issuedAt!: Date;
  @AboutTheRecord() @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;
}

/** When, from where and with what a subject signed in (product.md, C6). Its id is the session's. */
@Entity({ schema: 'identity', name: 'sign_ins' })
export class SignInRecord {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  @Classified({ category: 'client.signIn', identifying: false, sealed: false }) @Column('timestamptz') at!: Date;
  @Classified({ category: 'client.signIn', identifying: false, sealed: false }) @Column('text') method!: SignInMethod;
  @Classified({ category: 'log.network', identifying: true, sealed: true }) @Column('bytea') address!: Buffer;
  @Classified({ category: 'client.signIn', identifying: true, sealed: true }) @Column('bytea') client!: Buffer;
  /** Until when the law has it kept although its subject was erased; null while they are not. */
  @AboutTheRecord()
  @Column({ type: 'timestamptz', name: 'kept_until', nullable: true, insert: false })
  keptUntil!: Date | null;
}
