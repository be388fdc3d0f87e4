import { Injectable } from '@nestjs/common';
import { Gate, type CategoryPrecision, type GateQuestion } from '@abide/consent';
import { Clock } from '@abide/kernel';
import { Database, readCursor, toPage } from '@abide/platform';
import { OpenedEvents, type OpenedEvent, type StoredEvent } from './opened-events.js';

export interface TelemetryQuestion {
  readonly subjectId: string;
  readonly purpose: string;
  readonly categories: readonly string[];
  readonly from: Date;
  readonly to: Date;
  /** Where they are to be used; left out, each in the service that it was collected in. */
  readonly service?: string;
  readonly limit: number;
  readonly cursor?: string;
  readonly hasGpcSignal: boolean;
}

/** Why events of a category, collected in a service (null where there are none), may not be used. */
export interface RefusedUse {
  readonly category: string;
  readonly service: string | null;
  readonly code: string;
  readonly fallback: string | null;
}

export interface TelemetryPage {
  readonly items: readonly OpenedEvent[];
  readonly refused: readonly RefusedUse[];
  readonly nextCursor: string | null;
}

interface Kind {
  readonly category: string;
  readonly service: string | null;
}

interface DecidedKind extends Kind {
  readonly code: string | null;
  readonly fallback: string | null;
  readonly precision: CategoryPrecision;
}

/** Reads events back for a stated purpose, opened only as far as the gate allows at that moment. */
@Injectable()
export class TelemetryQuery {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly gate: Gate,
    private readonly opened: OpenedEvents,
  ) {}

  /** Newest first. @throws DomainError `request.bad_cursor` */
  async run(asked: TelemetryQuestion): Promise<TelemetryPage> {
    const kinds = await this.decide(asked, await this.kindsOf(asked));
    const refused = kinds.flatMap(({ category, service, code, fallback }) => (code === null ? [] : [{ category, service, code, fallback }]));
    const allowed = kinds.filter(({ code }) => code === null);
    const rows = await this.rowsOf(asked, allowed);
    const { items, nextCursor } = toPage(rows, asked.limit, (row) => ({ at: row.occurred_at, id: row.event_id }), (row) => row);
    const precisions = new Map(allowed.map((kind) => [nameOf(kind), kind.precision]));
    return { items: await this.opened.open(items, (row) => precisions.get(nameOf(row)) ?? 'truncated'), refused, nextCursor };
  }

  /** Which of the categories are there, by the service they were collected in; one that is not is asked about all the same. */
  private async kindsOf({ subjectId, categories, from, to, service }: TelemetryQuestion): Promise<Kind[]> {
    const found = await this.db.query<Kind>(
      `SELECT DISTINCT category, service FROM telemetry.events
       WHERE subject_id = $1 AND category = ANY($2) AND occurred_at >= $3 AND occurred_at < $4 AND (retain_until IS NULL OR retain_until > $5) ORDER BY 1, 2`,
      [subjectId, categories, from, to, this.clock.now()],
    );
    const absent = categories.filter((category) => !found.some((kind) => kind.category === category));
    return [...found, ...absent.map((category) => ({ category, service: service ?? null }))];
  }

  private async decide({ subjectId, purpose, service, hasGpcSignal }: TelemetryQuestion, kinds: readonly Kind[]): Promise<DecidedKind[]> {
    const questions = kinds.map((kind): GateQuestion => ({
      subjectId, action: 'use', purpose, categories: [kind.category], hasGpcSignal,
      service: service ?? kind.service,
      ...(service !== undefined && kind.service !== null && kind.service !== service ? { fromService: kind.service } : {}),
    }));
    const decisions = await this.gate.decideMany(questions);
    return kinds.map((kind, index) => {
      const result = decisions[index]?.results[0];
      return { ...kind, code: result?.allowed ? null : (result?.code ?? 'clause.none'), fallback: result?.fallback ?? null, precision: result?.precision ?? 'truncated' };
    });
  }

  private async rowsOf({ subjectId, from, to, limit, cursor }: TelemetryQuestion, allowed: readonly Kind[]): Promise<StoredEvent[]> {
    const after = readCursor(cursor);
    return this.db.query<StoredEvent>(
      `SELECT event.* FROM telemetry.events event JOIN unnest($2::text[], $3::text[]) AS kind (category, service) ON kind.category = event.category AND kind.service = event.service
       WHERE subject_id = $1 AND occurred_at >= $4 AND occurred_at < $5 AND (retain_until IS NULL OR retain_until > $6)
         AND ($7::timestamptz IS NULL OR (occurred_at, event_id) < ($7, $8::uuid))
       ORDER BY occurred_at DESC, event_id DESC LIMIT $9`,
      [subjectId, allowed.map(({ category }) => category), allowed.map(({ service }) => service), from, to, this.clock.now(), after?.at ?? null, after?.id ?? null, limit + 1],
    );
  }
}

function nameOf({ category, service }: Kind | StoredEvent): string {
  return `${category} ${service ?? ''}`;
}
