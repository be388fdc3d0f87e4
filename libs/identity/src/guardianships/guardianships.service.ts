import { Injectable } from '@nestjs/common';
import { Database } from '@abide/platform';
import { Subject } from '../subjects/subject.entity.js';
import { kindFor, refusal } from './guardian.rules.js';
import type { Guardianship } from './guardianship.entity.js';
import { GuardianshipRecords } from './guardianship-records.js';

/** What the gate is told of a child's guardians (rules.md, rule 5). */
export interface GuardianFacts {
  readonly isConfirmed: boolean;
  readonly hasConsented: boolean;
}

interface FactsRow extends GuardianFacts {
  readonly subjectId: string;
}

const nobody: GuardianFacts = { isConfirmed: false, hasConsented: false };

/** Who answers for which minor, for other modules. */
@Injectable()
export class Guardianships {
  constructor(
    private readonly db: Database,
    private readonly records: GuardianshipRecords,
  ) {}

  /**
   * That `guardianSubjectId` may act for `wardId`, who needs a guardian's consent.
   * @throws DomainError `guardianship.not_found`, `guardianship.not_confirmed`, or `guardianship.came_of_age` once the consent is no longer needed.
   */
  async requireWard(guardianSubjectId: string, wardId: string): Promise<{ guardianshipId: string }> {
    const held = await this.records.between(guardianSubjectId, wardId);
    const confirmed = held.find(({ state }) => state === 'confirmed');
    if (!confirmed) throw refusal(whyNot(held));
    const ward = await this.db.manager.findOneBy(Subject, { subjectId: wardId });
    if (!ward || kindFor(ward.minorStatus) !== 'consent') throw refusal('guardianship.came_of_age');
    return { guardianshipId: confirmed.id };
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
   * For each of `subjectIds`, in one statement: whether a guardian is confirmed, and whether a confirmed one's consent stands. With `at`, as
   * it was at that instant. Subjects without a guardian, or unknown, are there with both false.
   */
  async factsOf(subjectIds: readonly string[], at?: Date): Promise<ReadonlyMap<string, GuardianFacts>> {
    const facts = new Map<string, GuardianFacts>(subjectIds.map((subjectId) => [subjectId.toLowerCase(), nobody]));
    for (const { subjectId, isConfirmed, hasConsented } of await this.readFacts(subjectIds, at ?? null)) facts.set(subjectId, { isConfirmed, hasConsented });
    return new Map(subjectIds.map((subjectId) => [subjectId, facts.get(subjectId.toLowerCase()) ?? nobody]));
  }

  /** The same of each of these at an instant of its own (epoch milliseconds), in their order. */
  async factsAt(asked: readonly { readonly subjectId: string; readonly at: number }[]): Promise<GuardianFacts[]> {
    const rows = await this.db.query<GuardianFacts & { place: number }>(
      `SELECT asked.place::int AS place, true AS "isConfirmed",
              bool_or(earlier_consents @> asked.at OR (consented_at <= asked.at AND (consent_withdrawn_at IS NULL OR consent_withdrawn_at > asked.at))) AS "hasConsented"
       FROM (SELECT subject_id, to_timestamp(at / 1000) AS at, place FROM unnest($1::uuid[], $2::float8[]) WITH ORDINALITY AS each (subject_id, at, place)) AS asked
       JOIN identity.guardianships held ON held.subject_id = asked.subject_id AND confirmed_at <= asked.at AND (ended_at IS NULL OR ended_at > asked.at)
       GROUP BY asked.place`,
      [asked.map(({ subjectId }) => subjectId), asked.map(({ at }) => at)],
    );
    const facts = new Map(rows.map(({ place, isConfirmed, hasConsented }) => [place, { isConfirmed, hasConsented }]));
    return asked.map((_, index) => facts.get(index + 1) ?? nobody);
  }

  private readFacts(subjectIds: readonly string[], at: Date | null): Promise<FactsRow[]> {
    return this.db.query<FactsRow>(
      `SELECT subject_id AS "subjectId", true AS "isConfirmed",
              bool_or(CASE WHEN $2::timestamptz IS NULL THEN consented_at IS NOT NULL AND consent_withdrawn_at IS NULL
                           ELSE earlier_consents @> $2 OR (consented_at <= $2 AND (consent_withdrawn_at IS NULL OR consent_withdrawn_at > $2)) END) AS "hasConsented"
       FROM identity.guardianships
       WHERE subject_id = ANY($1::uuid[])
         AND CASE WHEN $2::timestamptz IS NULL THEN state = 'confirmed'
                  ELSE confirmed_at <= $2 AND (ended_at IS NULL OR ended_at > $2) END
       GROUP BY subject_id`,
      [subjectIds, at],
    );
  }
}

/** Why somebody without a confirmed guardianship may not act for the minor. */
function whyNot(held: readonly Guardianship[]): 'guardianship.not_confirmed' | 'guardianship.came_of_age' | 'guardianship.not_found' {
  if (held.some(({ state }) => state === 'pending')) return 'guardianship.not_confirmed';
  return held.some(({ endReason }) => endReason === 'cameOfAge') ? 'guardianship.came_of_age' : 'guardianship.not_found';
}
