import { Injectable } from '@nestjs/common';
import { Operators } from '@abide/identity';
import { EffectiveRulebook } from '@abide/policy';
import type {
  RetentionForecastResponse,
  RetentionRunResponse,
  RetentionSchedulesResponse,
  RetentionStandingResponse,
} from './retention.dto.js';
import { SweepRuns, type RunCount, type SweepRun } from './sweep-runs.queries.js';
import { SweeperStates } from './sweeper-state.queries.js';

/** Puts together what operators read of schedules, runs and forecast. */
@Injectable()
export class RetentionViews {
  constructor(
    private readonly runs: SweepRuns,
    private readonly states: SweeperStates,
    private readonly operators: Operators,
    private readonly rulebooks: EffectiveRulebook,
  ) {}

  async runsOf(runs: readonly SweepRun[]): Promise<RetentionRunResponse[]> {
    const counts = Map.groupBy(await this.runs.countsOf(runs.map(({ id }) => id)), ({ runId }) => runId);
    const names = await this.operators.namesOf(
      runs.flatMap(({ askedBy, approvedBy }) => [askedBy, approvedBy].filter((id) => id !== null)),
    );
    const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
    return runs.map(
      ({ id, isDry, state, reason, askedAt, askedBy, dueAt, endedAt, approvedBy, approvedAt, failed }) => {
        const categories = byCategory(counts.get(id) ?? []);
        return {
          id,
          isDry,
          state,
          reason,
          askedAt: askedAt.toISOString(),
          askedBy: nameOf(askedBy),
          dueAt: dueAt.toISOString(),
          endedAt: endedAt?.toISOString() ?? null,
          approvedBy: nameOf(approvedBy),
          approvedAt: approvedAt?.toISOString() ?? null,
          failed,
          records: sum(categories, 'records'),
          spared: sum(categories, 'spared'),
          categories,
        };
      },
    );
  }

  async standing(): Promise<RetentionStandingResponse> {
    const waiting = await this.runs.waiting();
    const counts = waiting ? await this.runs.countsOf([waiting.id]) : [];
    const overdue = await this.states.overdue();
    return {
      sweptAt: (await this.states.now()).sweptAt?.toISOString() ?? null,
      waitingRunId: waiting?.id ?? null,
      waitingRecords: sum(counts, 'records'),
      overdue: overdue.map(({ holder, category, records }) => ({ holder, category, records })),
    };
  }

  async forecast(): Promise<RetentionForecastResponse> {
    const { countedAt, months } = await this.states.forecast();
    return {
      countedAt: countedAt?.toISOString() ?? null,
      months: months.map(({ category, month, records }) => ({ category, month, records })),
    };
  }

  /** As the revisions in force promise it, each of a category, a service and its purposes once. */
  async schedules(): Promise<RetentionSchedulesResponse> {
    const { rulebook } = await this.rulebooks.current();
    const items = rulebook.promises.map(
      ({ category, service, purposes, period, until, then, minimum, policy, revision, clauseId }) => ({
        category,
        service,
        purposes,
        period,
        until,
        then,
        minimum: minimum?.period ?? null,
        policy,
        revision,
        clauseId,
      }),
    );
    return {
      items: items.toSorted((one, other) =>
        one.category < other.category ? -1 : Number(one.category > other.category),
      ),
    };
  }
}

type Counts = Pick<RunCount, 'category' | 'records' | 'spared'>;

function byCategory(counts: readonly RunCount[]): Counts[] {
  return [...Map.groupBy(counts, ({ category }) => category)]
    .map(([category, same]) => ({ category, records: sum(same, 'records'), spared: sum(same, 'spared') }))
    .toSorted((one, other) => other.records - one.records || other.spared - one.spared);
}

function sum(counts: readonly Counts[], of: 'records' | 'spared'): number {
  return counts.reduce((all, count) => all + count[of], 0);
}
