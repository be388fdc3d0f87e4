import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { RefusedUse, UseQuestion } from '@abide/consent';
import { DomainError } from '@abide/kernel';
import { Id, Instant, PageQuery, Text } from '@abide/platform';
import { sources } from '../batches/fix.js';
import { precisionOf } from '../places/place.rules.js';
import type { OpenedFix } from './opened-fixes.js';
import type { Trail, TrailQuestion } from './trails.service.js';

const purpose = { max: 100, example: 'service.provision' };
const service = {
  max: 80,
  optional: true,
  description: 'Where it is to be used; left out, each in the service it was taken in',
};

export class TrailRequest extends PageQuery {
  @Id() readonly subjectId: string = '';
  @Text(purpose) readonly purpose: string = '';
  @Instant({ description: 'When they were taken, at the earliest' }) readonly from: string = '';
  @Instant({ description: 'And before this instant' }) readonly to: string = '';
  @Text(service) readonly service?: string;
}

export class LastPositionRequest {
  @Id() readonly subjectId: string = '';
  @Text(purpose) readonly purpose: string = '';
  @Text(service) readonly service?: string;
}

const cellSchema = {
  type: 'object',
  required: ['h3'],
  properties: { h3: { type: 'integer', minimum: 0, maximum: 15 } },
};

/** Coordinates where the purpose may have them exactly, else the cell. */
class PositionDto {
  @ApiProperty({ format: 'uuid' }) readonly fixId: string = '';
  @ApiProperty({ format: 'date-time' }) readonly occurredAt: string = '';
  @ApiProperty({ enum: sources }) readonly source: string = '';
  @ApiProperty({ example: 'ticketing' }) readonly service: string = '';
  @ApiProperty({
    oneOf: [{ type: 'string', enum: ['exact'] }, cellSchema],
    description: 'How exactly it is told: as exactly as the purpose may have it and as it was kept',
    example: 'exact',
  })
  readonly precision: 'exact' | { readonly h3: number } = 'exact';
  @ApiPropertyOptional({ type: Number, example: 30.2489 }) readonly latitude?: number;
  @ApiPropertyOptional({ type: Number, example: 120.2052 }) readonly longitude?: number;
  @ApiPropertyOptional({ type: Number, example: 12 }) readonly accuracyMetres?: number;
  @ApiPropertyOptional({
    type: String,
    description: 'The H3 cell, where no coordinates are told',
    example: '873096a6effffff',
  })
  readonly cell?: string;
}

class RefusedPositionUseDto implements RefusedUse {
  @ApiProperty({ enum: sources.map((source) => `location.${source}`) }) readonly category: RefusedUse['category'] =
    'location.gps';
  @ApiProperty({ type: String, nullable: true, description: 'Where it was taken; null where there is nothing' })
  readonly service: string | null = null;
  @ApiProperty({ example: 'consent.withdrawn' }) readonly code: string = '';
  @ApiProperty({ type: String, nullable: true, description: 'What to do instead' }) readonly fallback: string | null =
    null;
}

export class TrailResponse {
  @ApiProperty({ type: [PositionDto], description: 'Newest first' }) readonly items: readonly PositionDto[] = [];
  @ApiProperty({ type: [RefusedPositionUseDto], description: 'What may not be used for the purpose' })
  readonly refused: readonly RefusedPositionUseDto[] = [];
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null = null;
}

export class LastPositionResponse {
  @ApiProperty({ type: PositionDto, nullable: true, description: 'null where there is none that may be used' })
  readonly position: PositionDto | null = null;
  @ApiProperty({ type: [RefusedPositionUseDto], description: 'What may not be used for the purpose' })
  readonly refused: readonly RefusedPositionUseDto[] = [];
}

/** @throws DomainError `request.invalid` for a period that ends before it begins */
export function toTrailQuestion({ from, to, ...rest }: TrailRequest, hasGpcSignal: boolean): TrailQuestion {
  const period = { from: new Date(from), to: new Date(to) };
  if (!(period.from < period.to)) {
    const errors = [{ pointer: '/to', code: 'invalid', message: 'The period ends before it begins.' }];
    throw new DomainError('invalid', 'request.invalid', {
      detail: 'Some fields cannot be accepted. Correct them and ask again.',
      errors,
    });
  }
  return { ...rest, ...period, subjectId: rest.subjectId.toLowerCase(), hasGpcSignal };
}

export function toUseQuestion(body: LastPositionRequest, hasGpcSignal: boolean): UseQuestion {
  return { ...body, subjectId: body.subjectId.toLowerCase(), hasGpcSignal };
}

export function toTrailResponse({ items, refused, nextCursor }: Trail): TrailResponse {
  return { items: items.map(toPosition), refused, nextCursor };
}

export function toPosition({ fixId, occurredAt, category, service: takenIn, place }: OpenedFix): PositionDto {
  return {
    fixId,
    occurredAt: occurredAt.toISOString(),
    source: category.slice('location.'.length),
    service: takenIn,
    precision: precisionOf(place),
    ...place,
  };
}
