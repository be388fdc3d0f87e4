import { Injectable } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { OperatorSubjects, type Withholding } from '@abide/identity';
import { Clock, type Page } from '@abide/kernel';
import { Database, toPage, type OperatorPrincipal } from '@abide/platform';
import { refusal } from '../telemetry.errors.js';
import { OpenedEvents } from '../reading/opened-events.js';
import type { StoredEvent } from '../reading/stored-event.js';
import { SubjectEventsReader, type EventFilter } from './subject-events.reader.js';

export const withholdings = ['restricted', 'minor', 'sensitive', 'unapproved', 'due'] as const;

/** An event as an operator sees it: whence, why and until when; its values as far as they may be shown. */
export interface SeenEvent extends Omit<StoredEvent, 'subjectId' | 'personal' | 'attributes'> {
  /** Null where they are withheld. */
  readonly attributes: Readonly<Record<string, unknown>> | null;
  /** The names of what is sealed; none where it is withheld. */
  readonly sealedFields: readonly string[];
  readonly withheld: Withholding | 'due' | null;
  /** Its time is over, and it is not swept yet. */
  readonly due: boolean;
}

export interface LookAtEvents extends EventFilter {
  readonly reason: string;
  readonly limit: number;
  readonly cursor?: string;
}

const revealSeconds = 30;

/** Operators' look at what is stored about a subject: listed with its lineage and revealed value by value, for reasons that are kept. */
@Injectable()
export class SubjectEvents {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly subjects: OperatorSubjects,
    private readonly events: SubjectEventsReader,
    private readonly opened: OpenedEvents,
  ) {}

  /** Newest first; each page is a look of its own, and recorded. @throws DomainError `subject.not_found`, `request.bad_cursor` */
  async look(
    subjectId: string,
    { reason, limit, cursor, ...filter }: LookAtEvents,
    by: OperatorPrincipal,
  ): Promise<Page<SeenEvent>> {
    return this.db.transaction(async () => {
      const whyWithheld = await this.subjects.whyWithheld(subjectId, by);
      const { categories = [], service = '' } = filter;
      const details = { categories: categories.join(' '), service };
      await this.audit.record({
        act: 'subject.telemetryViewed',
        object: { type: 'subject', id: subjectId },
        subjectId,
        reason,
        details,
      });
      const rows = await this.events.page(subjectId, filter, {
        limit: limit + 1,
        ...(cursor === undefined ? {} : { cursor }),
      });
      const { items, nextCursor } = toPage(
        rows,
        limit,
        ({ occurredAt, eventId }) => ({ at: occurredAt, id: eventId }),
        (row) => row,
      );
      const seen: SeenEvent[] = [];
      for (const row of items)
        seen.push(await this.seen(row, whyWithheld({ categories: [row.category], isSensitive: row.isSensitive })));
      return { items: seen, nextCursor };
    });
  }

  /**
   * Opens one value for one look and records who looked, at what and why.
   * @throws DomainError `subject.not_found`, `subject.restricted`, `telemetry.event_not_found`, `telemetry.field_not_found`, `operator.forbidden` for a
   * minor's or a sensitive event without the permission for it, `subject.minor_look_unapproved`.
   */
  async reveal(
    subjectId: string,
    eventId: string,
    { field, reason, by }: { field: string; reason: string; by: OperatorPrincipal },
  ): Promise<{ value: string; until: Date }> {
    return this.db.transaction(async () => {
      await this.subjects.requireMayReveal(subjectId, by, { categories: [] });
      const event = await this.events.find(subjectId, eventId);
      if (!event)
        throw refusal('telemetry.event_not_found', { detail: 'The subject has no such event, or not any more.' });
      await this.subjects.requireMayReveal(subjectId, by, {
        categories: [event.category],
        isSensitive: event.isSensitive,
      });
      const sealed = await this.opened.sealedFields(event);
      if (!Object.hasOwn(sealed, field))
        throw refusal('telemetry.field_not_found', { detail: 'Nothing of that name is sealed in the event.' });
      const details = { category: event.category, field };
      await this.audit.record({
        act: 'subject.telemetryRevealed',
        object: { type: 'telemetryEvent', id: event.eventId },
        subjectId,
        reason,
        details,
      });
      return { value: textOf(sealed[field]), until: new Date(this.clock.now().getTime() + revealSeconds * 1000) };
    });
  }

  private async seen(row: StoredEvent, withheld: SeenEvent['withheld']): Promise<SeenEvent> {
    const { subjectId: _subjectId, personal: _personal, attributes, ...event } = row;
    const due = row.retainUntil !== null && row.retainUntil <= this.clock.now();
    const closed = withheld ?? (due ? 'due' : null);
    if (closed !== null) return { ...event, due, attributes: null, sealedFields: [], withheld: closed };
    return {
      ...event,
      due,
      attributes,
      sealedFields: Object.keys(await this.opened.sealedFields(row)),
      withheld: null,
    };
  }
}

/** Of a list an item a line, of an object a name and its value a line. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join('\n');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map((entry) => entry.join(': '))
    .join('\n');
}
