import type { Page } from '@abide/kernel';
import { ApiProperty } from '@nestjs/swagger';
import { Flag, Id, Instant, JsonObject, ListOf, OneOf, PageQuery, Text, Texts } from '@abide/platform';
import { means, type Means } from '../event.entity.js';
import { LineageDto, toLineage } from '../reading/lineage.dto.js';
import { withholdings, type SeenEvent } from './subject-events.service.js';

const code = { max: 100 };
const reason = { min: 5, max: 500, example: 'Request 2026-0142' };

export class LookAtEventsRequest extends PageQuery {
  @Text({ ...reason, description: 'Why they are looked at; kept with the evidence' }) readonly reason: string = '';
  @Texts({ max: 50, maxLength: 100, optional: true, description: 'Only these' })
  readonly categories?: readonly string[];
  @Text({ ...code, optional: true }) readonly service?: string;
  @Instant({ optional: true, description: 'Occurred then or later' }) readonly from?: string;
  @Instant({ optional: true, description: 'Occurred before' }) readonly to?: string;
}

export class RevealValueRequest {
  @Text({ ...code, example: 'url', description: 'One of the sealed fields' }) readonly field: string = '';
  @Text({ ...reason, description: 'Kept with the evidence; the value is not' }) readonly reason: string = '';
}

/** One event about a subject, with the reasons why it is kept. */
export class SeenEventDto {
  @Id() readonly eventId: string = '';
  @Text(code) readonly category: string = '';
  @Flag({ description: 'By its category, by the subject’s word or by their age' }) readonly sensitive: boolean = false;
  @Text(code) readonly service: string = '';
  @Text({ ...code, nullable: true }) readonly thirdPartyService: string | null = null;
  @OneOf(means, { nullable: true }) readonly means: Means | null = null;
  @Instant() readonly occurredAt: string = '';
  @Instant() readonly receivedAt: string = '';
  @Instant({ nullable: true, description: 'Null: until an event' }) readonly retainUntil: string | null = null;
  @Flag({ description: 'Its time is over; it is stored until it is swept, and no purpose may use it any more' })
  readonly due: boolean = false;
  @ApiProperty({ type: [LineageDto] }) readonly lineage: readonly LineageDto[] = [];
  @JsonObject({
    nullable: true,
    description: 'What is stored in plain and identifies nobody; null where it is withheld',
    example: { page: 'event.list' },
  })
  readonly attributes: Readonly<Record<string, unknown>> | null = null;
  @Texts({ max: 200, maxLength: 100, description: 'The names of what is sealed, each to be revealed by itself' })
  readonly sealedFields: readonly string[] = [];
  @OneOf(withholdings, {
    nullable: true,
    description: 'Why nothing of it may be shown to this operator: stored only, a minor’s, sensitive, or over its time',
  })
  readonly withheld: SeenEvent['withheld'] = null;
}

export class SeenEventsResponse {
  @ListOf(() => SeenEventDto, { max: 100, description: 'Newest first' }) readonly items: readonly SeenEventDto[] = [];
  @Text({ max: 200, nullable: true }) readonly nextCursor: string | null = null;
}

export class RevealedValueResponse {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { url: 'https://tickets.example/concert/118' },
  })
  readonly values: Readonly<Record<string, string>> = {};
  @Instant({ description: 'Mask again then' }) readonly until: string = '';
}

export function toSeenEvents({ items, nextCursor }: Page<SeenEvent>): SeenEventsResponse {
  return { items: items.map(toSeenEvent), nextCursor };
}

function toSeenEvent({ isSensitive, occurredAt, receivedAt, retainUntil, lineage, ...event }: SeenEvent): SeenEventDto {
  return {
    ...event,
    sensitive: isSensitive,
    occurredAt: occurredAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    retainUntil: retainUntil?.toISOString() ?? null,
    lineage: toLineage(lineage),
  };
}
