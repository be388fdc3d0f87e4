import { dayPattern, hiddenCharacterIn, instantPattern } from '@abide/kernel';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateBy,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';

/**
 * The properties of a DTO: each decorator sets validation and OpenAPI together. `optional`: may be absent (leave as it
 * is); `nullable`: may be null (clear it).
 */
interface Presence {
  readonly optional?: boolean;
  readonly nullable?: boolean;
  readonly description?: string;
  readonly example?: unknown;
}

type Schema = Record<string, unknown>;

function field(
  { optional, nullable, description, example }: Presence,
  schema: Schema,
  ...checks: PropertyDecorator[]
): PropertyDecorator {
  const documented = { ...schema, required: !optional, nullable, description, example };
  const presence: PropertyDecorator[] = [];
  if (optional && nullable) presence.push(IsOptional());
  else if (optional) presence.push(ValidateIf((_object, value) => value !== undefined));
  else if (nullable) presence.push(ValidateIf((_object, value) => value !== null));
  return applyDecorators(ApiProperty(documented as never), ...presence, ...checks);
}

/** Neither NUL, which PostgreSQL cannot store, nor half a surrogate pair, which UTF-8 cannot. */
function IsStorable(options?: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && !value.includes('\0') && value.isWellFormed();
  const defaultMessage = () => '$property must hold whole characters and no NUL';
  return ValidateBy({ name: 'isStorable', validator: { validate, defaultMessage } }, options);
}

/** Nothing in it makes it read otherwise than it is kept: somebody reads it and decides by it. */
function IsLegible(options?: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown) => typeof value !== 'string' || hiddenCharacterIn(value) === null;
  const defaultMessage = () => '$property must hold no character that turns the order of others or that nobody sees';
  return ValidateBy({ name: 'isLegible', validator: { validate, defaultMessage } }, options);
}

/** Blanks alone say nothing, however many; of what is too short that is said already. */
function SaysSomething(min: number): PropertyDecorator {
  const validate = (value: unknown) =>
    typeof value !== 'string' || value.length < min || min === 0 || /\S/u.test(value);
  return ValidateBy({
    name: 'saysSomething',
    validator: { validate, defaultMessage: () => '$property must hold more than blanks' },
  });
}

function IsOfCalendar(name: string, pattern: string, what: string): PropertyDecorator {
  const shape = new RegExp(pattern);
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && shape.test(value),
      defaultMessage: () => `$property must be ${what}`,
    },
  });
}

/**
 * A text of `min` (1) to `max` UTF-16 code units, optionally matching `pattern`, that reads as it is kept. `asTyped` is
 * for what nobody reads in that form: passwords, tokens, and numbers that are brought into a form of their own.
 */
export function Text(
  options: Presence & { max: number; min?: number; pattern?: RegExp; format?: string; asTyped?: true },
): PropertyDecorator {
  const { max, min = 1, pattern, format, asTyped } = options;
  const checks = [
    IsString(),
    IsStorable(),
    MinLength(min),
    MaxLength(max),
    ...(pattern ? [Matches(pattern)] : []),
    ...(asTyped ? [] : [IsLegible(), SaysSomething(min)]),
  ];
  return field(
    options,
    { type: 'string', minLength: min, maxLength: max, pattern: pattern?.source, format },
    ...checks,
  );
}

/** Far longer than six digits with whatever stands between them: normalising takes time that grows with the square of the length. */
const longestCode = 64;

/** A one-time code of six digits, as people paste them: with spaces, hyphens or in full width. */
export function OneTimeCode(options: Presence = {}): PropertyDecorator {
  const asDigits = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && value.length <= longestCode
      ? value.normalize('NFKC').replaceAll(/[\s\p{Pd}\p{Cf}−]/gu, '')
      : value,
  );
  return field(
    options,
    { type: 'string', minLength: 6, maxLength: 32, example: '123456' },
    asDigits,
    IsString(),
    Matches(/^\d{6}$/, { message: '$property must be six digits' }),
  );
}

/** A UUID of any version, in lower case from here on (RFC 9562 §4 takes both). */
export function Id(options: Presence = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', format: 'uuid' },
    Transform(({ value }: { value: unknown }) => lowerCase(value)),
    IsUUID(),
  );
}

function lowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** An RFC 3339 instant with a zone, as text. */
export function Instant(options: Presence = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', format: 'date-time' },
    IsOfCalendar('isInstant', instantPattern, 'a date that there is, a time and a time zone'),
  );
}

