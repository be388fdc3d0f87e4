import { ApiProperty } from '@nestjs/swagger';
import type { RefusedUse } from '@abide/consent';
import { DomainError } from '@abide/kernel';
import { Id, Instant, PageQuery, Text, Texts } from '@abide/platform';
import { means } from '../event.entity.js';
import { LineageDto, toLineage } from './lineage.dto.js';
import type { OpenedEvent } from './opened-events.js';
import type { TelemetryPage, TelemetryQuestion } from './telemetry-query.js';

export class TelemetryQueryRequest extends PageQuery {
  @Id() readonly subjectId: string = '';
  @Text({ max: 100, example: 'product.improvement' }) readonly purpose: string = '';
  @Texts({ max: 50, maxLength: 80, example: ['log.browsing'] }) readonly categories: readonly string[] = [];
  @Instant({ description: 'When they occurred, at the earliest' }) readonly from: string = '';
  @Instant({ description: 'And before this instant' }) readonly to: string = '';
  @Text({
    max: 80,
    optional: true,
    description: 'Where they are to be used; left out, each in the service it was collected in',
  })
  readonly service?: string;
}

class TelemetryEventDto {
  @ApiProperty({ format: 'uuid' }) readonly eventId: string = '';
  @ApiProperty() readonly category: string = '';
  @ApiProperty() readonly service: string = '';
  @ApiProperty({ type: String, nullable: true }) readonly thirdPartyServiceId: string | null = null;
  @ApiProperty({ type: String, enum: means, nullable: true }) readonly means: string | null = null;
  @ApiProperty({ format: 'date-time' }) readonly occurredAt: string = '';
  @ApiProperty({ format: 'date-time' }) readonly receivedAt: string = '';
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'null: until an event, such as closing the account',
  })
  readonly retainUntil: string | null = null;
  @ApiProperty() readonly sensitive: boolean = false;
  @ApiProperty({ type: 'object', additionalProperties: true }) readonly attributes: Readonly<Record<string, unknown>> =
    {};
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What was sealed, as exactly as the purpose allows',
  })
  readonly personal: Readonly<Record<string, unknown>> = {};
  @ApiProperty({ type: [LineageDto], description: 'Why it is kept' }) readonly lineage: readonly LineageDto[] = [];
}

class RefusedUseDto implements RefusedUse {
  @ApiProperty() readonly category: string = '';
  @ApiProperty({ type: String, nullable: true, description: 'Where it was collected; null where there is nothing' })
  readonly service: string | null = null;
  @ApiProperty({ example: 'consent.withdrawn' }) readonly code: string = '';
  @ApiProperty({ type: String, nullable: true, description: 'What to do instead' }) readonly fallback: string | null =
    null;
}

export class TelemetryQueryResponse {
  @ApiProperty({ type: [TelemetryEventDto], description: 'Newest first' })
  readonly items: readonly TelemetryEventDto[] = [];
  @ApiProperty({ type: [RefusedUseDto], description: 'What may not be used for the purpose' })
  readonly refused: readonly RefusedUseDto[] = [];
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null = null;
}

/** @throws DomainError `request.invalid` where nothing is asked for */
export function toTelemetryQuestion(
  { subjectId, from, to, ...rest }: TelemetryQueryRequest,
  hasGpcSignal: boolean,
): TelemetryQuestion {
  const period = { from: new Date(from), to: new Date(to) };
  if (!(period.from < period.to)) throw nothingAsked('/to', 'The period ends before it begins.');
  if (rest.categories.length === 0) throw nothingAsked('/categories', 'Name at least one category.');
  return { ...rest, ...period, subjectId: subjectId.toLowerCase(), hasGpcSignal };
}

export function toTelemetryQueryResponse({ items, refused, nextCursor }: TelemetryPage): TelemetryQueryResponse {
  return { items: items.map(toEvent), refused, nextCursor };
}

function toEvent({
  subjectId: _subjectId,
  thirdPartyService,
  isSensitive,
  occurredAt,
  receivedAt,
  retainUntil,
  lineage,
  ...event
}: OpenedEvent): TelemetryEventDto {
  return {
    ...event,
    thirdPartyServiceId: thirdPartyService,
    sensitive: isSensitive,
    occurredAt: occurredAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    retainUntil: retainUntil?.toISOString() ?? null,
    lineage: toLineage(lineage),
  };
}

function nothingAsked(pointer: string, message: string): DomainError {
  return new DomainError('invalid', 'request.invalid', {
    detail: 'Some fields cannot be accepted. Correct them and ask again.',
    errors: [{ pointer, code: 'invalid', message }],
  });
}
