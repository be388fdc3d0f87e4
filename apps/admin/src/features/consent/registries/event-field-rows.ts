import type { Schemas } from '@abide/client';

export type EventFields = Schemas['EventFieldsDto'];
type EventField = Schemas['EventFieldDto'];

/** How a field of an event is asked for; four of them are texts. */
export const rowTypes = [
  'text',
  'choice',
  'reference',
  'instant',
  'whole',
  'number',
  'flag',
  'list',
  'byName',
] as const;
export type RowType = (typeof rowTypes)[number];

/** A field of an event as the form holds it: everything a type could ask for, whether or not this one does. */
export interface EventFieldRow {
  readonly name: string;
  /** Sealed under the subject's key, or readable. */
  readonly isSealed: boolean;
  readonly type: RowType;
  readonly maxLength: number | null;
  /** Of a list, and of values by name. */
  readonly maxItems: number | null;
  readonly values: readonly string[];
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly description: string;
}

export const mostFields = 40;
export const longestName = 64;
export const mostItems = 50;
/** Instants are short; the server wants a bound for every text. */
const instantLength = 40;

export const blankRow: EventFieldRow = {
  name: '',
  isSealed: false,
  type: 'text',
  maxLength: 100,
  maxItems: 20,
  values: [],
  minimum: null,
  maximum: null,
  description: '',
};

/** The rows of a form, readable fields first. */
export function rowsOf(fields: EventFields | null | undefined): EventFieldRow[] {
  const rows = (group: EventFields['personal'], isSealed: boolean) =>
    Object.entries(group ?? {}).map(([name, field]) => ({ ...rowOf(field), name, isSealed }));
  return [...rows(fields?.attributes, false), ...rows(fields?.personal, true)];
}

/** What the rows say; null when there are none. */
export function fieldsOf(rows: readonly EventFieldRow[]): EventFields | null {
  const group = (isSealed: boolean) =>
    Object.fromEntries(rows.filter((row) => row.isSealed === isSealed).map((row) => [row.name, fieldOf(row)]));
  const [attributes, personal] = [group(false), group(true)];
  const given = { ...(isEmpty(attributes) ? {} : { attributes }), ...(isEmpty(personal) ? {} : { personal }) };
  return isEmpty(given) ? null : given;
}

/** Whether two lists of rows say the same, in whatever order. */
export function saySame(one: readonly EventFieldRow[], other: readonly EventFieldRow[]): boolean {
  const said = (rows: readonly EventFieldRow[]) =>
    rows
      .map((row) => JSON.stringify([row.name, row.isSealed, fieldOf(row)]))
      .sort()
      .join();
  return said(one) === said(other);
}

/** The longest text that the field may hold. */
export function longestTextOf({ type, isSealed }: Pick<EventFieldRow, 'type' | 'isSealed'>): number {
  if (isOfSeveral(type)) return 500;
  return isSealed ? 16_000 : 2000;
}

export function isOfSeveral(type: RowType): boolean {
  return type === 'list' || type === 'byName';
}

export function hasLength(type: RowType): boolean {
  return type === 'text' || type === 'reference' || isOfSeveral(type);
}

export type RowProblem = 'name' | 'taken' | 'tooMany' | 'maxLength' | 'tooLong' | 'maxItems' | 'values' | 'bounds';

/** What the server would refuse about a row among the others; null when nothing. */
export function problemOf(row: EventFieldRow, rows: readonly EventFieldRow[]): RowProblem | null {
  const alike = rows.filter((other) => other.isSealed === row.isSealed);
  if (!isUsableName(row.name)) return 'name';
  if (alike.filter(({ name }) => name === row.name).length > 1) return 'taken';
  if (alike.length > mostFields) return 'tooMany';
  if (hasLength(row.type) && row.maxLength === null) return 'maxLength';
  if (hasLength(row.type) && Number(row.maxLength) > longestTextOf(row)) return 'tooLong';
  if (isOfSeveral(row.type) && row.maxItems === null) return 'maxItems';
  if (
    row.type === 'choice' &&
    (row.values.length === 0 || row.values.length > 100 || row.values.some(({ length }) => length > 100))
  )
    return 'values';
  const isNumeric = row.type === 'whole' || row.type === 'number';
  return isNumeric && (row.minimum ?? -Infinity) > (row.maximum ?? Infinity) ? 'bounds' : null;
}

/** No part of it between dots is a name that every object has. */
function isUsableName(name: string): boolean {
  const parts = /^\$?[a-z][A-Za-z0-9_$]*(\.[A-Za-z0-9$][A-Za-z0-9_$]*)*$/;
  return name.length <= longestName && parts.test(name) && !name.split('.').some((part) => part in {});
}

function rowOf(field: EventField): EventFieldRow {
  const { maxLength, maxItems, minimum, maximum, description = '' } = field;
  return {
    ...blankRow,
    type: rowTypeOf(field),
    maxLength: maxLength ?? null,
    maxItems: maxItems ?? null,
    values: field.enum ?? [],
    minimum: minimum ?? null,
    maximum: maximum ?? null,
    description,
  };
}

function rowTypeOf({ type, format, enum: values }: EventField): RowType {
  if (type === 'string') return values ? 'choice' : format === 'reference' ? 'reference' : format ? 'instant' : 'text';
  return ({ integer: 'whole', number: 'number', boolean: 'flag', array: 'list', object: 'byName' } as const)[type];
}

function fieldOf(row: EventFieldRow): EventField {
  return { ...shapeOf(row), ...(row.description ? { description: row.description } : {}) };
}

function shapeOf({ type, maxLength, maxItems, values, minimum, maximum }: EventFieldRow): EventField {
  const bounds = { ...(minimum === null ? {} : { minimum }), ...(maximum === null ? {} : { maximum }) };
  const length = maxLength === null ? {} : { maxLength };
  const items = maxItems === null ? {} : { maxItems };
  switch (type) {
    case 'text':
      return { type: 'string', ...length };
    case 'choice':
      return { type: 'string', enum: [...values] };
    case 'reference':
      return { type: 'string', format: 'reference', ...length };
    case 'instant':
      return { type: 'string', format: 'date-time', maxLength: maxLength ?? instantLength };
    case 'whole':
      return { type: 'integer', ...bounds };
    case 'number':
      return { type: 'number', ...bounds };
    case 'flag':
      return { type: 'boolean' };
    case 'list':
      return { type: 'array', ...items, ...length };
    case 'byName':
      return { type: 'object', ...items, ...length };
  }
}

function isEmpty(group: object): boolean {
  return Object.keys(group).length === 0;
}
