import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database, ScheduledTasks, type DueRecords } from '@abide/platform';
import { EffectiveRulebook, type Keeping } from '@abide/policy';

/** How many events of one category are stored for one service. */
export interface StoredVolume {
  readonly category: string;
  readonly service: string;
  /** The category is sensitive. */
  readonly sensitive: boolean;
  readonly events: number;
  /** Among them, those that are sensitive: by category, by the subject's word or by their age. */
  readonly sensitiveEvents: number;
  /** Among them, what was over its time when they were counted and is not swept yet. */
  readonly due: DueRecords | null;
  /** How long what comes in now is kept, for the purposes that are told apart; none where no clause in force says so. */
  readonly keepings: readonly Keeping[];
}

interface Counted extends Pick<StoredVolume, 'category' | 'service' | 'events' | 'sensitiveEvents'> {
  readonly countedAt: Date;
  readonly dueEvents: number;
  readonly dueSince: Date | null;
}

const intervalSeconds = 600;
const mostVolumes = 1000;

/** How much is stored, counted every ten minutes in the background and never while somebody waits. */
@Injectable()
export class StoredCounts implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tasks: ScheduledTasks,
    private readonly rulebooks: EffectiveRulebook,
  ) {}

  onModuleInit(): void {
    this.tasks.every(intervalSeconds, 'telemetry.stored_counts', () => this.count());
  }

  /** Counts everything anew. */
  async count(): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction(async () => {
      await this.db.execute('DELETE FROM telemetry.stored_counts');
      await this.db.execute(
        `INSERT INTO telemetry.stored_counts (category, service, is_sensitive, events, counted_at, due_events, due_since)
         SELECT category, service, is_sensitive, count(*), $1, count(*) FILTER (WHERE retain_until <= $1), min(retain_until) FILTER (WHERE retain_until <= $1)
         FROM telemetry.events GROUP BY category, service, is_sensitive`,
        [now],
      );
    });
  }

  /** The largest first, as they were counted last. */
  async list(): Promise<{ items: StoredVolume[]; asOf: Date | null }> {
    const { registry } = await this.rulebooks.current();
    const sensitive = new Set(
      registry.catalogue.categories.filter(({ isSensitive }) => isSensitive).map(({ code }) => code),
    );
    const rows = await this.db.query<Counted>(
      `SELECT category, service, sum(events)::float8 AS events, coalesce(sum(events) FILTER (WHERE is_sensitive), 0)::float8 AS "sensitiveEvents", max(counted_at) AS "countedAt",
         sum(due_events)::float8 AS "dueEvents", min(due_since) AS "dueSince"
       FROM telemetry.stored_counts GROUP BY category, service ORDER BY events DESC, category, service LIMIT ${mostVolumes}`,
    );
    const keepings = await this.rulebooks.keepings(rows);
    const items = rows.map(({ category, service, events, sensitiveEvents, dueEvents, dueSince }, index) => ({
      category,
      service,
      sensitive: sensitive.has(category),
      events,
      sensitiveEvents,
      due: dueSince && { count: dueEvents, since: dueSince },
      keepings: keepings[index] ?? [],
    }));
    return { items, asOf: rows[0]?.countedAt ?? null };
  }
}
