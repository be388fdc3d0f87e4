import { locales, type Locale, type Page } from '@abide/kernel';
import { Flag, Id, Instant, ListOf, Nested, OneOf, Text, Texts, Whole } from '@abide/platform';
import { consentActs, givers, type ConsentAct, type Giver } from '../events/consent-event.entity.js';
import {
  ConsentRequest,
  ObjectionDto,
  OwnConsentDto,
  toObjection,
  toOwnConsent,
} from '../preferences/own-consents.dto.js';
import type { OwnConsent, OwnObjection } from '../preferences/own-consents.queries.js';
import type { OnBehalf } from './subject-consents.service.js';
import type { PastConsent } from './consent-history.queries.js';

const code = { max: 100 };

export class RecordConsentRequest extends ConsentRequest {
  @Text({ max: 80, description: 'What the subject decides on' }) readonly purpose: string = '';
  @Text({
    min: 10,
    max: 2000,
    description: 'How the subject said so; sealed',
    example: 'Signed form of 3 March, scanned as document 4711.',
  })
  readonly evidence: string = '';
  @Text({ min: 5, max: 500, description: 'Why it is recorded for them; kept with the evidence' })
  readonly reason: string = '';
  @Id({
    optional: true,
    description: 'Of a child: the guardianship of the guardian whose word it is; a grant needs one',
  })
  readonly guardianshipId?: string;
}

export class EvidenceRequest {
  @Text({ min: 5, max: 500, description: 'Why it is read; kept' }) readonly reason: string = '';
}

export class EvidenceResponse {
  @Text({ max: 2000, description: 'What an operator noted of how the subject said so' }) readonly evidence: string = '';
}

class ConsentScopeDto {
  @Text(code) readonly purpose: string = '';
  @Texts({ max: 1000, maxLength: 100, nullable: true, description: 'Null: not narrowed' }) readonly categories:
    readonly string[] | null = null;
  @Text({ ...code, nullable: true }) readonly service: string | null = null;
  @Text({ ...code, nullable: true, description: 'The slug of the recipient it names' }) readonly recipient:
    string | null = null;
  @Text({ max: 10, nullable: true }) readonly region: string | null = null;
}

class GiverDto {
  @OneOf(givers) readonly kind: Giver = 'subject';
  @Text({ max: 60, nullable: true, description: 'Of an operator, or of the subject that is the guardian' })
  readonly id: string | null = null;
  @Text({ max: 200, nullable: true, description: 'Of an operator' }) readonly name: string | null = null;
}

export class ConsentEventDto {
  @Id() readonly id: string = '';
  @OneOf(consentActs) readonly act: ConsentAct = 'grant';
  @Nested(() => ConsentScopeDto) readonly scope: ConsentScopeDto = new ConsentScopeDto();
  @Instant({ description: 'When the subject said so' }) readonly occurredAt: string = '';
  @Instant({ description: 'When we learned of it; later for what could not be sent at once' })
  readonly recordedAt: string = '';
  @Instant({ nullable: true }) readonly expiresAt: string | null = null;
  @Nested(() => GiverDto) readonly givenBy: GiverDto = new GiverDto();
  @Text({ max: 60, nullable: true, description: 'The policy whose words were shown' }) readonly policy: string | null =
    null;
  @Whole({ min: 1, max: 1_000_000, nullable: true }) readonly revision: number | null = null;
  @Id({ nullable: true }) readonly revisionId: string | null = null;
  @Text({ max: 80, nullable: true }) readonly clauseId: string | null = null;
  @OneOf(locales) readonly locale: Locale = 'zh-CN';
  @Text({ max: 40 }) readonly channel: string = '';
  @Id() readonly receiptId: string = '';
  @Flag({ description: 'An operator noted how it was given' }) readonly hasEvidence: boolean = false;
}

/** Where a subject stands with every purpose, and a page of what they said, newest first. */
export class SubjectConsentsResponse {
  @ListOf(() => OwnConsentDto, { max: 5000 }) readonly standing: readonly OwnConsentDto[] = [];
  @ListOf(() => ObjectionDto, { max: 1000, description: 'What they objected to and it was upheld' })
  readonly objections: readonly ObjectionDto[] = [];
  @ListOf(() => ConsentEventDto, { max: 100 }) readonly items: readonly ConsentEventDto[] = [];
  @Text({ max: 200, nullable: true }) readonly nextCursor: string | null = null;
}

export function toWish({ evidence, reason, guardianshipId, ...wish }: RecordConsentRequest): {
  wish: Omit<RecordConsentRequest, keyof OnBehalf>;
  note: OnBehalf;
} {
  return { wish, note: { evidence, reason, ...(guardianshipId === undefined ? {} : { guardianshipId }) } };
}

export function toSubjectConsents(
  { standing, objections }: { standing: readonly OwnConsent[]; objections: readonly OwnObjection[] },
  { items, nextCursor }: Page<PastConsent>,
): SubjectConsentsResponse {
  return {
    standing: standing.map(toOwnConsent),
    objections: objections.map(toObjection),
    items: items.map(toConsentEvent),
    nextCursor,
  };
}

export function toConsentEvent({
  giverId,
  giverName,
  givenBy,
  scope,
  occurredAt,
  recordedAt,
  expiresAt,
  ...event
}: PastConsent): ConsentEventDto {
  return {
    ...event,
    scope,
    occurredAt: occurredAt.toISOString(),
    recordedAt: recordedAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    givenBy: { kind: givenBy, id: givenBy === 'subject' ? null : giverId, name: giverName },
  };
}
