import { DomainError, hiddenCharacterIn, type FieldError } from '@abide/kernel';

export const eventFieldTypes = ['string', 'integer', 'number', 'boolean', 'array', 'object'] as const;
export const eventFieldFormats = ['date-time', 'reference'] as const;

/** What one field of an event may hold: the safe part of JSON Schema, without patterns. */
export interface EventField {
  /** `array`: of texts, numbers and booleans; `object`: of the same by name, one level deep. */
  readonly type: (typeof eventFieldTypes)[number];
  /** Of a string, in UTF-16 code units; there unless it has an enum. Of an array or an object: of each text in it. */
  readonly maxLength?: number;
  /** Of an array or an object: how many values it holds. */
  readonly maxItems?: number;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** `reference`: the number of an order or the like, letters, digits, hyphens and low lines, which may be as long as one that tells a person. */
  readonly format?: (typeof eventFieldFormats)[number];
  readonly description?: string;
}

/** What an event of a category may hold, by name: `attributes` stay readable, `personal` is sealed. */
export interface EventFields {
  readonly attributes?: Readonly<Record<string, EventField>>;
  readonly personal?: Readonly<Record<string, EventField>>;
}

/**
 * The name of a field of an event, as a pattern for schemas: what PostHog (`$current_url`), Snowplow (`se_category`) and OpenTelemetry
 * (`http.request.method`) write, and no part of it one that every object has, as which it could be taken where a path leads through an object.
 */
export const eventNamePattern = `^(?=.{1,64}$)(?!(?:.*\\.)?(?:${namesOfEveryObject().join('|')})(?:\\.|$))\\$?[a-z][A-Za-z0-9_$]*(?:\\.[A-Za-z0-9$][A-Za-z0-9_$]*)*$`;

export const eventFieldLimits = {
  fields: 40,
  nameLength: 64,
  plainLength: 2000,
  /** As long as a stack trace. */
  sealedLength: 16_000,
  items: 50,
  itemLength: 500,
  values: 100,
  valueLength: 100,
  description: 200,
} as const;

const groups = ['attributes', 'personal'];
const mostErrors = 20;
const fieldName = new RegExp(eventNamePattern);

/** Everything wrong with event fields as they were sent, each at its JSON pointer below `pointer`; at most 20. */
export function eventFieldErrors(sent: object, pointer: string): readonly FieldError[] {
  const unknown = Object.keys(sent)
    .filter((key) => !groups.includes(key))
    .map((key) => wrong(at(pointer, key), 'unknown', 'is not known here'));
  const known = groups.filter((group) => Object.hasOwn(sent, group));
  const errors = known.flatMap((group) =>
    groupErrors((sent as Record<string, unknown>)[group], {
      pointer: at(pointer, group),
      isSealed: group === 'personal',
    }),
  );
  return [...unknown, ...errors].slice(0, mostErrors);
}

/** @throws DomainError `request.invalid` where there is an error */
export function refuseFields(errors: readonly FieldError[]): void {
  if (errors.length > 0)
    throw new DomainError('invalid', 'request.invalid', {
      detail: 'Some event fields cannot be accepted. Nothing was stored; correct them and send again.',
      errors: errors.slice(0, mostErrors),
    });
}

interface GroupPlace {
  readonly pointer: string;
  readonly isSealed: boolean;
}

function groupErrors(group: unknown, { pointer, isSealed }: GroupPlace): FieldError[] {
  if (!isObject(group)) return [wrong(pointer, 'invalid', 'must be an object of fields by name')];
  const entries = Object.entries(group);
  if (entries.length > eventFieldLimits.fields)
    return [wrong(pointer, 'tooMany', `must hold at most ${eventFieldLimits.fields} fields`)];
  return entries.flatMap(([name, field]) =>
    fieldName.test(name)
      ? fieldErrors(field, { pointer: at(pointer, name), isSealed })
      : [wrong(at(pointer, name), 'name', nameRule)],
  );
}

const nameRule =
  'must begin with a small letter, after a $ or not, and hold at most 64 letters, digits, low lines, $ and dots between them; names that every object has, such as constructor, are taken';

/** Those that begin with a low line never fit the rest of the pattern. */
function namesOfEveryObject(): string[] {
  return Object.getOwnPropertyNames(Object.prototype).filter((name) => !name.startsWith('_'));
}

function fieldErrors(field: unknown, { pointer, isSealed }: GroupPlace): FieldError[] {
  if (!isObject(field)) return [wrong(pointer, 'invalid', 'must be an object that says what the field may hold')];
  const type = eventFieldTypes.find((one) => one === field['type']);
  if (!type)
    return [
      wrong(
        at(pointer, 'type'),
        field['type'] === undefined ? 'missing' : 'invalid',
        `must be one of ${eventFieldTypes.join(', ')}`,
      ),
    ];
  const errors = Object.entries(field).flatMap(([member, value]) =>
    memberErrors({ type, longest: longestOf(type, isSealed) }, { member, value, pointer: at(pointer, member) }),
  );
  return errors.length > 0 ? errors : togetherErrors(field as unknown as EventField, pointer);
}

