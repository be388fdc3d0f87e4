import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { OneOf, Text, Texts, Whole } from '@abide/platform';
import {
  eventFieldErrors,
  eventFieldFormats,
  eventFieldLimits,
  eventFieldTypes,
  refuseFields,
  type EventField,
  type EventFields,
} from './event-fields.rules.js';

/** Documents what `eventFieldErrors` checks. */
export class EventFieldDto {
  @OneOf(eventFieldTypes, {
    description: '`array`: of texts, numbers and booleans. `object`: of the same by name, one level deep',
  })
  readonly type: EventField['type'] = 'string';
  @Whole({
    optional: true,
    min: 1,
    max: eventFieldLimits.sealedLength,
    description: `Of a string, and needed there unless it has an enum: at most ${eventFieldLimits.plainLength} in plain. Of each text in an array or an object, and needed there: at most ${eventFieldLimits.itemLength}`,
  })
  readonly maxLength?: number;
  @Whole({
    optional: true,
    min: 1,
    max: eventFieldLimits.items,
    description: 'Of an array or an object, and needed there: how many values it holds',
  })
  readonly maxItems?: number;
  @Texts({
    optional: true,
    max: eventFieldLimits.values,
    maxLength: eventFieldLimits.valueLength,
    description: 'Of a string: the only values',
  })
  readonly enum?: readonly string[];
  @ApiPropertyOptional({ type: Number, description: 'Of an integer or a number' }) readonly minimum?: number;
  @ApiPropertyOptional({ type: Number, description: 'Of an integer or a number' }) readonly maximum?: number;
  @OneOf(eventFieldFormats, {
    optional: true,
    description:
      'Of a string without an enum. `date-time`: an RFC 3339 instant. `reference`: the number of an order or the like, letters, digits, `-` and `_`; it may be long, but none of a person, a card or a telephone',
  })
  readonly format?: EventField['format'];
  @Text({ optional: true, max: eventFieldLimits.description }) readonly description?: string;
}

function FieldsByName({
  description,
  example,
}: {
  description: string;
  example: Record<string, EventField>;
}): PropertyDecorator {
  const additionalProperties = { $ref: getSchemaPath(EventFieldDto) };
  return applyDecorators(
    ApiPropertyOptional({
      type: 'object',
      additionalProperties,
      maxProperties: eventFieldLimits.fields,
      description,
      example,
    }),
  );
}

@ApiExtraModels(EventFieldDto)
export class EventFieldsDto {
  @FieldsByName({
    description: 'What identifies nobody and stays readable, by name',
    example: { durationSeconds: { type: 'integer', minimum: 0 } },
  })
  readonly attributes?: Readonly<Record<string, EventFieldDto>>;

  @FieldsByName({
    description: 'What is sealed under the subject’s key, by name',
    example: { plate: { type: 'string', maxLength: 12 } },
  })
  readonly personal?: Readonly<Record<string, EventFieldDto>>;
}

/** Event fields as they are kept: null where no field is named, undefined where nothing was sent. @throws DomainError `request.invalid` */
export function toEventFields(sent: EventFieldsDto | null | undefined): EventFields | null | undefined {
  if (sent === null || sent === undefined) return sent;
  refuseFields(eventFieldErrors(sent, '/eventFields'));
  const named = Object.entries(sent).filter(([, fields]) => Object.keys(fields as object).length > 0);
  return named.length > 0 ? (Object.fromEntries(named) as EventFields) : null;
}
