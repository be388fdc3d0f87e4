import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { LaterConsents, PurposeRemoval } from '@abide/consent';
import { Clock } from '@abide/kernel';
import { Config, Database, ScheduledTasks } from '@abide/platform';
import { FixIngest } from './batches/fix-ingest.js';
import { CoarsenedFixes } from './coarsened-fixes.js';
import { locationRows } from './location-rows.js';

const hourSeconds = 3600;
const countsKeptDays = 400;

/** What location does by the clock, and after a withdrawal. */
@Injectable()
export class LocationMaintenance implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly tasks: ScheduledTasks,
    private readonly ingest: FixIngest,
    private readonly removal: PurposeRemoval,
    private readonly laterConsents: LaterConsents,
    private readonly coarsened: CoarsenedFixes,
  ) {}

  onModuleInit(): void {
    this.removal.watch(locationRows, (subjectIds) => this.coarsened.coarsen(subjectIds));
    this.laterConsents.watch(locationRows, (subjectIds) => this.coarsened.coarsen(subjectIds));
    this.tasks.every(hourSeconds, 'location.maintenance', () => this.run());
  }

  /** The first hour needs its partitions as well. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.runsJobs) await this.ingest.maintain();
  }

  private async run(): Promise<void> {
    await this.ingest.maintain();
    const before = new Date(this.clock.now().getTime() - countsKeptDays * 24 * hourSeconds * 1000);
    await this.db.execute('DELETE FROM location.ingest_counts WHERE minute < $1', [before]);
  }
}