/** How long a text of the field may be at most. */
function longestOf(type: EventField['type'], isSealed: boolean): number {
  if (isOfSeveral(type)) return eventFieldLimits.itemLength;
  return isSealed ? eventFieldLimits.sealedLength : eventFieldLimits.plainLength;
}

function isOfSeveral(type: EventField['type']): boolean {
  return type === 'array' || type === 'object';
}

function memberErrors(
  about: FieldFacts,
  { member, value, pointer }: { member: string; value: unknown; pointer: string },
): FieldError[] {
  if (member === 'type') return [];
  const rule = Object.hasOwn(memberRules, member) ? memberRules[member] : undefined;
  if (!rule) return [wrong(pointer, 'unknown', 'is not known here')];
  if (!rule.of.includes(about.type)) return [wrong(pointer, 'invalid', `does not go with the type ${about.type}`)];
  return rule.isFine(value, about) ? [] : [wrong(pointer, 'invalid', rule.says(about))];
}

interface FieldFacts {
  readonly type: EventField['type'];
  readonly longest: number;
}

interface MemberRule {
  readonly of: readonly EventField['type'][];
  readonly says: (about: FieldFacts) => string;
  readonly isFine: (value: unknown, about: FieldFacts) => boolean;
}

const bound: MemberRule = {
  of: ['integer', 'number'],
  says: () => 'must be a number, whole where the field is',
  isFine: (value, { type }) => (type === 'integer' ? Number.isSafeInteger(value) : Number.isFinite(value)),
};

const memberRules: Readonly<Record<string, MemberRule>> = {
  maxLength: {
    of: ['string', 'array', 'object'],
    says: ({ longest }) => `must be a whole number from 1 to ${longest}`,
    isFine: (value, { longest }) => isCount(value, longest),
  },
  maxItems: {
    of: ['array', 'object'],
    says: () => `must be a whole number from 1 to ${eventFieldLimits.items}`,
    isFine: (value) => isCount(value, eventFieldLimits.items),
  },
  enum: {
    of: ['string'],
    says: () =>
      `must list 1 to ${eventFieldLimits.values} different texts of at most ${eventFieldLimits.valueLength} characters, all of which are seen`,
    isFine: isValueList,
  },
  minimum: bound,
  maximum: bound,
  format: {
    of: ['string'],
    says: () => `must be one of ${eventFieldFormats.join(', ')}`,
    isFine: (value) => eventFieldFormats.some((one) => one === value),
  },
  description: {
    of: eventFieldTypes,
    says: () => `must be a text of at most ${eventFieldLimits.description} characters, all of which are seen`,
    isFine: (value) => isText(value, eventFieldLimits.description),
  },
};

/** What each member may be by itself and not beside the others. */
function togetherErrors({ type, ...field }: EventField, pointer: string): FieldError[] {
  if (type === 'string' && field.enum === undefined && field.maxLength === undefined)
    return [wrong(at(pointer, 'maxLength'), 'missing', 'is needed for a text that is not one of a list')];
  if (isOfSeveral(type) && field.maxLength === undefined)
    return [wrong(at(pointer, 'maxLength'), 'missing', 'is needed for the texts in it')];
  if (isOfSeveral(type) && field.maxItems === undefined)
    return [wrong(at(pointer, 'maxItems'), 'missing', 'is needed for what holds several values')];
  if (field.enum !== undefined && field.format !== undefined)
    return [wrong(at(pointer, 'format'), 'invalid', 'does not go with a list of values')];
  if ((field.minimum ?? -Infinity) > (field.maximum ?? Infinity))
    return [wrong(at(pointer, 'maximum'), 'invalid', 'must not be below the minimum')];
  return [];
}

function isCount(value: unknown, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most;
}

function isValueList(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > eventFieldLimits.values) return false;
  return value.every((one) => isText(one, eventFieldLimits.valueLength)) && new Set(value).size === value.length;
}

/** Whole characters and no NUL, which PostgreSQL cannot store, and none that nobody sees. */
function isText(value: unknown, longest: number): boolean {
  return (
    typeof value === 'string' &&
    value.length >= 1 &&
    value.length <= longest &&
    value.isWellFormed() &&
    !value.includes('\0') &&
    hiddenCharacterIn(value) === null
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(pointer: string, code: string, message: string): FieldError {
  return { pointer, code, message };
}

function at(pointer: string, member: string): string {
  return `${pointer}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
