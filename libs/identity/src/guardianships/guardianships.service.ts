import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Repository } from 'typeorm';
import { Subject, type SubjectStatus } from '../subjects/subject.entity.js';
import { kindFor, refusal } from './guardian.rules.js';
import { Guardianship } from './guardianship.entity.js';
import { GuardianshipRecords } from './guardianship-records.js';

/** What the gate is told of a child's guardians (rules.md, rule 5). */
export interface GuardianFacts {
  readonly isConfirmed: boolean;
  /** A confirmed guardian is known to be an adult. */
  readonly isOfAge: boolean;
  /** The consent of one who is known to be an adult stands, and no guardian's withdrawal does. */
  readonly hasConsented: boolean;
}

interface FactsRow extends GuardianFacts {
  readonly subjectId: string;
}

const nobody: GuardianFacts = { isConfirmed: false, isOfAge: false, hasConsented: false };

/** SQL: until when, and from when on, a guardian consented; a consent that stands has no end. */
const spans = `(earlier_consents + CASE WHEN consented_at IS NULL THEN '{}' ELSE tstzmultirange(tstzrange(consented_at, consent_withdrawn_at)) END)`;

/** SQL: what each guardianship says by itself. A withdrawal stands after it has ended too: only its guardian takes it back, or an officer sets it aside. */
function judged({
  confirmed,
  ofAge,
  consents,
  objects,
}: Readonly<Record<'confirmed' | 'ofAge' | 'consents' | 'objects', string>>): string {
  return `coalesce(${confirmed}, false) AS confirmed, coalesce(${ofAge}, false) AS of_age, coalesce(${consents}, false) AS consents, coalesce(${objects}, false) AS objects`;
}

/** SQL: what they say together. */
const summed = `bool_or(confirmed) AS "isConfirmed", bool_or(confirmed AND of_age) AS "isOfAge",
  bool_or(confirmed AND of_age AND consents) AND NOT bool_or(objects) AS "hasConsented"`;

/** Who answers for which minor, for other modules. */
@Injectable()
export class Guardianships {
  constructor(
    @InjectRepository(Guardianship) private readonly guardianshipRepository: Repository<Guardianship>,
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly records: GuardianshipRecords,
  ) {}

  /**
   * That `guardianSubjectId` may see what is decided for `wardId`, who needs a guardian's consent, and may take it back. Inside a transaction that
   * holds the ward (`lockWard`) it stays true until the end of it.
   * @throws DomainError `guardianship.not_found`, `guardianship.not_confirmed`, or `guardianship.came_of_age` once the consent is no longer needed.
   */
  async requireWard(guardianSubjectId: string, wardId: string): Promise<{ guardianshipId: string }> {
    const { id } = await this.confirmedBetween(guardianSubjectId, wardId);
    return { guardianshipId: id };
  }

  /** The same of somebody who is known to be an adult, and so may open something for the ward. @throws DomainError also `guardianship.age_unknown`. */
  async requireAdultGuardian(guardianSubjectId: string, wardId: string): Promise<{ guardianshipId: string }> {
    const held = await this.confirmedBetween(guardianSubjectId, wardId);
    if (!held.isOfAge(this.clock.now())) throw refusal('guardianship.age_unknown');
    return { guardianshipId: held.id };
  }

  /**
   * The guardian of a guardianship whose word opens something for the ward, as somebody else brings it: their account, or null without one.
   * @throws DomainError `guardianship.not_found`, `.not_confirmed`, `.came_of_age`, `.age_unknown`.
   */
  async requireAdultOf(guardianshipId: string, wardId: string): Promise<{ guardianId: string | null }> {
    const held = await this.guardianshipRepository.findOneBy({ subjectId: wardId, id: guardianshipId });
    if (held?.state !== 'confirmed') throw refusal(whyNot(held ? [held] : []));
    await this.requireInCare(wardId);
    if (!held.isOfAge(this.clock.now())) throw refusal('guardianship.age_unknown');
    return { guardianId: held.guardianId };
  }

  /** Keeps whoever answers for the ward, and what they consented to, as it is until the open transaction ends: hand-over and guardians' acts follow one another. */
  async lockWard(wardId: string): Promise<void> {
    await this.db.query('SELECT 1 FROM identity.subjects WHERE subject_id = $1 FOR UPDATE', [wardId]);
  }

  /** The accounts of a minor's confirmed guardians; guardians without an account are left out. */
  async guardiansOf(subjectId: string): Promise<string[]> {
    const rows = await this.db.query<{ guardian_id: string }>(
      "SELECT DISTINCT guardian_id FROM identity.guardianships WHERE subject_id = $1 AND state = 'confirmed' AND guardian_id IS NOT NULL ORDER BY guardian_id",
      [subjectId],
    );
    return rows.map(({ guardian_id }) => guardian_id);
  }

