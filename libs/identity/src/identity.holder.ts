import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock, DomainError } from '@abide/kernel';
import {
  answerOf,
  Database,
  deleteCounted,
  HolderRegistry,
  Jobs,
  nothingToDo,
  type AffectedCount,
  type Correction,
  type Expiry,
  type HeldRecord,
  type Holder,
  type HolderAnswer,
  type HoldingSummary,
  type Restriction,
  type SuppliedRecord,
  type SupplyRequest,
} from '@abide/platform';
import { IdentifierClaims } from '@abide/vault';
import { Repository } from 'typeorm';
import { Attempts } from './credentials/attempts.js';
import { ErasedKinds } from './erased-kinds.js';
import { ExpiredRecords } from './expired-records.js';
import { GuardianErasure } from './guardianships/guardian-erasure.service.js';
import { MinorHandOver } from './guardianships/minor-hand-over.service.js';
import { Mandates } from './mandates/mandates.service.js';
import { RetainedSignIns } from './sessions/retained-sign-ins.js';
import { IdentityExports, signInCategories } from './identity-exports.js';
import { IdentitySupply } from './identity-supply.js';
import type { OpenedIdentifier } from './subjects/identifier-records.js';
import { Identifiers } from './identifiers/identifiers.service.js';
import { MinorAges } from './subjects/minor-ages.js';
import { minorStatusOf } from './subjects/minor.rules.js';
import { categoryOf, profileFields } from './subjects/profile.rules.js';
import { Profiles } from './subjects/profiles.service.js';
import { Restrictions } from './subjects/restrictions.js';
import { Subject } from './subjects/subject.entity.js';

const none = `'none'`;

/** The tables in the order of an erasure, each with SQL for what a row, `held`, is of. */
const categories = {
  subjects: `'preference.language'`,
  earlier_states: none,
  restrictions: none,
  objections: none,
  identifiers: `'registration.' || held.type`,
  profile_fields: 'held.category',
  credentials: none,
  device_links: `'log.deviceIdentifier'`,
  pending_registrations: none,
  verifications: none,
  subject_sessions: none,
  session_tokens: none,
  sign_ins: `'client.signIn'`,
  guardianships: `'guardian.identity'`,
  shared_identifiers: none,
  guardianship_evidence: `'guardian.identity'`,
  mandates: `'enterprise.contactPerson'`,
  looks: none,
  minor_looks: none,
} as const;

/** That something of a subject changed, for an hour or two: an erasure leaves it to run its course. */
const passing = ['identity.changed_subjects'];

const tableNames = Object.keys(categories) as (keyof typeof categories)[];

/** Where other people's rows name the subject, and by which column. */
const elsewhere = [
  ['device_links', 'device_id'],
  ['shared_identifiers', 'other_id'],
  ['mandates', 'person_id'],
] as const;

/** Answers for everything identity keeps about a subject. */
@Injectable()
export class IdentityHolder implements Holder, OnModuleInit {
  readonly name = 'identity';
  readonly phase = 'core';
  readonly tables = [...tableNames.map((table) => `identity.${table}`), ...passing];

