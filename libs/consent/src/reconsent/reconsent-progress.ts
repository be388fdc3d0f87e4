import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { standingOf, type Rulebook } from '@abide/rulebook';
import { SubjectFactsLoader, type KnownSubject } from '../gate/facts/subject-facts.loader.js';
import { isOlderThan } from '../states/consent-state.sql.js';
import { freshDemandsOf, type FreshDemand } from './fresh-demands.rules.js';

const intervalSeconds = 300;
const subjectsPerBatch = 500;
const batchesPerRun = 200;

/** Where a pass over the subjects stands. */
interface Pass {
  readonly cursor: string | null;
  readonly stale: number;
  readonly renewed: number;
}

const namesDemand = 'policy = $1 AND revision = $2 AND purpose = $3';
const given = { policy: 'event.policy', revision: 'event.revision', at: 'event.occurred_at' };

/** Subjects who had granted, before the revision, something of the purpose that it changed. Who was erased has no state. */
const audience = `
  SELECT DISTINCT held.subject_id AS "subjectId" FROM consent.states held
  WHERE held.purpose = $3 AND held.granted_at IS NOT NULL AND ($6::uuid IS NULL OR held.subject_id > $6) AND EXISTS (
    SELECT 1 FROM consent.events event CROSS JOIN (SELECT $1::text AS policy, $2::int AS revision, $4::timestamptz AS effective_at) AS demand
    WHERE event.subject_id = held.subject_id AND event.purpose = held.purpose AND event.state = 'granted'
      AND (event.categories IS NULL OR event.categories && $5::text[]) AND ${isOlderThan('demand', given)})
  ORDER BY 1 LIMIT ${subjectsPerBatch}`;

/**
 * Counts, for each revision that needed fresh consent and each purpose it changed, whose consent is stale and who consented
 * again. A pass reads the subjects in batches, keeps its place, and goes on in the next run; figures show when a pass is whole.
 */
@Injectable()
export class ReconsentProgress implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tasks: ScheduledTasks,
    private readonly rulebooks: EffectiveRulebook,
    private readonly subjectFacts: SubjectFactsLoader,
  ) {}

  onModuleInit(): void {
    this.tasks.every(intervalSeconds, 'consent.reconsent_progress', () => this.goOn());
  }

  /** Goes on where the last run stopped, the oldest figures first. */
  async goOn(): Promise<void> {
    const { rulebook } = await this.rulebooks.current();
    let batches = batchesPerRun;
    for (const demand of await this.oldestFirst(freshDemandsOf(rulebook))) {
      if (batches <= 0) return;
      batches -= await this.pass(rulebook, demand, batches);
    }
  }

  private async oldestFirst(demands: readonly FreshDemand[]): Promise<FreshDemand[]> {
    const rows = await this.db.query<{ policy: string; revision: number; purpose: string; at: Date | null }>(
      'SELECT policy, revision, purpose, at FROM consent.reconsent_progress',
    );
    const countedAt = new Map(
      rows.map(({ policy, revision, purpose, at }) => [`${policy} ${revision} ${purpose}`, at?.getTime() ?? 0]),
    );
    const ageOf = ({ policy, revision, purpose }: FreshDemand) =>
      countedAt.get(`${policy} ${revision} ${purpose}`) ?? 0;
    return [...demands].sort((one, other) => ageOf(one) - ageOf(other));
  }

  /** Answers how many batches it took. */
  private async pass(rulebook: Rulebook, demand: FreshDemand, most: number): Promise<number> {
    let pass = await this.begin(demand);
    for (let batch = 1; batch <= most; batch += 1) {
      const subjectIds = await this.audienceAfter(pass.cursor, demand);
      const counted = await this.count(rulebook, demand, subjectIds);
      pass = {
        cursor: subjectIds.at(-1) ?? pass.cursor,
        stale: pass.stale + counted.stale,
        renewed: pass.renewed + counted.renewed,
      };
      if (subjectIds.length < subjectsPerBatch) {
        await this.finish(demand, pass);
        return batch;
      }
      await this.keep(demand, pass);
    }
    return most;
  }

  private async begin({ policy, revision, purpose }: FreshDemand): Promise<Pass> {
    await this.db.execute(
      `INSERT INTO consent.reconsent_progress (policy, revision, purpose, stale, renewed, pass_stale, pass_renewed) VALUES ($1, $2, $3, 0, 0, 0, 0) ON CONFLICT DO NOTHING`,
      [policy, revision, purpose],
    );
    const [row] = await this.db.query<Pass>(
      `SELECT pass_cursor AS cursor, pass_stale AS stale, pass_renewed AS renewed FROM consent.reconsent_progress WHERE ${namesDemand}`,
      [policy, revision, purpose],
    );
    return row ?? { cursor: null, stale: 0, renewed: 0 };
  }

  private async audienceAfter(
    cursor: string | null,
    { policy, revision, purpose, effectiveAt, choices }: FreshDemand,
  ): Promise<string[]> {
    const categories = [...new Set(choices.map(({ category }) => category))];
    const found = await this.db.query<{ subjectId: string }>(audience, [
      policy,
      revision,
      purpose,
      effectiveAt === null ? null : new Date(effectiveAt),
      categories,
      cursor,
    ]);
    return found.map(({ subjectId }) => subjectId);
  }

  private async count(
    rulebook: Rulebook,
    demand: FreshDemand,
    subjectIds: readonly string[],
  ): Promise<{ stale: number; renewed: number }> {
    const known = await this.subjectFacts.ofMany(subjectIds);
    const answers = subjectIds.map((id) => this.answerOf(rulebook, demand, known.get(id)));
    return {
      stale: answers.filter((answer) => answer === 'stale').length,
      renewed: answers.filter((answer) => answer === 'renewed').length,
    };
  }

  /** Only what the revision changed counts: stale while any of it lacks a fresh consent, renewed once all that was granted has one. */
  private answerOf(
    rulebook: Rulebook,
    { choices }: FreshDemand,
    known: KnownSubject | undefined,
  ): 'stale' | 'renewed' | null {
    if (known?.status !== 'active') return null;
    const at = Math.max(this.clock.now().getTime(), known.latestAt);
    const codes = choices.map((choice) => standingOf(rulebook, known.facts, { choice, at }).code);
    if (codes.includes('consent.stale')) return 'stale';
    return codes.includes(null) ? 'renewed' : null;
  }

  private async keep({ policy, revision, purpose }: FreshDemand, { cursor, stale, renewed }: Pass): Promise<void> {
    await this.db.execute(
      `UPDATE consent.reconsent_progress SET pass_cursor = $4, pass_stale = $5, pass_renewed = $6 WHERE ${namesDemand}`,
      [policy, revision, purpose, cursor, stale, renewed],
    );
  }

  private async finish({ policy, revision, purpose }: FreshDemand, { stale, renewed }: Pass): Promise<void> {
    await this.db.execute(
      `UPDATE consent.reconsent_progress SET stale = $4, renewed = $5, at = $6, pass_cursor = NULL, pass_stale = 0, pass_renewed = 0 WHERE ${namesDemand}`,
      [policy, revision, purpose, stale, renewed, this.clock.now()],
    );
  }
}
