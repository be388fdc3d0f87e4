import type { Role } from '@abide/identity';
import { newId, type Localized } from '@abide/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { refusal } from '../holders.errors.js';
import type { HolderFailureCode } from '../protocol/holder-failure.js';

export const outsideStates = ['active', 'suspended', 'removed'] as const;
export type OutsideState = (typeof outsideStates)[number];
export const outsideKinds = ['service', 'database', 'person'] as const;
export type OutsideKind = (typeof outsideKinds)[number];

/** Who answers for what no software answers for: everybody of a role, or the operators named. */
export interface AnsweredBy {
  readonly role: Role | null;
  readonly operatorIds: readonly string[];
}

/** What two operators decide about a holder outside. */
export interface HolderTerms {
  readonly code: string;
  /** What people call it. */
  readonly name: Localized;
  readonly baseUrl: string;
  readonly networks: readonly string[];
  readonly categories: readonly string[];
  /** Of a database: the YAML that says what lies where; else null. */
  readonly manifest: string | null;
  /** Of a place that only people answer for; it has no address. */
  readonly answeredBy?: AnsweredBy | null;
}

/**
 * Who keeps personal data outside: a service that answers for it over HTTP, a database that is asked by a manifest, or a place that only people answer for,
 * such as an archive of paper.
 */
@Entity({ schema: 'holders', name: 'outside_holders' })
export class OutsideHolder {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') code!: string;
  @Column('jsonb') name!: Localized;
  @Column('text', { name: 'base_url' }) baseUrl!: string;
  /** Those that its addresses have to lie in; none: public ones only. */
  @Column('text', { array: true }) networks!: string[];
  @Column('text', { array: true }) categories!: string[];
  @Column('text') state!: OutsideState;
  @Column('text', { nullable: true }) manifest!: string | null;
  @Column('jsonb', { name: 'answered_by', nullable: true }) answeredBy!: AnsweredBy | null;
  /** Sealed for the server: what both sides sign with; of a database how and as whom it is reached. */
  @Column('bytea') secret!: Buffer;
  /** Who may have the secret shown, once. */
  @Column('uuid', { name: 'secret_for', nullable: true }) secretFor!: string | null;
  /** What is shown then is a new one, made at that moment. */
  @Column('boolean', { name: 'is_secret_replaced' }) isSecretReplaced!: boolean;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  /** One more with each change of its state. */
  @Column('integer') version!: number;
  @Column('timestamptz', { name: 'last_asked_at', nullable: true }) lastAskedAt!: Date | null;
  @Column('timestamptz', { name: 'last_answered_at', nullable: true }) lastAnsweredAt!: Date | null;
  /** Null while its last answer counted. */
  @Column('timestamptz', { name: 'failing_since', nullable: true }) failingSince!: Date | null;
  @Column('text', { name: 'last_failure', nullable: true }) lastFailure!: HolderFailureCode | null;

  /** Nobody signs for what people answer: its secret waits for nobody. */
  static register(
    terms: HolderTerms,
    { secretFor, at, id = newId() }: { readonly secretFor: string | null; readonly at: Date; readonly id?: string },
  ): OutsideHolder {
    return Object.assign(new OutsideHolder(), {
      ...terms,
      answeredBy: terms.answeredBy ?? null,
      networks: [...terms.networks],
      categories: [...terms.categories],
      id,
      state: 'active' as const,
      secretFor: terms.answeredBy ? null : secretFor,
      isSecretReplaced: false,
      createdAt: at,
      version: 1,
      lastAskedAt: null,
      lastAnsweredAt: null,
      failingSince: null,
      lastFailure: null,
    });
  }

  get kind(): OutsideKind {
    if (this.answeredBy !== null) return 'person';
    return this.manifest === null ? 'service' : 'database';
  }

  /** What requests call it: no module inside has such a name. */
  get holderName(): string {
    return `${outsidePrefix}${this.code}`;
  }

  /** Of a database. @throws DomainError `holder.no_database` */
  requireManifest(): string {
    if (this.manifest === null) throw refusal('holder.no_database');
    return this.manifest;
  }

  /** @throws DomainError `holder.no_database`, `holder.state` */
  changeDatabase({
    baseUrl,
    networks,
    categories,
    manifest,
  }: Pick<HolderTerms, 'baseUrl' | 'networks' | 'categories' | 'manifest'>): void {
    this.requireManifest();
    if (this.state === 'removed') throw refusal('holder.state');
    Object.assign(this, { baseUrl, networks: [...networks], categories: [...categories], manifest });
    this.version += 1;
  }

  /** Of a service. @throws DomainError `holder.state` where it is a database, or removed */
  move(baseUrl: string): void {
    if (this.manifest !== null || this.state === 'removed') throw refusal('holder.state');
    this.baseUrl = baseUrl;
    this.version += 1;
  }

  /** Its secret is replaced once `proposedBy` has the new one shown. @throws DomainError `holder.signs_nothing`, `holder.state` where it is removed */
  letReplaceSecret(proposedBy: string): void {
    this.requireReplaceable();
    this.secretFor = proposedBy;
    this.isSecretReplaced = true;
  }

  /** @throws DomainError `holder.signs_nothing`, `holder.state` where it is removed */
  requireReplaceable(): void {
    if (this.kind !== 'service') throw refusal('holder.signs_nothing');
    if (this.state === 'removed') throw refusal('holder.state');
  }

  /** @throws DomainError `holder.state` */
  requireActive(): void {
    if (this.state !== 'active') throw refusal('holder.state');
  }

  /** @throws DomainError `holder.state` */
  turn(from: readonly OutsideState[], to: OutsideState): void {
    if (!from.includes(this.state)) throw refusal('holder.state');
    this.state = to;
    this.version += 1;
  }
}

export const outsidePrefix = 'outside.';
