import { dayInMilliseconds, type Locale } from '@abide/kernel';
import { addDuration, choicesOf, parseDuration, type Choice, type Rulebook, type RulebookRegistry } from '@abide/rulebook';
import { refusal } from '../consent.errors.js';
import { normalCategories, type ConsentScope } from './scope.rules.js';

/** What a subject, or somebody for them, wants recorded. Recipients by id or slug; instants in RFC 3339. */
export interface ConsentWish {
  readonly purpose: string;
  readonly state: 'granted' | 'withdrawn';
  readonly categories?: readonly string[];
  readonly service?: string;
  readonly recipientId?: string;
  readonly region?: string;
  readonly revisionId?: string;
  readonly clauseId?: string;
  readonly locale?: Locale;
  readonly wordingHash?: string;
  readonly channel?: string;
  readonly occurredAt?: string;
}

const oldestGrantDays = 7;
const furthestAheadMilliseconds = 5 * 60_000;

/** The scope of a wish with every code checked. @throws DomainError `consent.unknown_purpose`, `_category`, `_service`, `_recipient` */
export function scopeOf(wish: ConsentWish, registry: RulebookRegistry, recipientSlugs: ReadonlyMap<string, string>): ConsentScope {
  const { purposes, categories: known } = registry.catalogue;
  if (!purposes.some(({ code }) => code === wish.purpose)) throw refusal('consent.unknown_purpose', { detail: 'No such purpose is registered. Nothing was recorded.' });
  const strangers = (wish.categories ?? []).flatMap((category, index) => (known.some(({ code }) => code === category) ? [] : [index]));
  if (strangers.length > 0) throw unknown('consent.unknown_category', strangers.map((index) => `/categories/${index}`));
  if (wish.service !== undefined && registry.services?.includes(wish.service) === false) throw unknown('consent.unknown_service', ['/service']);
  const recipient = wish.recipientId === undefined ? null : (recipientSlugs.get(wish.recipientId.toLowerCase()) ?? wish.recipientId);
  if (recipient !== null && registry.recipients?.some(({ slug }) => slug === recipient) === false) throw unknown('consent.unknown_recipient', ['/recipientId']);
  return { purpose: wish.purpose, categories: normalCategories(wish.categories), service: wish.service ?? null, recipient, region: wish.region ?? null };
}

/**
 * When a wish came about: what it says, within reason. A grant may be a week old, so that it can be sent later, and never
 * vouches for more; a withdrawal may be as old as the account.
 * @throws DomainError `consent.in_future`, `consent.too_old`, `consent.before_registration`
 */
export function occurredAtOf({ occurredAt, state }: ConsentWish, { now, registeredAt }: { now: number; registeredAt: Date }): number | null {
  if (occurredAt === undefined) return null;
  const at = Date.parse(occurredAt);
  const fault = (code: 'consent.in_future' | 'consent.too_old' | 'consent.before_registration', message: string) =>
    refusal(code, { detail: `${message} Nothing was recorded.`, errors: [{ pointer: '/occurredAt', code, message }] });
  if (!(at <= now + furthestAheadMilliseconds)) throw fault('consent.in_future', 'This lies in the future.');
  if (at < registeredAt.getTime()) throw fault('consent.before_registration', 'The account did not exist then.');
  if (state === 'granted' && at < now - oldestGrantDays * dayInMilliseconds) throw fault('consent.too_old', 'A consent can be sent in for seven days after it was given.');
  return at;
}

/** The choices that a consent of this scope speaks of. */
export function choicesFor(rulebook: Rulebook, { purpose, categories, service, recipient, region }: ConsentScope): Choice[] {
  return (choicesOf(rulebook).get(purpose) ?? []).filter(
    (choice) =>
      (categories === null || categories.includes(choice.category)) &&
      (service === null || choice.service === null || choice.service === service) &&
      (recipient === null || choice.recipient === recipient) &&
      (region === null || choice.region === null || choice.region === region || choice.region.startsWith(`${region}-`)),
  );
}

/** When a consent given at an instant ends by itself: by the shortest term that the clauses state; null for none. */
export function expiryOf(choices: readonly Choice[], at: number): Date | null {
  const ends = choices.flatMap(({ validFor }) => {
    const duration = validFor === null ? null : parseDuration(validFor);
    return duration ? [addDuration(at, duration)] : [];
  });
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}

function unknown(code: Parameters<typeof refusal>[0], pointers: readonly string[]) {
  return refusal(code, {
    detail: 'Some codes are not registered. Nothing was recorded; correct them and send again.',
    errors: pointers.map((pointer) => ({ pointer, code, message: 'Not registered.' })),
  });
}
