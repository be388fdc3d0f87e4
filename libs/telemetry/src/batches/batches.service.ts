import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import type { ClientPrincipal, IngestAnswer, Refusal, SubjectPrincipal } from '@abide/platform';
import { EventChecks } from '../schemas/event-checks.js';
import type { CheckedEvent, SubmittedEvent } from './event.js';
import { EventsDoor } from './events-door.js';
import { IngestCounts } from './ingest-counts.js';

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
    private readonly checks: EventChecks,
    private readonly door: EventsDoor,
    private readonly counts: IngestCounts,
  ) {}

  /** Resolves once everything accepted is committed. @throws DomainError `service.busy` */
  async take({ batchId, events }: SubmittedBatch, from: SubjectPrincipal | ClientPrincipal): Promise<IngestAnswer> {
    const now = this.clock.now().getTime();
    const sender = { subjectId: from.kind === 'subject' ? from.subjectId : null };
    const check = await this.checks.current();
    const items: CheckedEvent[] = [];
    const refused: Refusal[] = [];
    events.forEach((event, index) => {
      const code = check(event, sender, now);
      if (code === null) items.push(checked(event as SubmittedEvent, index));
      else refused.push({ index, code });
    });
    const answer = await this.door.take({ owner: ownerOf(from), batchId: batchId.toLowerCase(), items, refused });
    if (!answer.duplicate) this.count(events, answer, now);
    return answer;
  }

  private count(events: readonly unknown[], { refused }: IngestAnswer, now: number): void {
    const codes = new Map(refused.map(({ index, code }) => [index, code]));
    const sums = new Map<string, { category: string; code: string; events: number; lagMilliseconds: number }>();
    events.forEach((event, index) => {
      const code = codes.get(index) ?? '';
      const category = this.checks.labelOf((event as SubmittedEvent | null)?.category);
      const lag = code === '' ? Math.max(0, now - Date.parse((event as SubmittedEvent).occurredAt)) : 0;
      const sum = sums.get(`${category} ${code}`) ?? { category, code, events: 0, lagMilliseconds: 0 };
      sums.set(`${category} ${code}`, { ...sum, events: sum.events + 1, lagMilliseconds: sum.lagMilliseconds + lag });
    });
    for (const { category, code, ...sum } of sums.values()) this.counts.add(category, code, sum);
  }
}

/** Batch ids are one per sender. */
export function ownerOf(from: SubjectPrincipal | ClientPrincipal): string {
  return from.kind === 'subject' ? `subject:${from.subjectId}` : `client:${from.clientId}`;
}

function checked(event: SubmittedEvent, index: number): CheckedEvent {
  return { ...event, index, at: Date.parse(event.occurredAt), subjectId: event.subjectId.toLowerCase(), eventId: event.eventId.toLowerCase() };
}
