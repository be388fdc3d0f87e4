import { dayInMilliseconds, type Locale } from '@abide/kernel';
import type { RulebookInForce } from '@abide/policy';
import {
  addDuration,
  choicesOf,
  parseDuration,
  unknownCodesIn,
  type Choice,
  type ConsentFact,
  type PolicyDocument,
  type Rulebook,
  type UnknownCode,
} from '@abide/rulebook';
import { refusal } from '../consent.errors.js';
import { requestPointer } from '../gate/registered-codes.js';
import { normalCategories, scopeHash, scopeOfFact, type ConsentScope } from '../events/scope.rules.js';

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

const refusals = {
  'question.unknownPurpose': 'consent.unknown_purpose',
  'question.unknownCategory': 'consent.unknown_category',
  'question.unknownService': 'consent.unknown_service',
  'question.unknownRegion': 'consent.unknown_region',
  'recipient.unknown': 'consent.unknown_recipient',
} as const satisfies Record<UnknownCode['code'], string>;

/**
 * The scope of a wish with every code checked. What a subject said before they may take back in the same words, also where
 * somebody has struck them off the register since.
 * @throws DomainError `consent.unknown_purpose`, `_category`, `_service`, `_recipient`, `_region`
 */
export function scopeOf(
  wish: ConsentWish,
  { rulebook, recipientSlugs }: Pick<RulebookInForce, 'rulebook' | 'recipientSlugs'>,
  said: readonly ConsentFact[],
): ConsentScope {
  const { purpose, service = null, region = null } = wish;
  const recipient =
    wish.recipientId === undefined ? null : (recipientSlugs.get(wish.recipientId.toLowerCase()) ?? wish.recipientId);
  const scope = { purpose, categories: normalCategories(wish.categories), service, recipient, region };
  const unknown = unknownCodesIn(rulebook, { ...scope, categories: wish.categories });
  const [first] = unknown;
  if (!first || (wish.state === 'withdrawn' && said.some((one) => isOfScope(one, scope)))) return scope;
  const code = refusals[first.code];
  if (code === 'consent.unknown_purpose')
    throw refusal(code, { detail: 'No such purpose is registered. Nothing was recorded.' });
  throw refusal(code, {
    detail: 'Some codes are not registered. Nothing was recorded; correct them and send again.',
    errors: unknown.map((one) => ({
      pointer: requestPointer(one.pointer),
      code: refusals[one.code],
      message: 'Not registered.',
    })),
  });
}

function isOfScope(fact: ConsentFact, scope: ConsentScope): boolean {
  return scopeHash(scopeOfFact(fact)).equals(scopeHash(scope));
}

/**
 * When a wish came about: what it says, within reason. A grant may be a week old, so that it can be sent later, and never
 * vouches for more; a withdrawal may be as old as the account.
 * @throws DomainError `consent.in_future`, `consent.too_old`, `consent.before_registration`
 */
export function occurredAtOf(
  { occurredAt, state }: ConsentWish,
  { now, registeredAt }: { now: number; registeredAt: Date },
): number | null {
  if (occurredAt === undefined) return null;
  const at = Date.parse(occurredAt);
  const fault = (code: 'consent.in_future' | 'consent.too_old' | 'consent.before_registration', message: string) =>
    refusal(code, { detail: `${message} Nothing was recorded.`, errors: [{ pointer: '/occurredAt', code, message }] });
  if (!(at <= now + furthestAheadMilliseconds)) throw fault('consent.in_future', 'This lies in the future.');
  if (at < registeredAt.getTime()) throw fault('consent.before_registration', 'The account did not exist then.');
  if (state === 'granted' && at < now - oldestGrantDays * dayInMilliseconds)
    throw fault('consent.too_old', 'A consent can be sent in for seven days after it was given.');
  return at;
}

/** The choices that a consent of this scope speaks of. */
export function choicesFor(
  rulebook: Rulebook,
  { purpose, categories, service, recipient, region }: ConsentScope,
): Choice[] {
  return (choicesOf(rulebook).get(purpose) ?? []).filter(
    (choice) =>
      (categories === null || categories.includes(choice.category)) &&
      (service === null || choice.service === null || choice.service === service) &&
      (recipient === null || choice.recipient === recipient) &&
      (region === null || choice.region === null || choice.region === region || choice.region.startsWith(`${region}-`)),
  );
}

/** Whether a text asks for what the choice is about; a text that was shown instead of the one in force may not have done so yet. */
export function asksFor({ clauses }: PolicyDocument, { purpose, category }: Choice): boolean {
  const names = (listed: readonly string[], code: string) => listed.includes(code) || listed.includes('*');
  return clauses.some(({ terms }) =>
    terms.some((term) => 'basis' in term && names(term.purposes, purpose) && names(term.categories, category)),
  );
}

/** When a consent given at an instant ends by itself: by the shortest term that the clauses state, in months of the law's zone; null for none. */
export function expiryOf(choices: readonly Choice[], at: number, utcOffsetHours: number): Date | null {
  const ends = choices.flatMap(({ validFor }) => {
    const duration = validFor === null ? null : parseDuration(validFor);
    return duration ? [addDuration(at, duration, utcOffsetHours)] : [];
  });
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}