  /**
   * For each of `subjectIds`, in one statement, what the gate is told. With `at`, as it was at that instant. Subjects without a guardian, or
   * unknown, are there with all of it false.
   */
  async factsOf(subjectIds: readonly string[], at?: Date): Promise<ReadonlyMap<string, GuardianFacts>> {
    if (at) {
      const past = await this.factsAt(subjectIds.map((subjectId) => ({ subjectId, at: at.getTime() })));
      return new Map(subjectIds.map((subjectId, index) => [subjectId, past[index] ?? nobody]));
    }
    const facts = new Map<string, GuardianFacts>(subjectIds.map((subjectId) => [subjectId.toLowerCase(), nobody]));
    for (const { subjectId, ...own } of await this.readPresent(subjectIds)) facts.set(subjectId, own);
    return new Map(subjectIds.map((subjectId) => [subjectId, facts.get(subjectId.toLowerCase()) ?? nobody]));
  }

  /** The same of each of these at an instant of its own (epoch milliseconds), in their order. */
  async factsAt(asked: readonly { readonly subjectId: string; readonly at: number }[]): Promise<GuardianFacts[]> {
    const rows = await this.db.query<GuardianFacts & { place: number }>(
      `SELECT place::int AS place, ${summed}
       FROM (
         SELECT asked.place, ${judged({
           confirmed: 'confirmed_at <= asked.at AND (ended_at IS NULL OR ended_at > asked.at)',
           ofAge: 'adult_known_at <= asked.at OR age_due_at > asked.at',
           consents: `${spans} @> asked.at`,
           objects: `coalesce(lower(${spans}), consent_withdrawn_at) <= asked.at AND NOT ${spans} @> asked.at AND NOT set_aside @> asked.at`,
         })}
         FROM (SELECT subject_id, to_timestamp(at / 1000) AS at, place FROM unnest($1::uuid[], $2::float8[]) WITH ORDINALITY AS each (subject_id, at, place)) AS asked
         JOIN identity.guardianships held ON held.subject_id = asked.subject_id
       ) AS held GROUP BY place`,
      [asked.map(({ subjectId }) => subjectId), asked.map(({ at }) => at)],
    );
    const facts = new Map(rows.map(({ place, ...own }) => [place, own]));
    return asked.map((_, index) => facts.get(index + 1) ?? nobody);
  }

  /** The state of an account as it is shown: a child without a guardian who is known to be an adult waits for one. */
  async statusOf({ subjectId, status, minorStatus }: Subject): Promise<SubjectStatus> {
    if (status !== 'active' || kindFor(minorStatus) !== 'consent') return status;
    return (await this.factsOf([subjectId])).get(subjectId)?.isOfAge ? status : 'pendingGuardian';
  }

  private readPresent(subjectIds: readonly string[]): Promise<FactsRow[]> {
    return this.db.query<FactsRow>(
      `SELECT subject_id AS "subjectId", ${summed}
       FROM (
         SELECT subject_id, ${judged({
           confirmed: `state = 'confirmed'`,
           ofAge: 'adult_known_at IS NOT NULL OR age_due_at > $2',
           consents: 'consented_at IS NOT NULL AND consent_withdrawn_at IS NULL',
           objects: 'consent_withdrawn_at IS NOT NULL AND NOT upper_inf(set_aside)',
         })}
         FROM identity.guardianships WHERE subject_id = ANY($1::uuid[])
       ) AS held GROUP BY subject_id`,
      [subjectIds, this.clock.now()],
    );
  }

  private async confirmedBetween(guardianId: string, wardId: string): Promise<Guardianship> {
    const held = await this.records.between(guardianId, wardId);
    const confirmed = held.find(({ state }) => state === 'confirmed');
    if (!confirmed) throw refusal(whyNot(held));
    await this.requireInCare(wardId);
    return confirmed;
  }

  private async requireInCare(wardId: string): Promise<void> {
    const ward = await this.subjectRepository.findOneBy({ subjectId: wardId });
    if (!ward || kindFor(ward.minorStatus) !== 'consent') throw refusal('guardianship.came_of_age');
  }
}

/** Why somebody without a confirmed guardianship may not act for the minor. */
function whyNot(
  held: readonly Guardianship[],
): 'guardianship.not_confirmed' | 'guardianship.came_of_age' | 'guardianship.not_found' {
  if (held.some(({ state }) => state === 'pending')) return 'guardianship.not_confirmed';
  return held.some(({ endReason }) => endReason === 'cameOfAge')
    ? 'guardianship.came_of_age'
    : 'guardianship.not_found';
}
