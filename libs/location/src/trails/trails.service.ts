import { Injectable } from '@nestjs/common';
import { Gate, type CategoryPrecision, type GateQuestion } from '@abide/consent';
import { Clock } from '@abide/kernel';
import { Database, readCursor, toPage } from '@abide/platform';
import { fixCategories, type FixCategory } from '../fix.entity.js';
import { coarseResolution } from '../places/place.rules.js';
import { OpenedFixes, type OpenedFix, type StoredFix } from './opened-fixes.js';

/** Whose position is to be used, what for, and where; without a service, each in the one that it was taken in. */
export interface PositionQuestion {
  readonly subjectId: string;
  readonly purpose: string;
  readonly service?: string;
  readonly hasGpcSignal: boolean;
}

export interface TrailQuestion extends PositionQuestion {
  readonly from: Date;
  readonly to: Date;
  readonly limit: number;
  readonly cursor?: string;
}

/** Why positions of a category, taken in a service (null where there are none), may not be used. */
export interface RefusedUse {
  readonly category: FixCategory;
  readonly service: string | null;
  readonly code: string;
  readonly fallback: string | null;
}

export interface Trail {
  readonly items: readonly OpenedFix[];
  readonly refused: readonly RefusedUse[];
  readonly nextCursor: string | null;
}

interface Kind {
  readonly category: FixCategory;
  readonly service: string | null;
}

interface DecidedKind extends Kind {
  readonly code: string | null;
  readonly fallback: string | null;
  readonly precision: CategoryPrecision;
}

const ever = { from: new Date(0), to: new Date('9999-01-01T00:00:00Z') };
const least: CategoryPrecision = { h3: coarseResolution };

/** Tells where a subject was, for a stated purpose and only as exactly as the gate allows at that moment. */
@Injectable()
export class Trails {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly gate: Gate,
    private readonly opened: OpenedFixes,
  ) {}

  /** Newest first. @throws DomainError `request.bad_cursor` */
  async follow(asked: TrailQuestion): Promise<Trail> {
    const kinds = await this.decide(asked, await this.kindsOf(asked));
    const refused = kinds.flatMap(({ category, service, code, fallback }) => (code === null ? [] : [{ category, service, code, fallback }]));
    const allowed = kinds.filter(({ code }) => code === null);
    const rows = await this.rowsOf(asked, allowed);
    const { items, nextCursor } = toPage(rows, asked.limit, (row) => ({ at: row.occurred_at, id: row.fix_id }), (row) => row);
    const precisions = new Map(allowed.map((kind) => [nameOf(kind), kind.precision]));
    return { items: await this.opened.open(items, (row) => precisions.get(nameOf(row)) ?? least), refused, nextCursor };
  }

  /** The newest position that may be used; null where there is none. */
  async last(asked: PositionQuestion): Promise<{ readonly position: OpenedFix | null; readonly refused: readonly RefusedUse[] }> {
    const { items, refused } = await this.follow({ ...asked, ...ever, limit: 1 });
    return { position: items[0] ?? null, refused };
  }

  /** Which categories are there, by the service they were taken in; one that is not is asked about all the same. */
  private async kindsOf({ subjectId, from, to, service }: TrailQuestion): Promise<Kind[]> {
    const found = await this.db.query<Kind>(
      `SELECT DISTINCT category, service FROM location.fixes
       WHERE subject_id = $1 AND occurred_at >= $2 AND occurred_at < $3 AND (retain_until IS NULL OR retain_until > $4) ORDER BY 1, 2`,
      [subjectId, from, to, this.clock.now()],
    );
    const absent = fixCategories.filter((category) => !found.some((kind) => kind.category === category));
    return [...found, ...absent.map((category) => ({ category, service: service ?? null }))];
  }

  private async decide({ subjectId, purpose, service, hasGpcSignal }: PositionQuestion, kinds: readonly Kind[]): Promise<DecidedKind[]> {
    const questions = kinds.map((kind): GateQuestion => ({
      subjectId, action: 'use', purpose, categories: [kind.category], hasGpcSignal,
      service: service ?? kind.service,
      ...(service !== undefined && kind.service !== null && kind.service !== service ? { fromService: kind.service } : {}),
    }));
    const decisions = await this.gate.decideMany(questions);
    return kinds.map((kind, index) => {
      const result = decisions[index]?.results[0];
      return { ...kind, code: result?.allowed ? null : (result?.code ?? 'clause.none'), fallback: result?.fallback ?? null, precision: result?.precision ?? least };
    });
  }

  private async rowsOf({ subjectId, from, to, limit, cursor }: TrailQuestion, allowed: readonly Kind[]): Promise<StoredFix[]> {
    const after = readCursor(cursor);
    return this.db.query<StoredFix>(
      `SELECT fix.* FROM location.fixes fix JOIN unnest($2::text[], $3::text[]) AS kind (category, service) ON kind.category = fix.category AND kind.service = fix.service
       WHERE subject_id = $1 AND occurred_at >= $4 AND occurred_at < $5 AND (retain_until IS NULL OR retain_until > $6)
         AND ($7::timestamptz IS NULL OR (occurred_at, fix_id) < ($7, $8::uuid))
       ORDER BY occurred_at DESC, fix_id DESC LIMIT $9`,
      [subjectId, allowed.map(({ category }) => category), allowed.map(({ service }) => service), from, to, this.clock.now(), after?.at ?? null, after?.id ?? null, limit + 1],
    );
  }
}

function nameOf({ category, service }: Kind | StoredFix): string {
  return `${category} ${service ?? ''}`;
}
