import { Column, Entity, PrimaryColumn } from 'typeorm';

export const idleMinutes = 15;
export const absoluteHours = 8;
export const stepUpMinutes = 5;

/** A signed-in console. Only the hash of its token is kept. */
@Entity({ schema: 'identity', name: 'operator_sessions' })
export class OperatorSession {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'operator_id' }) operatorId!: string;
  @Column('bytea', { name: 'token_hash' }) tokenHash!: Buffer;
  @Column('text') address!: string;
  @Column('text', { name: 'user_agent' }) userAgent!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'last_seen_at' }) lastSeenAt!: Date;
  @Column('timestamptz', { name: 'step_up_until', nullable: true }) stepUpUntil!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;

  get absoluteExpiresAt(): Date {
    return new Date(this.createdAt.getTime() + absoluteHours * 3_600_000);
  }

  /** When it ends if nothing more is done with it. */
  get expiresAt(): Date {
    return new Date(Math.min(this.lastSeenAt.getTime() + idleMinutes * 60_000, this.absoluteExpiresAt.getTime()));
  }

  isLiveAt(at: Date): boolean {
    return this.endedAt === null && at < this.expiresAt;
  }

  /** Until when what needs a step-up may be done; null when another one is due. */
  steppedUpUntil(at: Date): Date | null {
    return this.stepUpUntil !== null && at < this.stepUpUntil ? this.stepUpUntil : null;
  }
}