/** A calendar date `YYYY-MM-DD`. */
export function Day(options: Presence = {}): PropertyDecorator {
  return field(options, { type: 'string', format: 'date' }, IsOfCalendar('isDay', dayPattern, 'a date that there is'));
}

/** One of a closed list of words. */
export function OneOf(values: readonly string[], options: Presence = {}): PropertyDecorator {
  return field(options, { type: 'string', enum: [...values] }, IsIn([...values]));
}

/** Some of a closed list of words, `max` at most. */
export function SomeOf(values: readonly string[], options: Presence & { max?: number } = {}): PropertyDecorator {
  const schema = { type: 'array', items: { type: 'string', enum: [...values] } };
  return field(
    options,
    schema,
    IsArray(),
    ArrayMaxSize(options.max ?? values.length),
    IsIn([...values], { each: true }),
  );
}

/** A list of texts. */
export function Texts(options: Presence & { max: number; maxLength: number }): PropertyDecorator {
  const schema = { type: 'array', items: { type: 'string', maxLength: options.maxLength }, maxItems: options.max };
  return field(
    options,
    schema,
    IsArray(),
    ArrayMaxSize(options.max),
    IsString({ each: true }),
    IsStorable({ each: true }),
    IsLegible({ each: true }),
    MaxLength(options.maxLength, { each: true }),
  );
}

/** A list of UUIDs. */
export function Ids(options: Presence & { max: number; min?: number }): PropertyDecorator {
  const schema = { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: options.max };
  const inLowerCase = Transform(({ value }: { value: unknown }) =>
    Array.isArray(value) ? value.map(lowerCase) : value,
  );
  return field(
    options,
    schema,
    inLowerCase,
    IsArray(),
    ArrayMinSize(options.min ?? 0),
    ArrayMaxSize(options.max),
    IsUUID(undefined, { each: true }),
  );
}

/** A whole number. In a query string it is read from text. */
export function Whole(options: Presence & { min: number; max: number; default?: number }): PropertyDecorator {
  const schema = { type: 'integer', minimum: options.min, maximum: options.max, default: options.default };
  return field(options, schema, fromDigits, IsInt(), Min(options.min), Max(options.max));
}

/** In a query string a number is a text; an empty one, null or true is none. */
const fromDigits = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value,
);

/** True or false. In a query string it is read from the words. */
export function Flag(options: Presence = {}): PropertyDecorator {
  const fromWord = Transform(({ value }: { value: unknown }) =>
    value === 'true' ? true : value === 'false' ? false : value,
  );
  return field(options, { type: 'boolean' }, fromWord, IsBoolean());
}

/** An e-mail address of at most 254 characters (RFC 5321 §4.5.3.1.3); `asTyped` as for `Text`, where it is only looked up. */
export function Email(options: Presence & { asTyped?: true } = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', format: 'email', maxLength: 254 },
    IsEmail(),
    MaxLength(254),
    ...(options.asTyped ? [] : [IsLegible()]),
  );
}

/** A nested object of the given DTO class. The document tells a lazy type from a class by its function's name, `type`. */
export function Nested(type: () => new () => object, options: Presence = {}): PropertyDecorator {
  return field(options, { type: () => type() }, IsObject(), ValidateNested(), Type(type));
}

/** A list of nested objects of the given DTO class. */
export function ListOf(
  type: () => new () => object,
  options: Presence & { max: number; min?: number },
): PropertyDecorator {
  const checks = [
    IsArray(),
    ArrayMinSize(options.min ?? 0),
    ArrayMaxSize(options.max),
    ValidateNested({ each: true }),
    Type(type),
  ];
  return field(options, { type: () => type(), isArray: true, maxItems: options.max }, ...checks);
}

/** A JSON object exactly as it was sent, checked elsewhere; `shape` documents what it may hold. */
export function JsonObject(options: Presence & { shape?: () => new () => object } = {}): PropertyDecorator {
  const { shape } = options;
  // The transformer drops members called as those of every object are, such as `toString`; it does not look into a boolean.
  const unread = Type(() => Boolean);
  const asSent = Transform(({ obj, key }: { obj: Record<string, unknown>; key: string }) => obj[key]);
  return field(
    options,
    shape ? { type: () => shape() } : { type: 'object', additionalProperties: true },
    unread,
    asSent,
    IsObject(),
  );
}
