import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { permissionsOf, secondPersonRoles, type Permission, type Role } from './roles.js';

/** A person of the platform's staff who uses the console. */
@Entity({ schema: 'identity', name: 'operators' })
export class Operator {
  @PrimaryColumn('uuid') id!: string;
  /** In lower case, unique. */
  @Column('text') email!: string;
  @Column('text') name!: string;
  @Column('text') locale!: string;
  /** Null until an invited operator has chosen one. */
  @Column('text', { name: 'password_hash', nullable: true }) passwordHash!: string | null;
  /** Of the one-time link that is good until `linkExpiresAt`; null when there is none. */
  @Column('bytea', { name: 'link_hash', nullable: true }) linkHash!: Buffer | null;
  @Column('timestamptz', { name: 'link_expires_at', nullable: true }) linkExpiresAt!: Date | null;
  @Column('text', { array: true }) roles!: Role[];
  @Column('boolean', { name: 'is_active' }) isActive!: boolean;
  /** Holds the role or held it once. */
  @Column('boolean', { name: 'has_been_administrator' }) hasBeenAdministrator!: boolean;
  /** Who shut them out alone; null once a second person has confirmed it, or they are let in again. */
  @Column('uuid', { name: 'suspended_by', nullable: true }) suspendedBy!: string | null;
  /** Sealed; null until a second factor is enrolled. */
  @Column('bytea', { name: 'totp_secret', nullable: true }) totpSecret!: Buffer | null;
  /** Sealed; shown to the operator but not confirmed by a code yet. */
  @Column('bytea', { name: 'totp_candidate', nullable: true }) totpCandidate!: Buffer | null;
  /** The time step of the last code that was used; only statements that lock it move it on. */
  @Column({ type: 'bigint', name: 'totp_last_step', nullable: true, select: false, insert: false, update: false })
  totpLastStep!: string | null;
  /** Whether they are told by mail once a day that something waits for them. */
  @Column({ type: 'boolean', name: 'wants_digest', insert: false, update: false }) wantsDigest!: boolean;
  /** The day whose digest was made last. */
  @Column({ type: 'timestamptz', name: 'digest_at', nullable: true, select: false, insert: false, update: false })
  digestAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  /** Counts changes of roles, of whether they may sign in, and of factors taken away. */
  @Column('int', { name: 'access_version' }) accessVersion!: number;
  @VersionColumn() version!: number;

  get hasSecondFactor(): boolean {
    return this.totpSecret !== null;
  }

  get isInvited(): boolean {
    return this.passwordHash === null;
  }

  get isAdministrator(): boolean {
    return this.isActive && this.roles.includes('administrator');
  }

  /** Whether what others ask for may wait for them; so it is of whom one person alone has suspended. */
  get mayBeSecondPerson(): boolean {
    return (this.isActive || this.suspendedBy !== null) && this.roles.some((role) => secondPersonRoles.includes(role));
  }

  get permissions(): Permission[] {
    return permissionsOf(this.roles);
  }
}
