import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { isOutOfTime } from '@abide/consent';
import { type Refusal } from '@abide/ingest';
import { faultOf } from '@abide/platform';
import { EffectiveRulebook, type EventField, type EventFields, type RulebookInForce } from '@abide/policy';
import { Ajv, type ValidateFunction } from 'ajv';
import type { SubmittedEvent } from './event.js';
import { eventSchemaOf, fieldsOf } from './event-schemas.js';
import { isIdentifying, type FieldShape } from './identifying.rules.js';

/** Who may send an event about whom: a subject or a device about itself only. */
export interface Sender {
  /** Null for a service, which may send about everybody. */
  readonly subjectId: string | null;
}

export type CheckRefusalCode =
  | 'event.malformed'
  | 'event.unknownCategory'
  | 'event.unknownService'
  | 'event.tooOld'
  | 'event.inFuture'
  | 'event.notYourSubject'
  | 'event.identifyingAttribute';

/** Why an event is refused, and where in it and how where its sender can mend that. */
export interface CheckRefusal extends Omit<Refusal, 'index'> {
  readonly code: CheckRefusalCode;
}

/** How one category's events are checked. */
interface CategoryCheck {
  readonly validate: ValidateFunction;
  /** Of the attributes that a schema narrows; the others are open. */
  readonly shapes: ReadonlyMap<string, FieldShape>;
}

interface Checks {
  readonly key: string;
  readonly categories: ReadonlySet<string>;
  /** Categories of places come in as fixes, past the switch, and not as events. */
  readonly places: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  readonly byCategory: Map<string, CategoryCheck | null>;
  readonly inForce: RulebookInForce;
}

/** Checks events against the schema of their category as the registry has it, and against the clock: all that needs nobody's data. */
@Injectable()
export class EventChecks {
  private kept: Checks | null = null;

  constructor(private readonly rulebooks: EffectiveRulebook) {}

  /** A check under the registries as they stand now. */
  async current(): Promise<(event: unknown, sender: Sender, now: number) => CheckRefusal | null> {
    const inForce = await this.rulebooks.current();
    if (this.kept?.key !== inForce.key) this.kept = checksOf(inForce);
    const checks = this.kept;
    return (event, sender, now) => refusalOf(checks, event, { sender, now });
  }

  /** The category that an event is counted under: none where nobody registered it. */
  labelOf(category: unknown): string {
    return typeof category === 'string' && this.kept?.categories.has(category) ? category : '';
  }
}

function checksOf(inForce: RulebookInForce): Checks {
  const { catalogue } = inForce.registry;
  return {
    key: inForce.key,
    inForce,
    categories: new Set(catalogue.categories.map(({ code }) => code)),
    places: new Set(catalogue.categories.filter(({ isLocation }) => isLocation).map(({ code }) => code)),
    services: inForce.rulebook.registered.services,
    byCategory: new Map(),
  };
}

function refusalOf(
  checks: Checks,
  event: unknown,
  { sender, now }: { sender: Sender; now: number },
): CheckRefusal | null {
  const { category } = (event ?? {}) as { category?: unknown };
  if (typeof category !== 'string') return malformed('/category', 'must be a string');
  const check = checkOf(checks, category);
  if (!check) return { code: 'event.unknownCategory' };
  if (!check.validate(event)) return malformedBy(check.validate);
  const submitted = event as SubmittedEvent;
  const fault = faultIn(submitted);
  if (fault !== null) return fault;
  if (sender.subjectId !== null && submitted.subjectId.toLowerCase() !== sender.subjectId)
    return { code: 'event.notYourSubject' };
  const outOfTime = isOutOfTime(Date.parse(submitted.occurredAt), now);
  if (outOfTime !== null) return { code: outOfTime };
  if (!checks.services.has(submitted.service)) return { code: 'event.unknownService' };
  return identifyingIn(submitted, check.shapes);
}

function checkOf(checks: Checks, category: string): CategoryCheck | null {
  const known = checks.byCategory.get(category);
  if (known !== undefined) return known;
  if (!checks.categories.has(category) || checks.places.has(category)) return null;
  const fields = fieldsOf(category, checks.inForce.eventFields.get(category));
  const check = fields && {
    validate: new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
      eventSchemaOf(category, fields),
    ),
    shapes: shapesOf(fields),
  };
  checks.byCategory.set(category, check);
  return check;
}

function shapesOf({ attributes = {} }: EventFields): Map<string, FieldShape> {
  const shapeOf = ({ format }: EventField): FieldShape =>
    format === 'date-time' ? 'closed' : format === 'reference' ? 'reference' : 'open';
  return new Map(Object.entries(attributes).map(([name, field]) => [name, shapeOf(field)]));
}

/** No text that PostgreSQL or UTF-8 could not give back, and addresses that are some. */
function faultIn({ attributes, personal, thirdPartyServiceId }: SubmittedEvent): CheckRefusal | null {
  if (!isStorable(thirdPartyServiceId)) return unstorable('/thirdPartyServiceId');
  for (const name in attributes) if (!isStorable(attributes[name])) return unstorable(`/attributes/${name}`);
  for (const name in personal) if (!isStorable(personal[name])) return unstorable(`/personal/${name}`);
  return personal?.['ip'] === undefined || isIP(String(personal['ip'])) !== 0
    ? null
    : malformed('/personal/ip', 'must be an address of IPv4 or IPv6');
}

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  return typeof value !== 'object' || value === null || Object.values(value).every(isStorable);
}

function identifyingIn(
  { service, attributes }: SubmittedEvent,
  shapes: ReadonlyMap<string, FieldShape>,
): CheckRefusal | null {
  if (isIdentifying('service', service)) return identifying('/service');
  for (const name in attributes)
    if (isIdentifying(name, attributes[name], shapes.get(name))) return identifying(`/attributes/${name}`);
  return null;
}

function identifying(pointer: string): CheckRefusal {
  return {
    code: 'event.identifyingAttribute',
    pointer,
    reason: 'looks like what tells a person, a device or a place, which belongs into `personal`',
  };
}

const withinValue = /^(\/(?:attributes|personal)\/[^/]+)\/(?!\d+$).*/;

/** Names within an object are its sender's: the answer names the object. */
function malformedBy(validate: ValidateFunction): CheckRefusal {
  const { pointer, reason } = faultOf(validate);
  return malformed(pointer.replace(withinValue, '$1'), reason);
}

function unstorable(pointer: string): CheckRefusal {
  return malformed(pointer, 'must hold whole characters and no NUL');
}

function malformed(pointer: string, reason: string): CheckRefusal {
  return { code: 'event.malformed', pointer, reason };
}