  constructor(
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly registry: HolderRegistry,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly claims: IdentifierClaims,
    private readonly identifiers: Identifiers,
    private readonly profiles: Profiles,
    private readonly attempts: Attempts,
    private readonly minorAges: MinorAges,
    private readonly guardianErasure: GuardianErasure,
    private readonly exports: IdentityExports,
    private readonly supplies: IdentitySupply,
    private readonly expired: ExpiredRecords,
    private readonly signIns: RetainedSignIns,
    private readonly restrictions: Restrictions,
    private readonly handOver: MinorHandOver,
    private readonly mandates: Mandates,
    private readonly erasedKinds: ErasedKinds,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async describe(subjectId: string): Promise<readonly HoldingSummary[]> {
    const held = await this.db.query<HoldingSummary>(
      `SELECT category, count(*)::int AS count, min(since) AS since FROM (
         SELECT category, updated_at AS since FROM identity.profile_fields WHERE subject_id = $1
         UNION ALL SELECT 'registration.' || type, created_at FROM identity.identifiers WHERE subject_id = $1
         UNION ALL SELECT 'log.deviceIdentifier', linked_at FROM identity.device_links WHERE subject_id = $1
         UNION ALL SELECT 'guardian.identity', requested_at FROM identity.guardianships WHERE subject_id = $1 AND guardian IS NOT NULL
         UNION ALL SELECT 'enterprise.contactPerson', named_at FROM identity.mandates WHERE subject_id = $1 OR person_id = $1
         UNION ALL SELECT 'preference.language', registered_at FROM identity.subjects WHERE subject_id = $1
       ) AS held GROUP BY category`,
      [subjectId],
    );
    return [...held, ...(await this.describeSignIns(subjectId))].sort((one, other) =>
      one.category < other.category ? -1 : 1,
    );
  }

  export(subjectId: string, categories?: readonly string[]): AsyncIterable<HeldRecord> {
    return this.exports.of(subjectId, categories);
  }

  supply(request: SupplyRequest): AsyncIterable<SuppliedRecord> {
    return this.supplies.supply(request);
  }

  /** A profile field by its category. Identifiers are not corrected here: a new one has to be confirmed by its code. */
  async correct(subjectId: string, { category, value }: Correction): Promise<HolderAnswer> {
    const subject = await this.subjectRepository.findOneBy({ subjectId });
    const field = profileFields.find((candidate) => subject && categoryOf(subject.kind, candidate) === category);
    if (!subject || !field || typeof value !== 'string') return nothingToDo;
    await this.db.transaction(async () => {
      await this.profiles.write(subject, { [field]: value });
      if (field === 'birthDate') await this.followBirthDate(subject, value);
    });
    return answerOf([{ category, table: 'identity.profile_fields', count: 1 }]);
  }

  /** Identity keeps no evidence of its own, so everything goes but the sign-ins that the law has kept; identifiers and ID number stay known only as suppressed blind indexes. */
  async erase(subjectId: string, categories?: readonly string[]): Promise<HolderAnswer> {
    return this.db.transaction(async () => {
      if (categories) return this.erasedKinds.erase(subjectId, categories);
      const isKnown = await this.subjectRepository.existsBy({ subjectId });
      await this.erasedKinds.suppressIdNumber(subjectId, null);
      await this.attempts.eraseSubject(subjectId, await this.readableIdentifiers(subjectId));
      await this.guardianErasure.forget(subjectId);
      await this.mandates.endAllOfPerson(subjectId);
      const counts = await this.claims.releaseForErasure(subjectId);
      for (const [table, column] of elsewhere) counts.push(...(await this.deleteBy(table, column, subjectId)));
      const retained = await this.signIns.retain(subjectId);
      for (const table of tableNames) counts.push(...(await this.deleteBy(table, 'subject_id', subjectId)));
      if (isKnown)
        await this.jobs.publish('identity.subject_closed', { subjectId, at: this.clock.now().toISOString() });
      return answerOf(counts, retained);
    });
  }

  restrict(subjectId: string, restriction: Restriction): Promise<HolderAnswer> {
    return this.restrictions.turn(subjectId, restriction);
  }

  /** Codes, sessions and unanswered requests to guardians that are over; how long sign-in records are kept is the retention schedule's to say. */
  async expire(expiry: Expiry): Promise<HolderAnswer> {
    return answerOf(await this.expired.delete(expiry));
  }

  private deleteBy(table: keyof typeof categories, column: string, id: string): Promise<AffectedCount[]> {
    const stays = table === 'sign_ins' ? 'held.kept_until IS NOT NULL' : 'false';
    const own = {
      table: `identity.${table}`,
      category: categories[table],
      where: `held.${column} = $1 AND NOT (${stays})`,
    };
    return deleteCounted(this.db, own, [id]);
  }

  /**
   * Each leaves a record of the sign-in and an address, which fall due with their day. Of what the law has kept after an erasure the rows
   * themselves say until when.
   */
  private async describeSignIns(subjectId: string): Promise<HoldingSummary[]> {
    const kinds = await this.db.query<{ occurredAt: Date[]; until: Date | null }>(
      `SELECT array_agg(at ORDER BY at) AS "occurredAt", max(kept_until) AS until
       FROM identity.sign_ins WHERE subject_id = $1 GROUP BY kept_until IS NULL`,
      [subjectId],
    );
    return kinds.flatMap(({ occurredAt, until }) =>
      signInCategories.map((category) => ({
        category,
        count: occurredAt.length,
        since: occurredAt[0] ?? null,
        ...(until === null ? { occurredAt } : { until, grounds: [] }),
      })),
    );
  }

  /** None once the keys are destroyed: what is counted for them then goes with the next sweep. */
  private async readableIdentifiers(subjectId: string): Promise<OpenedIdentifier[]> {
    return this.identifiers.list(subjectId).catch((error: unknown) => {
      if (error instanceof DomainError && error.code.startsWith('vault.key')) return [];
      throw error;
    });
  }

  private async followBirthDate({ subjectId, minorStatus }: Subject, birthDate: string): Promise<void> {
    const to = minorStatusOf(birthDate, this.clock.now(), await this.minorAges.current());
    if (to !== minorStatus) await this.handOver.settle({ subjectId, from: minorStatus, to });
  }
}
