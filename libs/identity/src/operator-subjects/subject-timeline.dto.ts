import { ApiProperty } from '@nestjs/swagger';
import { Id, Instant, ListOf, Nested, Text, Texts } from '@abide/platform';
import type { TimelineEntry, TimelinePage } from '../fragments/timeline-fragments.js';

class TimelineActor {
  @Id() readonly id: string = '';
  @Text({ max: 200, example: 'Li Na' }) readonly name: string = '';
}

export class TimelineEntryResponse {
  @Text({ max: 100, example: 'accepted.explicit/01a00000-0000-7000-8000-000000000001' }) readonly id: string = '';
  @Text({ max: 60, example: 'accepted' }) readonly kind: string = '';
  @Instant() readonly at: string = '';
  @Nested(() => TimelineActor, { nullable: true, description: 'The operator who did it, if one did' })
  readonly actor: TimelineActor | null = null;
  @ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string', maxLength: 200 }, { type: 'number' }] },
    description: 'What it is about, by kind',
    example: { policy: 'general-privacy', revision: 2 },
  })
  readonly facts: Readonly<Record<string, string | number>> = {};
}

/** What happened around a subject, newest first. */
export class SubjectTimelineResponse {
  @ListOf(() => TimelineEntryResponse, { max: 100 }) readonly items: TimelineEntryResponse[] = [];
  @Text({ max: 200, nullable: true }) readonly nextCursor: string | null = null;
  @Texts({ max: 50, maxLength: 60, description: 'The fragments that could not be read now' })
  readonly missing: readonly string[] = [];
}

export function toSubjectTimeline({ entries, ...rest }: TimelinePage): SubjectTimelineResponse {
  return { items: entries.map(toEntry), ...rest };
}

function toEntry({ id, kind, at, actor, facts }: TimelineEntry): TimelineEntryResponse {
  return { id, kind, at: at.toISOString(), actor: actor ?? null, facts };
}
