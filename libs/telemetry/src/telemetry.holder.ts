import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { LineageEntry } from '@abide/consent';
import { Clock } from '@abide/kernel';
import { Database, HolderRegistry, type HeldRecord, type Holder, type HoldingGround, type HoldingScope, type HoldingSummary } from '@abide/platform';
import { OpenedEvents } from './reading/opened-events.js';
import { storedEvent, type StoredEvent } from './reading/stored-event.js';

const rowsPerPage = 500;

interface Held extends Omit<HoldingSummary, 'grounds'> {
  readonly grounds: readonly (Omit<LineageEntry, 'basis' | 'consentEvent'> & { readonly count: number })[];
}

/** Answers for the events of subjects. */
@Injectable()
export class TelemetryHolder implements Holder, OnModuleInit {
  readonly name = 'telemetry';
  readonly tables = ['telemetry.events'];
  readonly honoursSince = true;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly opened: OpenedEvents,
    private readonly holders: HolderRegistry,
  ) {}

  onModuleInit(): void {
    this.holders.register(this);
  }

  async describe(subjectId: string, { since }: HoldingScope = {}): Promise<HoldingSummary[]> {
    const held = await this.db.query<Held>(
      `WITH own AS MATERIALIZED (
         SELECT category, service, received_at, retain_until, lineage FROM telemetry.events
         WHERE subject_id = $1 AND (retain_until IS NULL OR retain_until > $2) AND ($3::timestamptz IS NULL OR (occurred_at >= $3 AND received_at >= $3))
       ), grounds AS (
         SELECT category, service, entry->>'policy' AS policy, (entry->>'revision')::int AS revision, entry->>'clause' AS clause, entry->>'purpose' AS purpose, count(*)::int AS count
         FROM own, jsonb_array_elements(lineage) AS entry GROUP BY 1, 2, 3, 4, 5, 6
       )
       SELECT category, service, count(*)::int AS count, min(received_at) AS since, max(retain_until) AS until, bool_or(retain_until IS NULL) AS "isOpenEnded",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('policy', policy, 'revision', revision, 'clause', clause, 'purpose', purpose, 'count', grounds.count)), '[]')
          FROM grounds WHERE grounds.category = own.category AND grounds.service = own.service) AS grounds
       FROM own GROUP BY category, service ORDER BY category, service`,
      [subjectId, this.clock.now(), since ?? null],
    );
    return held.map(({ grounds, ...summary }) => ({ ...summary, grounds: grounds.map(({ clause, ...ground }): HoldingGround => ({ ...ground, clauseId: clause })) }));
  }

  async *export(subjectId: string): AsyncIterable<HeldRecord> {
    for (let last = '00000000-0000-0000-0000-000000000000'; ; ) {
      const rows = await this.db.query<StoredEvent>(`SELECT ${storedEvent} FROM telemetry.events event WHERE subject_id = $1 AND event_id > $2 ORDER BY event_id LIMIT ${rowsPerPage}`, [subjectId, last]);
      for (const event of await this.opened.open(rows, () => 'exact')) {
        const { category, eventId, receivedAt, occurredAt, service, means, retainUntil, attributes, personal, lineage } = event;
        yield { category, table: 'telemetry.events', id: eventId, since: receivedAt, values: { occurredAt, service, means, retainUntil, attributes, personal, lineage } };
      }
      if (rows.length < rowsPerPage) return;
      last = rows.at(-1)?.eventId ?? last;
    }
  }

  /** What happened is not corrected but erased. */
  async correct(): Promise<boolean> {
    return false;
  }

  async erase(subjectId: string): Promise<number> {
    return this.db.transaction(async () => {
      await this.db.execute('DELETE FROM telemetry.batches WHERE owner = $1', [`subject:${subjectId}`]);
      return this.db.execute('DELETE FROM telemetry.events WHERE subject_id = $1', [subjectId]);
    });
  }

  /** The gate refuses every use of what is restricted. */
  async restrict(): Promise<void> {}

  async expire(now: Date, limit: number): Promise<number> {
    return this.db.execute(
      `DELETE FROM telemetry.events WHERE (subject_id, event_id, due_month) IN (SELECT subject_id, event_id, due_month FROM telemetry.events WHERE retain_until <= $1 LIMIT $2)`,
      [now, limit],
    );
  }
}
