import { hiddenCharacterIn } from '@abide/kernel';
import fc from 'fast-check';
import { eventFieldErrors, eventFieldLimits, eventFieldTypes, type EventField } from './event-fields.rules.js';

const found = (sent: object) => eventFieldErrors(sent, '/eventFields').map(({ pointer, code }) => `${pointer} ${code}`);
const about = (field: unknown) => found({ attributes: { lane: field } });
const lane = '/eventFields/attributes/lane';
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_none, index) => [`field${index}`, { type: 'boolean' }]));
const values = (count: number) => Array.from({ length: count }, (_none, index) => `v${index}`);

const name = fc
  .stringMatching(/^\$?[a-z][A-Za-z0-9_$]{0,20}(\.[a-z0-9$]{1,10}){0,3}$/)
  .filter((one) => !one.split('.').some((part) => part in {}));
const text = (maxLength: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength })
    .filter((one) => one.length <= maxLength && !one.includes('\0') && hiddenCharacterIn(one) === null);
const described = { description: fc.option(text(200), { nil: undefined }) };
const pair = (number: fc.Arbitrary<number>) =>
  fc.tuple(number, number).map(([a, b]) => ({ minimum: Math.min(a, b), maximum: Math.max(a, b) }));
const field: fc.Arbitrary<EventField> = fc
  .oneof(
    fc.record({
      type: fc.constant('string' as const),
      maxLength: fc.integer({ min: 1, max: eventFieldLimits.plainLength }),
      format: fc.option(fc.constantFrom('date-time' as const, 'reference' as const), { nil: undefined }),
      ...described,
    }),
    fc.record({
      type: fc.constant('string' as const),
      enum: fc.uniqueArray(text(100), { minLength: 1, maxLength: 10 }),
      ...described,
    }),
    fc
      .record({ type: fc.constant('integer' as const), bounds: pair(fc.maxSafeInteger()), ...described })
      .map(({ bounds, ...rest }) => ({ ...rest, ...bounds })),
    fc
      .record({
        type: fc.constant('number' as const),
        bounds: pair(fc.double({ noNaN: true, noDefaultInfinity: true })),
        ...described,
      })
      .map(({ bounds, ...rest }) => ({ ...rest, ...bounds })),
    fc.record({ type: fc.constant('boolean' as const), ...described }),
    fc.record({
      type: fc.constantFrom('array' as const, 'object' as const),
      maxLength: fc.integer({ min: 1, max: eventFieldLimits.itemLength }),
      maxItems: fc.integer({ min: 1, max: eventFieldLimits.items }),
      ...described,
    }),
  )
  .map((one) => JSON.parse(JSON.stringify(one)) as EventField);
const group = fc.dictionary(name, field, { maxKeys: 6 });

