import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { choicesOf, standingOf, type Choice, type Rulebook } from '@abide/rulebook';
import { SubjectFactsLoader, type KnownSubject } from '../gate/facts/subject-facts.loader.js';
import { isOutdated, withdrawnAt } from '../states/consent-state.sql.js';
import { demandColumns, freshDemandsOf } from '../reconsent/fresh-demands.rules.js';

export const lapsedStates = ['stale', 'expired'] as const;
/** How a consent that was given stopped to carry anything. */
export type LapsedState = (typeof lapsedStates)[number];

export interface Lapse {
  readonly purpose: string;
  readonly state: LapsedState;
}

/** A part of the audience, in the order of subject ids. */
export interface AudiencePart {
  readonly matching: readonly string[];
  /** The last subject that was looked at; null at the end. */
  readonly next: string | null;
}

const suspects = `
  SELECT DISTINCT held.subject_id AS "subjectId" FROM consent.states held
  WHERE held.purpose = $6 AND held.granted_at IS NOT NULL AND ($7::uuid IS NULL OR held.subject_id > $7)
    AND CASE $8::text WHEN 'stale' THEN ${isOutdated('held', 2)} ELSE held.expires_at <= $1 END
    AND coalesce(held.granted_at > ${withdrawnAt('held')}, true)
  ORDER BY 1 LIMIT $9`;

/** Finds the active subjects whose consent for a purpose has lapsed: SQL names suspects, the rules confirm each. */
@Injectable()
export class ConsentAudience {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly rulebooks: EffectiveRulebook,
    private readonly subjectFacts: SubjectFactsLoader,
  ) {}

  /** Looks at `limit` suspects after a subject; null for the first. */
  async after(cursor: string | null, limit: number, { purpose, state }: Lapse): Promise<AudiencePart> {
    const { rulebook } = await this.rulebooks.current();
    const demands = demandColumns(freshDemandsOf(rulebook));
    const found = await this.db.query<{ subjectId: string }>(suspects, [
      this.clock.now(),
      ...demands,
      purpose,
      cursor,
      state,
      limit,
    ]);
    const ids = found.map(({ subjectId }) => subjectId);
    const known = await this.subjectFacts.ofMany(ids);
    const choices = choicesOf(rulebook).get(purpose) ?? [];
    return {
      matching: ids.filter((id) => this.hasLapsed(known.get(id), { rulebook, choices, state })),
      next: ids.length < limit ? null : (ids.at(-1) ?? null),
    };
  }

  private hasLapsed(
    known: KnownSubject | undefined,
    { rulebook, choices, state }: { rulebook: Rulebook; choices: readonly Choice[]; state: LapsedState },
  ): boolean {
    if (known?.status !== 'active') return false;
    const at = Math.max(this.clock.now().getTime(), known.latestAt);
    return choices.some((choice) => standingOf(rulebook, known.facts, { choice, at }).code === `consent.${state}`);
  }
}
