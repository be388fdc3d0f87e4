import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { isOutOfTime } from '@abide/consent';
import { EffectiveRulebook, type RulebookInForce } from '@abide/policy';
import { Ajv, type ValidateFunction } from 'ajv';
import type { SubmittedEvent } from '../batches/event.js';
import { eventSchemaOf, fieldsOf } from './event-schemas.js';
import { isIdentifying } from './identifying.rules.js';

/** Who may send an event about whom: a subject or a device about itself only. */
export interface Sender {
  /** Null for a service, which may send about everybody. */
  readonly subjectId: string | null;
}

export type CheckRefusal =
  | 'event.malformed' | 'event.unknownCategory' | 'event.unknownService' | 'event.tooOld' | 'event.inFuture' | 'event.notYourSubject' | 'event.identifyingAttribute';

interface Checks {
  readonly key: string;
  readonly categories: ReadonlySet<string>;
  /** Categories of places come in as fixes, past the switch, and not as events. */
  readonly places: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  readonly validators: Map<string, ValidateFunction | null>;
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
  return { key: inForce.key, inForce, categories: new Set(catalogue.categories.map(({ code }) => code)), places: new Set(catalogue.categories.filter(({ isLocation }) => isLocation).map(({ code }) => code)), services: inForce.rulebook.registered.services, validators: new Map() };
}

function refusalOf(checks: Checks, event: unknown, { sender, now }: { sender: Sender; now: number }): CheckRefusal | null {
  const { category } = (event ?? {}) as { category?: unknown };
  if (typeof category !== 'string') return 'event.malformed';
  const validate = validatorOf(checks, category);
  if (!validate) return 'event.unknownCategory';
  if (!validate(event)) return 'event.malformed';
  const submitted = event as SubmittedEvent;
  if (!isWhole(submitted)) return 'event.malformed';
  if (sender.subjectId !== null && submitted.subjectId.toLowerCase() !== sender.subjectId) return 'event.notYourSubject';
  const at = Date.parse(submitted.occurredAt);
  if (Number.isNaN(at)) return 'event.malformed';
  const outOfTime = isOutOfTime(at, now);
  if (outOfTime !== null) return outOfTime;
  if (!checks.services.has(submitted.service)) return 'event.unknownService';
  return isIdentifying('service', submitted.service) || hasIdentifyingAttribute(submitted) ? 'event.identifyingAttribute' : null;
}

function validatorOf(checks: Checks, category: string): ValidateFunction | null {
  const known = checks.validators.get(category);
  if (known !== undefined) return known;
  if (!checks.categories.has(category) || checks.places.has(category)) return null;
  const fields = fieldsOf(category, checks.inForce.eventFields.get(category));
  const validate = fields && new Ajv({ strict: true, strictRequired: false }).compile(eventSchemaOf(category, fields));
  checks.validators.set(category, validate);
  return validate;
}

/** No text that PostgreSQL or UTF-8 could not give back, and addresses that are some. */
function isWhole({ attributes, personal, thirdPartyServiceId }: SubmittedEvent): boolean {
  if (!isStorable(thirdPartyServiceId)) return false;
  for (const name in attributes) if (!isStorable(attributes[name])) return false;
  for (const name in personal) if (!isStorable(personal[name])) return false;
  return personal?.['ip'] === undefined || isIP(String(personal['ip'])) !== 0;
}

function isStorable(value: unknown): boolean {
  return typeof value !== 'string' || (value.isWellFormed() && !value.includes('\0'));
}

function hasIdentifyingAttribute({ attributes }: SubmittedEvent): boolean {
  for (const name in attributes) if (isIdentifying(name, attributes[name])) return true;
  return false;
}
