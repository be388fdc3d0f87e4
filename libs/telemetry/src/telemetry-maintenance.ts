import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { LaterConsents, PurposeRemoval } from '@abide/consent';
import { Clock } from '@abide/kernel';
import { Config, Database, ScheduledTasks } from '@abide/platform';
import { EventIngest } from './batches/event-ingest.js';
import { CoarsenedEvents } from './coarsened-events.js';
import { telemetryRows } from './telemetry-rows.js';

const hourSeconds = 3600;
const countsKeptDays = 400;

/** What telemetry does by the clock, and after a withdrawal. */
@Injectable()
export class TelemetryMaintenance implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly tasks: ScheduledTasks,
    private readonly ingest: EventIngest,
    private readonly removal: PurposeRemoval,
    private readonly laterConsents: LaterConsents,
    private readonly coarsened: CoarsenedEvents,
  ) {}

  onModuleInit(): void {
    this.removal.watch(telemetryRows, (subjectIds) => this.coarsened.coarsen(subjectIds));
    this.laterConsents.watch(telemetryRows, (subjectIds) => this.coarsened.coarsen(subjectIds));
    this.tasks.every(hourSeconds, 'telemetry.maintenance', () => this.run());
  }

  /** The first hour needs its partitions as well. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.runsJobs) await this.ingest.maintain();
  }

  private async run(): Promise<void> {
    await this.ingest.maintain();
    const before = new Date(this.clock.now().getTime() - countsKeptDays * 24 * hourSeconds * 1000);
    await this.db.execute('DELETE FROM telemetry.ingest_counts WHERE minute < $1', [before]);
  }
}
