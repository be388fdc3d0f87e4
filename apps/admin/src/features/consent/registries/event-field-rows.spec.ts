import { describe, expect, it } from '@jest/globals';
import {
  blankRow,
  fieldsOf,
  problemOf,
  rowsOf,
  saySame,
  type EventFieldRow,
  type EventFields,
} from './event-field-rows.js';

const fields: EventFields = {
  attributes: {
    bay: { type: 'string', enum: ['north', 'south'] },
    leftAt: { type: 'string', format: 'date-time', maxLength: 40 },
    minutes: { type: 'integer', minimum: 0, maximum: 1440 },
    fee: { type: 'number', description: 'In yuan' },
    covered: { type: 'boolean' },
    order: { type: 'string', format: 'reference', maxLength: 20 },
    tags: { type: 'array', maxItems: 10, maxLength: 50 },
    $set: { type: 'object', maxItems: 20, maxLength: 100 },
  },
  personal: { plate: { type: 'string', maxLength: 12 } },
};
const aRow = (given: Partial<EventFieldRow>): EventFieldRow => ({ ...blankRow, name: 'bay', ...given });
const problem = (given: Partial<EventFieldRow>, others: readonly EventFieldRow[] = []) =>
  problemOf(aRow(given), [aRow(given), ...others]);

describe('the fields of an event in the form', () => {
  it('are sent back as they were read', () => {
    expect(fieldsOf(rowsOf(fields))).toEqual(fields);
    expect(rowsOf(fields).map(({ name, type, isSealed }) => `${name} ${type} ${isSealed}`)).toEqual([
      'bay choice false',
      'leftAt instant false',
      'minutes whole false',
      'fee number false',
      'covered flag false',
      'order reference false',
      'tags list false',
      '$set byName false',
      'plate text true',
    ]);
  });

  it('are none where there are none', () => {
    expect(rowsOf(null)).toEqual([]);
    expect(rowsOf(undefined)).toEqual([]);
    expect(fieldsOf([])).toBeNull();
    expect(fieldsOf([aRow({ isSealed: true })])).toEqual({ personal: { bay: { type: 'string', maxLength: 100 } } });
  });

  it('carry only what their type asks for, whatever was typed before', () => {
    const typed = { maxLength: 9, values: ['a'], minimum: 1, maximum: 2 };
    expect(fieldsOf([aRow({ ...typed, type: 'flag' })])).toEqual({ attributes: { bay: { type: 'boolean' } } });
    expect(fieldsOf([aRow({ ...typed, type: 'whole' })])).toEqual({
      attributes: { bay: { type: 'integer', minimum: 1, maximum: 2 } },
    });
    expect(fieldsOf([aRow({ ...typed, type: 'choice' })])).toEqual({
      attributes: { bay: { type: 'string', enum: ['a'] } },
    });
    expect(fieldsOf([aRow({ type: 'instant', maxLength: null })])).toEqual({
      attributes: { bay: { type: 'string', format: 'date-time', maxLength: 40 } },
    });
  });

  it('are the same in another order, and not where one is sealed', () => {
    const rows = rowsOf(fields);
    expect(saySame(rows, rows.toReversed())).toBe(true);
    expect(
      saySame(
        rows,
        rows.map((row) => ({ ...row, isSealed: true })),
      ),
    ).toBe(false);
    expect(saySame(rows, rows.slice(1))).toBe(false);
  });

  it.each<[string, Partial<EventFieldRow>, ReturnType<typeof problemOf>]>([
    ['a field that can be kept', {}, null],
    ['no name', { name: '' }, 'name'],
    ['a name that code cannot carry', { name: 'Bay 1' }, 'name'],
    ['a name that every object has', { name: 'constructor' }, 'name'],
    ['a name with such a part', { name: 'a.constructor' }, 'name'],
    ['a name that ends with a dot', { name: 'http.' }, 'name'],
    ['a name too long', { name: 'x'.repeat(65) }, 'name'],
    ['a name as PostHog writes it', { name: '$current_url' }, null],
    ['a name as OpenTelemetry writes it', { name: 'http.request.method' }, null],
    ['a text without its length', { maxLength: null }, 'maxLength'],
    ['a reference without its length', { type: 'reference', maxLength: null }, 'maxLength'],
    ['a list without the length of its texts', { type: 'list', maxLength: null }, 'maxLength'],
    ['a list of as many as one likes', { type: 'list', maxItems: null }, 'maxItems'],
    ['values by name that are too long', { type: 'byName', maxLength: 501 }, 'tooLong'],
    ['a readable text too long', { maxLength: 2001 }, 'tooLong'],
    ['a sealed text as long', { maxLength: 2001, isSealed: true }, null],
    ['a choice of nothing', { type: 'choice' }, 'values'],
    ['a value too long', { type: 'choice', values: ['x'.repeat(101)] }, 'values'],
    ['bounds that let nothing through', { type: 'number', minimum: 2, maximum: 1 }, 'bounds'],
    ['bounds of what is no number any more', { type: 'flag', minimum: 2, maximum: 1 }, null],
  ])('say what is wrong with %s', (_, given, expected) => {
    expect(problem(given)).toBe(expected);
  });

  it('have a name of their own among those kept alike, forty at most', () => {
    expect(problem({}, [aRow({})])).toBe('taken');
    expect(problem({}, [aRow({ isSealed: true })])).toBeNull();
    const others = Array.from({ length: 40 }, (_none, index) => aRow({ name: `field${index}` }));
    expect(problem({}, others.slice(1))).toBeNull();
    expect(problem({}, others)).toBe('tooMany');
  });
});
