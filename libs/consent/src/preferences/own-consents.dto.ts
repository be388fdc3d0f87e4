import { locales, type Locale } from '@abide/kernel';
import { Flag, Id, Instant, ListOf, LocalizedText, Nested, OneOf, Text, Texts } from '@abide/platform';
import type { RecordedConsent } from '../recording/consents.service.js';
import type { OwnConsent, OwnObjection } from './own-consents.queries.js';
import { preferenceStates, type PreferenceState, type SeparateChoice } from '../prompts/preference.rules.js';

const code = { max: 80 };
const slugOrId = { max: 80, pattern: /^[A-Za-z0-9-]+$/ };

export class ConsentRequest {
  @OneOf(['granted', 'withdrawn']) readonly state: 'granted' | 'withdrawn' = 'withdrawn';
  @Texts({
    max: 100,
    maxLength: 80,
    optional: true,
    description: 'The categories it names; separate consent needs them named',
  })
  readonly categories?: string[];
  @Text({ ...code, optional: true }) readonly service?: string;
  @Text({ ...slugOrId, optional: true, description: 'The id or slug of the recipient it names' })
  readonly recipientId?: string;
  @Text({ max: 6, pattern: /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/, optional: true }) readonly region?: string;
  @Id({ optional: true, description: 'The revision that was shown; the one in force when left out' })
  readonly revisionId?: string;
  @Text({ ...code, optional: true }) readonly clauseId?: string;
  @OneOf(locales, { optional: true }) readonly locale?: Locale;
  @Text({
    max: 64,
    min: 64,
    pattern: /^[0-9a-f]{64}$/,
    optional: true,
    description: 'SHA-256 of the words that were shown; of the clause when left out',
  })
  readonly wordingHash?: string;
  @Text({ max: 40, pattern: /^[A-Za-z0-9._-]+$/, optional: true, example: 'ios' }) readonly channel?: string;
  @Instant({ optional: true, description: 'When the subject said so, where it could not be sent at once' })
  readonly occurredAt?: string;
}

export class ConsentResponse {
  @Id() readonly consentEventId: string = '';
  @OneOf(['granted', 'withdrawn', 'expired'], {
    description: 'What stands: a late word beneath a newer one is recorded and changes nothing',
  })
  readonly state: string = '';
  @Id() readonly receiptId: string = '';
  @Instant() readonly at: string = '';
  @Flag({ description: 'The same had been said before; nothing was recorded' }) readonly duplicate: boolean = false;
}

class ClauseReference {
  @Text({ max: 60 }) readonly policy: string = '';
  @Text({ max: 80 }) readonly clauseId: string = '';
}

class SeparateChoiceDto {
  @Text(code) readonly category: string = '';
  @Text({ ...code, nullable: true }) readonly service: string | null = null;
  @Text({ ...code, nullable: true, description: 'The slug of the recipient that has to be named' }) readonly recipient:
    string | null = null;
  @Text({ max: 6, nullable: true }) readonly region: string | null = null;
  @OneOf(preferenceStates.filter((state) => state !== 'partly')) readonly state: string = '';
  @Id({ nullable: true }) readonly consentEventId: string | null = null;
}

export class OwnConsentDto {
  @Text(code) readonly purpose: string = '';
  @Nested(() => LocalizedText) readonly name: LocalizedText = new LocalizedText();
  @OneOf(preferenceStates) readonly state: PreferenceState = 'none';
  @Instant({ nullable: true, description: 'Since when it is granted' }) readonly since: string | null = null;
  @Instant({ nullable: true }) readonly expiresAt: string | null = null;
  @Id({ nullable: true }) readonly consentEventId: string | null = null;
  @Texts({ max: 1000, maxLength: 80, description: 'What it is about' }) readonly categories: readonly string[] = [];
  @ListOf(() => ClauseReference, { max: 1000 }) readonly clauses: readonly ClauseReference[] = [];
  @ListOf(() => SeparateChoiceDto, {
    max: 5000,
    description: 'What has to be named by itself: sensitive data, other handlers, going abroad',
  })
  readonly separately: readonly SeparateChoiceDto[] = [];
  @Flag({ description: 'Refused because of Global Privacy Control, unless consented to later' })
  readonly stoppedByGpc: boolean = false;
  @Flag({ description: 'A question for it may be shown now' }) readonly mayAsk: boolean = false;
  @Instant({ nullable: true, description: 'When it may be asked for again, where that is later' }) readonly askAgainAt:
    string | null = null;
}

/** A purpose that is closed because of an objection that was upheld. */
export class ObjectionDto {
  @Text(code) readonly purpose: string = '';
  @Nested(() => LocalizedText, { nullable: true, description: 'Null where it is not registered any more' })
  readonly name: LocalizedText | null = null;
  @Instant() readonly since: string = '';
  @Text({ max: 200, description: 'The number of the request that it was upheld by' }) readonly ground: string = '';
}

export class OwnConsents {
  @ListOf(() => OwnConsentDto, { max: 5000 }) readonly items: readonly OwnConsentDto[] = [];
  @ListOf(() => ObjectionDto, {
    max: 1000,
    description: 'What I objected to; `DELETE /me/objections/{purpose}` takes it back',
  })
  readonly objections: readonly ObjectionDto[] = [];
  @Text({ max: 200, nullable: true }) readonly nextCursor: string | null = null;
  @Instant({ description: 'When this was so, by the server: what a decision that is sent later has to be dated by' })
  readonly at: string = '';
}

export class PromptRequest {
  @Text(code) readonly purpose: string = '';
  @Flag({ optional: true, description: 'The subject opened the question themselves' })
  readonly startedBySubject?: boolean;
}

export class PromptResponse {
  @Text(code) readonly purpose: string = '';
  @Instant() readonly shownAt: string = '';
}

export function toConsentResponse({
  consentEventId,
  receiptId,
  state,
  at,
  isRepeated,
}: RecordedConsent): ConsentResponse {
  return { consentEventId, state, receiptId, at: at.toISOString(), duplicate: isRepeated };
}

export function toOwnConsent({ name, preference, categories, clauses }: OwnConsent): OwnConsentDto {
  const { purpose, state, consent, separately, isStoppedByGpc, mayAsk, askAgainAt } = preference;
  return {
    purpose,
    name,
    state,
    categories,
    clauses,
    mayAsk,
    since: instantOf(consent?.at),
    expiresAt: instantOf(consent?.expiresAt),
    consentEventId: consent?.id ?? null,
    separately: separately.map(toSeparateChoice),
    stoppedByGpc: isStoppedByGpc,
    askAgainAt: instantOf(askAgainAt),
  };
}

export function toObjection({ purpose, name, since, ground }: OwnObjection): ObjectionDto {
  return { purpose, name, since: since.toISOString(), ground };
}

function toSeparateChoice({
  choice: { category, service, recipient, region },
  state,
  consentEventId,
}: SeparateChoice): SeparateChoiceDto {
  return { category, service, recipient, region, state, consentEventId };
}

function instantOf(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}
