import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Clock, dayInMilliseconds, newId } from '@abide/kernel';
import {
  Config,
  Database,
  HolderRegistry,
  metrics,
  rowsIn,
  ScheduledTasks,
  type AffectedCount,
  type Holder,
} from '@abide/platform';
import { Gauge } from 'prom-client';
import { batchRows, DueRecords } from './due-records.js';
import { SparedScopes } from './spared-scopes.js';
import { lockSweeping } from './sweep-lock.js';
import { SweepRuns, type RunCount, type SweepRun } from './sweep-runs.queries.js';
import { SweeperStates } from './sweeper-state.queries.js';

const overdueRecords = new Gauge({
  name: 'abide_retention_overdue_records',
  help: 'Records that were due a day ago and are still there, by holder, as whoever sweeps saw them last.',
  labelNames: ['holder'],
  registers: [metrics],
});

const pollSeconds = 10;
const lookEveryMilliseconds = 3_600_000;

type Running = Pick<SweepRun, 'id' | 'isDry' | 'reason' | 'dueAt'>;

/**
 * Has every holder delete what fell due, but for what is to stay: every hour and when an operator asks. In batches, each in a transaction of
 * its own with its count and its evidence, so that one that was ended midway is gone on with. One process at a time.
 */
@Injectable()
export class Sweeper implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('Sweeper');
  private isStopping = false;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly tasks: ScheduledTasks,
    private readonly holders: HolderRegistry,
    private readonly spared: SparedScopes,
    private readonly due: DueRecords,
    private readonly runs: SweepRuns,
    private readonly states: SweeperStates,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.tasks.every(pollSeconds, 'retention.sweep', () => this.work());
  }

  beforeApplicationShutdown(): void {
    this.isStopping = true;
  }

  /** Goes on with what is asked for or was ended midway, and looks for what is due where that was an hour ago. */
  async work(): Promise<void> {
    for (let run = await this.runs.next(); run && !this.isStopping; run = await this.runs.next())
      await this.carryOut(run);
    const { lookedAt } = await this.states.now();
    if (this.isStopping || this.isWithin(lookedAt, lookEveryMilliseconds)) return;
    await this.look();
  }

  /** Where much is overdue, or anything before the first time, somebody is to see first what would go. */
  private async look(): Promise<void> {
    const now = this.clock.now();
    const overdue = await this.findOverdue(now);
    const { sweptAt } = await this.states.now();
    const unseen = overdue.reduce((sum, { records }) => sum + records, 0);
    const isToBeSeen = unseen > (sweptAt === null ? 0 : this.config.get('ABIDE_UNSEEN_OVERDUE'));
    const waits = (await this.runs.waiting()) !== null;
    if (!waits) {
      const reason = isToBeSeen ? ('overdue' as const) : ('schedule' as const);
      const run = { id: newId(), isDry: isToBeSeen, reason, dueAt: now };
      await this.carryOut(run);
    }
    await this.forecast(now);
    await this.states.looked(now);
  }

  private async carryOut(run: Running): Promise<void> {
    await this.runs.begin(run.id);
    for (const holder of this.holders.all()) {
      if (this.isStopping) return;
      await this.sweep(run, holder);
    }
    if (this.isStopping) return;
    if (run.isDry) await this.endDry(run);
    else await this.endReal(run);
  }

  /** What one holder cannot do keeps the others from nothing; what stays is overdue soon and is told then. */
  private async sweep(run: Running, holder: Holder): Promise<void> {
    try {
      if (run.isDry) await this.count(run, holder);
      else while (!this.isStopping && (await this.takeBatch(run, holder)) >= batchRows);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.error(`What is due at ${holder.name} could not be swept and will be tried again: ${reason}`);
      await this.db.transaction(async () => {
        await this.keep(run);
        await this.runs.noteFailed(run.id, holder.name);
      });
    }
  }

  private async count(run: Running, holder: Holder): Promise<void> {
    const counts = await this.due.of(holder, { now: run.dueAt, except: await this.spared.now() });
    await this.db.transaction(async () => {
      await this.keep(run);
      await this.runs.setCounts(run.id, counts);
    });
  }

  /** No hold is placed while a batch goes. Answers how many rows went. */
  private takeBatch(run: Running, holder: Holder): Promise<number> {
    return this.db.transaction(async () => {
      await lockSweeping(this.db, 'alone');
      const { counts } = await holder.expire({ now: run.dueAt, limit: batchRows, except: await this.spared.now() });
      const rows = rowsIn(counts);
      if (rows === 0) return 0;
      await this.keep(run);
      await this.runs.addCounts(
        run.id,
        counts.map((count) => runCountOf(holder, count)),
      );
      await this.audit.record({
        act: 'retention.swept',
        object: { type: 'retentionRun', id: run.id },
        details: { holder: holder.name, records: rows, categories: categoriesOf(counts) },
      });
      return rows;
    });
  }

  private async endDry({ id, reason }: Running): Promise<void> {
    await this.db.transaction(() => this.runs.end(id, reason === 'overdue' ? 'waiting' : 'done', this.clock.now()));
  }

  /** A run that found nothing and that nobody asked for leaves no record, and what was overdue before it is so still: it is not looked for again. */
  private async endReal(run: Running): Promise<void> {
    const now = this.clock.now();
    if (await this.runs.find(run.id)) {
      const spared = await this.findSpared(run);
      await this.db.transaction(async () => {
        await this.runs.setSpared(run.id, spared);
        await this.runs.end(run.id, 'done', now);
      });
      await this.findOverdue(now);
    }
    await this.states.swept(now);
  }

  private async findSpared({ dueAt }: Running): Promise<RunCount[]> {
    const except = await this.spared.now();
    if (except.length === 0) return [];
    const counts = await Promise.all(this.holders.all().map((holder) => this.due.of(holder, { now: dueAt, except })));
    return counts.flat().filter(({ spared }) => spared > 0);
  }

  /** What was due a day ago and is there still, without what is to stay; remembered for whoever looks. */
  private async findOverdue(now: Date): Promise<RunCount[]> {
    const before = new Date(now.getTime() - dayInMilliseconds);
    const overdue: RunCount[] = [];
    overdueRecords.reset();
    for (const holder of this.holders.all()) {
      const counts = await this.due.of(holder, { now: before, except: await this.spared.now() });
      overdue.push(...counts.filter(({ records }) => records > 0));
      overdueRecords.set(
        { holder: holder.name },
        counts.reduce((sum, { records }) => sum + records, 0),
      );
    }
    await this.states.setOverdue(overdue, now);
    return overdue;
  }

  /** Once a day: what falls due is counted row by row. */
  private async forecast(now: Date): Promise<void> {
    const { countedAt } = await this.states.forecast();
    if (this.isWithin(countedAt, dayInMilliseconds)) return;
    const counts = [];
    for (const holder of this.holders.all())
      if (holder.dueByMonth) counts.push({ holder: holder.name, months: await holder.dueByMonth() });
    await this.states.setForecast(counts, now);
  }

  /** Where the clock was ahead then, it says nothing. */
  private isWithin(at: Date | null, milliseconds: number): boolean {
    return at !== null && Math.abs(this.clock.now().getTime() - at.getTime()) < milliseconds;
  }

  /** A run that nobody asked for is written down with the first that it does. */
  private async keep({ id, isDry, reason, dueAt }: Running): Promise<void> {
    await this.runs.insert({ isDry, state: 'running', reason, askedAt: dueAt, dueAt }, id);
  }
}

function runCountOf(holder: Holder, { category, table = '', count }: AffectedCount): RunCount {
  return { holder: holder.name, category, table, records: count, spared: 0 };
}

/** `log.device 12, log.search 3` */
function categoriesOf(counts: readonly AffectedCount[]): string {
  const byCategory = Map.groupBy(counts, ({ category }) => category);
  return [...byCategory].map(([category, same]) => `${category} ${rowsIn(same)}`).join(', ');
}
