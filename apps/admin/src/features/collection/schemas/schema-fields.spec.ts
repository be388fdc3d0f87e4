import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from './schema-fields.js';

const schema = {
  type: 'object',
  properties: {
    attributes: {
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['call', 'message'] },
        model: { type: 'string', maxLength: 100 },
        byteCount: { type: 'integer', minimum: 0, maximum: 2_000_000_000 },
        hourOfDay: { type: 'integer', minimum: 0, maximum: 23 },
        isNew: { type: 'boolean' },
        tags: { type: 'array', maxItems: 10, items: { type: ['string', 'number', 'boolean'], maxLength: 50 } },
        $set: { type: 'object', maxProperties: 20, additionalProperties: { maxLength: 100 } },
        order: { type: 'string', maxLength: 20, pattern: '^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$' },
      },
    },
    personal: {
      type: 'object',
      properties: {
        latitude: { type: 'number', minimum: -90, maximum: 90 },
        takenAt: { type: 'string', maxLength: 40, pattern: '^\\d{4}' },
      },
    },
  },
};

describe('the fields of an event', () => {
  it('are what its schema says of them', () => {
    expect(
      fieldsOf(schema, 'attributes').map(({ name, type, most, limits }) => [
        name,
        type,
        limits,
        ...(most ? [most] : []),
      ]),
    ).toEqual([
      ['kind', 'oneOf', 'call, message'],
      ['model', 'text', '≤ 100'],
      ['byteCount', 'whole', '≥ 0'],
      ['hourOfDay', 'whole', '0 – 23'],
      ['isNew', 'flag', ''],
      ['tags', 'list', '≤ 50', 10],
      ['$set', 'byName', '≤ 100', 20],
      ['order', 'reference', '≤ 20'],
    ]);
    expect(fieldsOf(schema, 'personal').map(({ type, limits }) => [type, limits])).toEqual([
      ['number', '-90 – 90'],
      ['instant', ''],
    ]);
  });

  it('are none where the schema names none', () => {
    expect(fieldsOf({ type: 'object' }, 'personal')).toEqual([]);
  });
});