describe('what an event may hold', () => {
  it('is accepted in every shape that the subset knows', () => {
    fc.assert(fc.property(group, group, (attributes, personal) => expect(found({ attributes, personal })).toEqual([])));
    expect(found({})).toEqual([]);
    expect(found({ attributes: many(40), personal: many(40) })).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['a field without a type', {}, `${lane}/type missing`],
    ['a type that is none', { type: 'null' }, `${lane}/type invalid`],
    ['a list of texts of any length', { type: 'array', maxItems: 5 }, `${lane}/maxLength missing`],
    ['a list of any length', { type: 'array', maxLength: 5 }, `${lane}/maxItems missing`],
    ['as many names as one likes', { type: 'object', maxLength: 5 }, `${lane}/maxItems missing`],
    ['a list too long by far', { type: 'array', maxLength: 5, maxItems: 51 }, `${lane}/maxItems invalid`],
    ['a list of nothing', { type: 'array', maxLength: 5, maxItems: 0 }, `${lane}/maxItems invalid`],
    ['texts in it too long', { type: 'object', maxLength: 501, maxItems: 5 }, `${lane}/maxLength invalid`],
    ['a list of lists', { type: 'array', maxLength: 5, maxItems: 5, items: {} }, `${lane}/items unknown`],
    ['a text of several values', { type: 'string', maxLength: 5, maxItems: 5 }, `${lane}/maxItems invalid`],
    ['a field that is no object', 'string', `${lane} invalid`],
    ['a text of any length', { type: 'string' }, `${lane}/maxLength missing`],
    ['an instant of any length', { type: 'string', format: 'date-time' }, `${lane}/maxLength missing`],
    ['a text too long', { type: 'string', maxLength: 2001 }, `${lane}/maxLength invalid`],
    ['a text of no length', { type: 'string', maxLength: 0 }, `${lane}/maxLength invalid`],
    ['a pattern', { type: 'string', maxLength: 5, pattern: '(a+)+$' }, `${lane}/pattern unknown`],
    ['a member of every object', { type: 'boolean', constructor: true }, `${lane}/constructor unknown`],
    ['a length of a number', { type: 'integer', maxLength: 5 }, `${lane}/maxLength invalid`],
    ['a list of numbers', { type: 'integer', enum: ['1'] }, `${lane}/enum invalid`],
    ['an empty list', { type: 'string', enum: [] }, `${lane}/enum invalid`],
    ['a list too long', { type: 'string', enum: values(101) }, `${lane}/enum invalid`],
    ['a value too long', { type: 'string', enum: ['x'.repeat(101)] }, `${lane}/enum invalid`],
    ['a value listed twice', { type: 'string', enum: ['a', 'a'] }, `${lane}/enum invalid`],
    ['a value that cannot be stored', { type: 'string', enum: ['a\0'] }, `${lane}/enum invalid`],
    ['a format nobody knows', { type: 'string', maxLength: 9, format: 'uri' }, `${lane}/format invalid`],
    ['a format beside a list', { type: 'string', enum: ['a'], format: 'date-time' }, `${lane}/format invalid`],
    ['a bound that is no number', { type: 'number', minimum: '1' }, `${lane}/minimum invalid`],
    ['a broken bound of a whole number', { type: 'integer', maximum: 1.5 }, `${lane}/maximum invalid`],
    ['bounds that let nothing through', { type: 'number', minimum: 2, maximum: 1 }, `${lane}/maximum invalid`],
    [
      'a description that reads otherwise than it is kept',
      { type: 'boolean', description: 'kept 1\u202e4 days' },
      `${lane}/description invalid`,
    ],
    ['a value that looks like another', { type: 'string', enum: ['red', 'r\u2800ed'] }, `${lane}/enum invalid`],
    ['a description too long', { type: 'boolean', description: 'x'.repeat(201) }, `${lane}/description invalid`],
  ])('is refused with its place: %s', (_, sent, expected) => {
    expect(about(sent)).toEqual([expected]);
  });

  it('has names that code can carry and no object has by itself', () => {
    for (const bad of [
      ...['Lane', '1lane', 'la-ne', 'la ne', 'x'.repeat(65), '车道', '', '_lane', '.lane', 'lane.', 'la..ne', '$'],
      ...['constructor', 'toString', 'valueOf', 'lane.constructor', 'constructor.prototype', 'a.toString.b'],
      ...['a.__proto__', 'a._b', 'lane\n'],
    ]) {
      expect(found({ personal: { [bad]: { type: 'boolean' } } })).toEqual([`/eventFields/personal/${bad} name`]);
    }
    expect(found({ attributes: { 'a/b~c': { type: 'boolean' } } })).toEqual(['/eventFields/attributes/a~1b~0c name']);
    expect(found({ attributes: JSON.parse('{"__proto__":{"type":"boolean"}}') })).toEqual([
      '/eventFields/attributes/__proto__ name',
    ]);
  });

  it('has the names that other collectors write', () => {
    for (const good of [
      ...['$current_url', '$lib_version', '$feature/beta'.replace('/', '.'), 'utm_source', '$ai$model'],
      ...['se_category', 'mkt_medium', 'contexts_com_snowplowanalytics_snowplow_web_page_1'],
      ...['http.request.method', 'exception.stacktrace', 'k8s.pod.name', 'a.$b.c_d', 'x'.repeat(64)],
      ...['constructors', 'toStrings.of', 'my_constructor'],
    ])
      expect([good, found({ attributes: { [good]: { type: 'boolean' } } })]).toEqual([good, []]);
  });

  it('is longer where it is sealed', () => {
    const text = (maxLength: number) => ({ stack: { type: 'string', maxLength } });
    expect(found({ personal: text(16_000) })).toEqual([]);
    expect(found({ personal: text(16_001), attributes: text(2001) })).toEqual([
      '/eventFields/attributes/stack/maxLength invalid',
      '/eventFields/personal/stack/maxLength invalid',
    ]);
  });

  it('is attributes and personal fields and nothing else, forty of each at most', () => {
    expect(found({ secrets: {} })).toEqual(['/eventFields/secrets unknown']);
    expect(found({ attributes: [] })).toEqual(['/eventFields/attributes invalid']);
    expect(found({ attributes: null })).toEqual(['/eventFields/attributes invalid']);
    expect(found({ personal: many(41) })).toEqual(['/eventFields/personal tooMany']);
  });

  it('tells twenty mistakes at most', () => {
    const wrong = Object.fromEntries(Object.keys(many(40)).map((key) => [key, {}]));
    expect(found({ attributes: wrong })).toHaveLength(20);
  });

  it('is refused wherever the type does not fit the members, whatever they are', () => {
    fc.assert(
      fc.property(field, fc.constantFrom(...eventFieldTypes), (one, type) => {
        const own = Object.keys(one).filter((key) => key !== 'type' && key !== 'description');
        const isNumeric = (of: string) => of === 'integer' || of === 'number';
        const isOfSeveral = (of: string) => of === 'array' || of === 'object';
        fc.pre(own.length > 0 && one.type !== type && !(isNumeric(one.type) && isNumeric(type)));
        fc.pre(!(isOfSeveral(one.type) && isOfSeveral(type)));
        expect(about({ ...one, type }).length).toBeGreaterThan(0);
      }),
    );
  });
});
