import { Injectable } from '@nestjs/common';
import { withinBounds } from '@abide/consent';
import { Clock } from '@abide/kernel';
import { ownerOf, type IngestAnswer, type Refusal } from '@abide/ingest';
import { inTurns, requestContext, type ClientPrincipal, type SubjectPrincipal } from '@abide/platform';
import { Vault } from '@abide/vault';
import { EventChecks } from '../schemas/event-checks.js';
import type { CheckedEvent, SubmittedEvent } from '../schemas/event.js';
import { EventIngest } from './event-ingest.js';
import { EventCounts } from './ingest-counts.js';

export interface SubmittedBatch {
  readonly batchId: string;
  /** Unchecked: each is judged by itself. */
  readonly events: readonly unknown[];
}

/** Takes batches of events: checks each event, lets the gate decide, and counts what became of them. */
@Injectable()
export class Batches {
  constructor(
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly checks: EventChecks,
    private readonly ingest: EventIngest,
    private readonly counts: EventCounts,
  ) {}

  /** Resolves once everything accepted is committed. @throws DomainError `batch.reused`, `service.busy` */
  async submit({ batchId, events }: SubmittedBatch, from: SubjectPrincipal | ClientPrincipal): Promise<IngestAnswer> {
    const { arrivedAt = performance.now(), globalPrivacyControl: hasGpcSignal = false } = requestContext() ?? {};
    const now = this.clock.now().getTime();
    const { subjectId, sessionId } = from.kind === 'subject' ? from : { subjectId: null, sessionId: null };
    const sender = { subjectId };
    const [check, content] = await this.ingest.prepareBatch(
      arrivedAt,
      Promise.all([this.checks.current(), this.contentOf(events)]),
    );
    const items: CheckedEvent[] = [];
    const refused: Refusal[] = [];
    await inTurns(events, (event, index) => {
      const refusal = check(event, sender, now);
      if (refusal === null) items.push(checked(event as SubmittedEvent, { index, sessionId, hasGpcSignal }));
      else refused.push({ index, ...refusal });
    });
    const ingested = await this.ingest.submit({
      owner: ownerOf(from),
      batchId: batchId.toLowerCase(),
      content,
      items: withinBounds(items, refused),
      refused,
      arrivedAt,
    });
    if (!ingested.answer.duplicate) this.counts.add(events, ingested, now);
    return ingested.answer;
  }

  /** As it was read: other spaces between the same values are the same batch. Keyed, so that nobody who reads the table can try what it held. */
  private contentOf(events: readonly unknown[]): Promise<Buffer> {
    return this.vault.blindIndex('telemetry.batches', JSON.stringify(events));
  }
}

function checked(
  event: SubmittedEvent,
  rest: Pick<CheckedEvent, 'index' | 'sessionId' | 'hasGpcSignal'>,
): CheckedEvent {
  return {
    ...event,
    ...rest,
    at: Date.parse(event.occurredAt),
    subjectId: event.subjectId.toLowerCase(),
    eventId: event.eventId.toLowerCase(),
  };
}
