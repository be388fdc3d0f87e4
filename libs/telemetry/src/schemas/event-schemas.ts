import { instantPattern } from '@abide/kernel';
import type { BodySchema } from '@abide/platform';
import { means } from '../event.entity.js';
import { builtInFields } from './built-in-fields.js';
import { eventNamePattern, type EventField, type EventFields } from '@abide/policy';

export const uuidPattern = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';
const code = { type: 'string', maxLength: 80, pattern: '^[a-z][A-Za-z0-9]*([.-][A-Za-z0-9]+)*$' };

/** The JSON Schema (draft 2020-12, the subset that OpenAPI 3.1 shows) of an event of one category. */
export function eventSchemaOf(category: string, fields: EventFields): BodySchema {
  return {
    type: 'object',
    title: category,
    additionalProperties: false,
    required: ['eventId', 'subjectId', 'category', 'occurredAt', 'service'],
    properties: {
      eventId: {
        type: 'string',
        pattern: uuidPattern,
        description: 'Made once, where the event happened; sent again it is stored once',
      },
      subjectId: { type: 'string', pattern: uuidPattern },
      category: { type: 'string', enum: [category] },
      occurredAt: { type: 'string', pattern: instantPattern, description: 'At most 7 days ago' },
      service: code,
      thirdPartyServiceId: {
        type: 'string',
        minLength: 1,
        maxLength: 100,
        description: 'The id or code of the third-party service that it belongs to',
      },
      purposes: {
        type: 'array',
        maxItems: 50,
        items: code,
        description: 'Left out or empty: every purpose that allows it',
      },
      means: { type: 'string', enum: [...means], description: 'By which means it was recorded' },
      sensitive: { type: 'boolean', description: 'The subject says that it is sensitive' },
      attributes: {
        ...objectOf(fields.attributes),
        description: 'Stored in plain, for analysis: nothing that identifies anybody',
      },
      personal: { ...objectOf(fields.personal), description: 'Stored sealed under the key of the subject' },
    },
  };
}

/** A category's own fields with those that the registry adds, of which none is in plain that the product seals; null where nobody says what its events hold. */
export function fieldsOf(category: string, registered: EventFields | undefined): EventFields | null {
  const builtIn = builtInFields[category];
  if (!builtIn && !registered) return null;
  const plain = Object.entries(registered?.attributes ?? {}).filter(([name]) => !isSealedByProduct(category, name));
  return {
    attributes: { ...Object.fromEntries(plain), ...builtIn?.attributes },
    personal: { ...registered?.personal, ...builtIn?.personal },
  };
}

/** Whether the product itself seals what events of the category hold by this name. */
export function isSealedByProduct(category: string, name: string): boolean {
  return Object.hasOwn(builtInFields[category]?.personal ?? {}, name);
}

function objectOf(fields: Readonly<Record<string, EventField>> = {}): BodySchema {
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOf(field)])),
  };
}

const patterns: Readonly<Record<NonNullable<EventField['format']>, string>> = {
  'date-time': instantPattern,
  reference: '^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$',
};

/** What stands in a list, or by its name in an object: nothing that holds more in turn. */
const plainValue = ['string', 'number', 'boolean'];

function schemaOf({ format, maxItems, ...field }: EventField): BodySchema {
  const { type, maxLength, ...rest } = field;
  const values = { type: plainValue, maxLength };
  if (type === 'array') return { ...rest, type, maxItems, items: values };
  if (type === 'object')
    return {
      ...rest,
      type,
      maxProperties: maxItems,
      propertyNames: { type: 'string', pattern: eventNamePattern },
      additionalProperties: values,
    };
  return format ? { ...field, pattern: patterns[format] } : { ...field };
}
