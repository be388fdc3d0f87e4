import { Injectable } from '@nestjs/common';
import { Collection, type CollectionAnswer, type CollectionQuestion, type MayCollect } from '@abide/consent';
import { Clock } from '@abide/kernel';
import {
  BatchIngest,
  decideEach,
  monthOf,
  monthsOf,
  type IngestBatch,
  type IngestRow,
  type BatchDecision,
} from '@abide/ingest';
import { Database } from '@abide/platform';
import { Vault, type Sealer } from '@abide/vault';
import { coarseCellOf, seenAs, wordFor } from '../places/place.rules.js';
import type { CheckedFix } from './fix.js';

const columns = [
  ['subject_id', 'uuid'],
  ['fix_id', 'uuid'],
  ['due_month', 'date'],
  ['category', 'text'],
  ['service', 'text'],
  ['occurred_at', 'timestamptz'],
  ['received_at', 'timestamptz'],
  ['retain_until', 'timestamptz'],
  ['is_sensitive', 'boolean'],
  ['coarse_cell', 'text'],
  ['precision', 'text'],
  ['place', 'bytea'],
  ['lineage', 'jsonb'],
] as const;

interface DecisionContext {
  readonly answers: ReadonlyMap<string, CollectionAnswer>;
  readonly sealer: Sealer;
  readonly receivedAt: number;
}

/** Where fixes come in: gated, by the switch as it stood when each was taken, sealed and stored with their lineage. */
@Injectable()
export class FixIngest extends BatchIngest<CheckedFix> {
  constructor(
    db: Database,
    private readonly clock: Clock,
    private readonly collection: Collection,
    private readonly vault: Vault,
  ) {
    super(db, { schema: 'location', table: 'fixes', columns, now: () => clock.now() });
  }

  protected dueInstants(): Promise<readonly number[]> {
    return this.collection.dueInstants(this.clock.now().getTime());
  }

  /** The gate is asked about every moment at which a subject was somewhere; what it knows of them it reads once. */
  protected async decide(batches: readonly IngestBatch<CheckedFix>[]): Promise<BatchDecision[]> {
    const sessionOf = await this.collection.sessionsOf(batches.flatMap(({ items }) => items));
    const questions = new Map<string, CollectionQuestion>();
    for (const { items } of batches)
      for (const fix of items) questions.set(keyOf(fix), { ...questionOf(fix), session: sessionOf(fix) });
    const inOrder = await this.collection.answer([...questions.values()]);
    const answers = new Map([...questions.keys()].map((key, index) => [key, inOrder[index] ?? unanswered()]));
    this.collection.count(batches.flatMap(({ items }) => items.map((fix) => answers.get(keyOf(fix)))));
    const allowed = batches.flatMap(({ items }) => items.filter((fix) => answers.get(keyOf(fix))?.code === null));
    const sealer = await this.vault.sealer(allowed.map(({ subjectId }) => subjectId));
    const context = { answers, sealer, receivedAt: this.clock.now().getTime() };
    return batches.map(({ items }) => decideEach(items, (fix) => rowOf(fix, context)));
  }
}

/** The row to store, or why there is none. */
function rowOf(fix: CheckedFix, { answers, sealer, receivedAt }: DecisionContext): IngestRow | string {
  const answer = answers.get(keyOf(fix)) ?? unanswered();
  if (answer.code !== null) return answer.code;
  if (!sealer.has(fix.subjectId)) return 'subject.suppressed';
  const dueAt = answer.dueAt(fix.at);
  if (dueAt !== null && dueAt <= receivedAt) return 'event.tooOld';
  return {
    index: fix.index,
    month: monthOf(dueAt),
    dueAt,
    months: monthsOf(answer.dueLately(receivedAt)),
    values: valuesOf(fix, answer, { dueAt, sealer, receivedAt }),
  };
}

function valuesOf(
  fix: CheckedFix,
  { precision, lineage }: MayCollect,
  kept: { dueAt: number | null; sealer: Sealer; receivedAt: number },
): IngestRow['values'] {
  const { subjectId, fixId, category, service, at, latitude, longitude, accuracyMetres } = fix;
  const place = seenAs({ latitude, longitude, accuracyMetres }, precision);
  const sealed = kept.sealer.seal(
    { subjectId, table: 'location.fixes', column: 'place', rowId: fixId },
    JSON.stringify(place),
  );
  return [
    subjectId,
    fixId,
    monthOf(kept.dueAt),
    category,
    service,
    at,
    kept.receivedAt,
    kept.dueAt,
    true,
    coarseCellOf(place),
    wordFor(precision),
    sealed,
    JSON.stringify(lineage),
  ];
}

function keyOf({ subjectId, category, service, purposes, at, sessionId, hasGpcSignal }: CheckedFix): string {
  return `${subjectId}|${category}|${service}|${purposes?.join() ?? ''}|${at}|${hasGpcSignal ? 'g' : ''}|${sessionId ?? ''}`;
}

function questionOf({ subjectId, category, service, purposes, at, hasGpcSignal }: CheckedFix): CollectionQuestion {
  return { subjectId, category, service, purposes, occurredAt: at, hasGpcSignal };
}

function unanswered(): never {
  throw new Error('A question to the gate was left without an answer');
}
