import { Injectable } from '@nestjs/common';
import {
  Collection,
  type CollectionAnswer,
  type CollectionQuestion,
  type KnownSession,
  type MayCollect,
} from '@abide/consent';
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
import { truncated, type EventParts } from '../schemas/precision.rules.js';
import type { CheckedEvent } from '../schemas/event.js';

const columns = [
  ['subject_id', 'uuid'],
  ['event_id', 'uuid'],
  ['due_month', 'date'],
  ['category', 'text'],
  ['service', 'text'],
  ['third_party_service', 'text'],
  ['means', 'text'],
  ['occurred_at', 'timestamptz'],
  ['received_at', 'timestamptz'],
  ['retain_until', 'timestamptz'],
  ['is_sensitive', 'boolean'],
  ['attributes', 'jsonb'],
  ['personal', 'bytea'],
  ['lineage', 'jsonb'],
] as const;

/** An answer of the gate with its lineage as it is stored, written once for all events that it is for. */
type Decided =
  (Extract<CollectionAnswer, MayCollect> & { readonly lineageText: string }) | Exclude<CollectionAnswer, MayCollect>;

interface DecisionContext {
  readonly sealer: Sealer;
  readonly receivedAt: number;
}

/** Where events come in: gated, sealed and stored with their lineage. */
@Injectable()
export class EventIngest extends BatchIngest<CheckedEvent> {
  constructor(
    db: Database,
    private readonly clock: Clock,
    private readonly collection: Collection,
    private readonly vault: Vault,
  ) {
    super(db, { schema: 'telemetry', table: 'events', columns, now: () => clock.now() });
  }

  protected dueInstants(): Promise<readonly number[]> {
    return this.collection.dueInstants(this.clock.now().getTime());
  }

  /** The gate is asked once for what several events of the commit have in common, and once more for each that occurred before something changed. */
  protected async decide(batches: readonly IngestBatch<CheckedEvent>[]): Promise<BatchDecision[]> {
    const sessionOf = await this.collection.sessionsOf(batches.flatMap(({ items }) => items));
    const asked = new Asked(sessionOf);
    const places = batches.map(({ items }) => items.map((event) => asked.placeOf(event)));
    const decided = (await this.collection.answer(asked.questions)).map(decidedOf);
    const earlier = new Asked(sessionOf);
    batches.forEach(({ items }, batch) =>
      items.forEach((event, place) => {
        const answer = decided[places[batch]?.[place] ?? -1];
        if (answer?.code === null && event.at < answer.holdsSince)
          places[batch]?.splice(place, 1, decided.length + earlier.placeOf(event, event.at));
      }),
    );
    if (earlier.questions.length > 0) decided.push(...(await this.collection.answer(earlier.questions)).map(decidedOf));
    const allowed = [...asked.questions, ...earlier.questions].filter((_, place) => decided[place]?.code === null);
    const sealer = await this.vault.sealer(allowed.map(({ subjectId }) => subjectId));
    const context = { sealer, receivedAt: this.clock.now().getTime() };
    const answers = batches.map(({ items }, batch) => items.map((_, place) => decided[places[batch]?.[place] ?? -1]));
    this.collection.count(answers.flat());
    return batches.map(({ items }, batch) =>
      decideEach(items, (event, place) => rowOf(event, answers[batch]?.[place], context)),
    );
  }
}

/** The questions that events lead to, each asked once. */
class Asked {
  readonly questions: CollectionQuestion[] = [];
  private readonly places = new Map<string, number>();

  constructor(private readonly sessionOf: (event: CheckedEvent) => KnownSession | null) {}

  /** The place of the event's question; `occurredAt` where it is about that instant and no other. */
  placeOf(event: CheckedEvent, occurredAt?: number): number {
    const session = this.sessionOf(event);
    const key = `${questionKeyOf(event, occurredAt)}|${session?.id ?? ''}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    this.places.set(key, this.questions.length);
    return this.questions.push({ ...questionOf(event, occurredAt), session }) - 1;
  }
}

/** The row to store, or why there is none. */
function rowOf(
  event: CheckedEvent,
  answer: Decided | undefined,
  { sealer, receivedAt }: DecisionContext,
): IngestRow | string {
  if (!answer) throw new Error('A question to the gate was left without an answer');
  if (answer.code !== null) return answer.code;
  if (!sealer.has(event.subjectId)) return 'subject.suppressed';
  const dueAt = answer.dueAt(event.at);
  if (dueAt !== null && dueAt <= receivedAt) return 'event.tooOld';
  const { plain, sealed } = partsOf(event, answer);
  const place = { subjectId: event.subjectId, table: 'telemetry.events', column: 'personal', rowId: event.eventId };
  const month = monthOf(dueAt);
  return {
    index: event.index,
    month,
    dueAt,
    months: monthsOf(answer.dueLately(receivedAt)),
    values: [
      event.subjectId,
      event.eventId,
      month,
      event.category,
      event.service,
      event.thirdPartyServiceId ?? null,
      event.means ?? null,
      event.at,
      receivedAt,
      dueAt,
      answer.isSensitive,
      plain,
      sealed === null ? null : sealer.seal(place, sealed),
      answer.lineageText,
    ],
  };
}

/** What is stored in plain and what is sealed, as JSON. What a subject marks as sensitive is sealed whole. */
function partsOf(event: CheckedEvent, { precision }: MayCollect): { plain: string; sealed: string | null } {
  const given: EventParts = { attributes: event.attributes ?? {}, personal: event.personal ?? {} };
  const { attributes, personal } = precision === 'exact' ? given : truncated(given);
  if (event.sensitive) return { plain: '{}', sealed: JSON.stringify({ personal, attributes }) };
  const isBare = Object.keys(personal).length === 0;
  return { plain: JSON.stringify(attributes), sealed: isBare ? null : JSON.stringify({ personal }) };
}

function questionKeyOf(
  { subjectId, category, service, purposes, thirdPartyServiceId, sensitive, hasGpcSignal }: CheckedEvent,
  occurredAt?: number,
): string {
  return `${subjectId}|${category}|${service}|${thirdPartyServiceId ?? ''}|${purposes?.join() ?? ''}|${sensitive ? 's' : ''}${hasGpcSignal ? 'g' : ''}${occurredAt ?? ''}`;
}

function questionOf(
  { subjectId, category, service, purposes, thirdPartyServiceId, sensitive, hasGpcSignal }: CheckedEvent,
  occurredAt?: number,
): CollectionQuestion {
  return {
    subjectId,
    category,
    service,
    purposes,
    thirdPartyService: thirdPartyServiceId,
    isMarkedSensitive: sensitive,
    occurredAt,
    hasGpcSignal,
  };
}

function decidedOf(answer: CollectionAnswer): Decided {
  return answer.code === null ? { ...answer, lineageText: JSON.stringify(answer.lineage) } : answer;
}
