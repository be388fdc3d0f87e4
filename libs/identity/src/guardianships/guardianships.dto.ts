import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Nested, OneOf, OneTimeCode, Text } from '@abide/platform';
import { identifierTypes } from '@abide/vault';
import { GuardianBody } from './guardian.dto.js';
import { VerificationFacts } from '../verifications/verifications.dto.js';
import { maskIdentifier, maskName } from '../subjects/mask.rules.js';
import { minorStatuses } from '../subjects/minor.rules.js';
import { additionAnswers, type AdditionAnswer } from './guardian-additions.service.js';
import {
  awaitables,
  consentStates,
  decidables,
  endReasons,
  guardianshipKinds,
  guardianshipStates,
  type Awaitable,
  type ConsentState,
  type Decidable,
  type Guardian,
} from './guardian.rules.js';
import type { Guardianship } from './guardianship.entity.js';
import type { OpenedGuardianship } from './guardianship-records.js';
import type { Ward } from './wards.service.js';

export class RequestGuardianship {
  @Nested(() => GuardianBody, { description: 'Gets a code at an address of their own' })
  readonly guardian: GuardianBody = new GuardianBody();
}

export class RequestedGuardianship {
  @ApiProperty({ format: 'uuid' }) readonly guardianshipId: string = '';
  @ApiProperty({ type: VerificationFacts }) readonly verification: VerificationFacts = new VerificationFacts();
}

export class ConfirmGuardianship {
  @OneTimeCode() readonly code: string = '';
}

const waitsFor =
  'What it still waits for before the consent counts: the yes of a guardian there is already, proof that this one is an adult';

export class ConfirmedGuardianship {
  @ApiProperty({ format: 'uuid' }) readonly guardianshipId: string = '';
  @ApiProperty({ format: 'uuid', description: 'The minor' }) readonly subjectId: string = '';
  @ApiProperty({ enum: guardianshipStates }) readonly state: string = 'confirmed';
  @ApiProperty({ enum: awaitables, isArray: true, description: waitsFor }) readonly awaits: readonly Awaitable[] = [];
}

class MaskedGuardian {
  @ApiProperty({ example: '林**', description: 'Masked; empty when no name was given' }) readonly displayName: string =
    '';
  @ApiProperty({ enum: identifierTypes }) readonly type: string = 'phone';
  @ApiProperty({ example: '+86100****1234' }) readonly masked: string = '';
}

export class GuardianshipResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string = '';
  @ApiProperty({ enum: guardianshipStates }) readonly state: string = 'pending';
  @ApiProperty({ enum: guardianshipKinds, description: 'Whether the guardian consents, or is advised to read along' })
  readonly kind: string = 'consent';
  @ApiProperty({ type: MaskedGuardian, nullable: true, description: 'null once the guardian has been erased' })
  readonly guardian: MaskedGuardian | null = null;
  @ApiProperty({ enum: awaitables, isArray: true, description: waitsFor }) readonly awaits: readonly Awaitable[] = [];
  @ApiProperty({
    format: 'date-time',
    nullable: true,
    type: String,
    description: 'Until when the consent counts although nobody knows whether the guardian is an adult',
  })
  readonly ageDueAt: string | null = null;
  @ApiProperty({ format: 'date-time' }) readonly requestedAt: string = '';
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly confirmedAt: string | null = null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly consentedAt: string | null = null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly consentWithdrawnAt: string | null = null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly endedAt: string | null = null;
  @ApiProperty({ enum: endReasons, nullable: true, type: String }) readonly endReason: string | null = null;
}

export class SubjectGuardianship extends GuardianshipResponse {
  @ApiProperty({
    format: 'uuid',
    nullable: true,
    type: String,
    description: 'The guardian as a subject, once they have an account',
  })
  readonly guardianId: string | null = null;
  @ApiProperty({
    enum: ['account', 'evidence'],
    nullable: true,
    type: String,
    description: 'How the guardian is known to be an adult',
  })
  readonly adultBy: string | null = null;
  @ApiProperty({ description: 'A withdrawal of this guardian stands, against every other guardian too' })
  readonly withdrawalStands: boolean = false;
}

export class DecideGuardianship {
  @OneOf(decidables, {
    description:
      'That the guardian is an adult, that their withdrawal stands no more, or that a further guardian is one',
  })
  readonly about: Decidable = 'age';
  @Text({
    min: 10,
    max: 2000,
    description: 'What the officer saw; sealed',
    example: 'Household register, page 3, seen at the counter on 3 March.',
  })
  readonly evidence: string = '';
  @Text({ min: 5, max: 500, description: 'Why; kept with the evidence of the act' }) readonly reason: string = '';
}

/** A guardian that a ward named, and that the one who sees it is asked about. */
class ProposedGuardian {
  @ApiProperty({ format: 'uuid' }) readonly guardianshipId: string = '';
  @ApiProperty({ type: MaskedGuardian, nullable: true }) readonly guardian: MaskedGuardian | null = null;
  @ApiProperty({ format: 'date-time' }) readonly requestedAt: string = '';
}

export class AnswerAddition {
  @OneOf(additionAnswers) readonly answer: AdditionAnswer = 'refused';
}

export class WardResponse {
  @ApiProperty({ format: 'uuid' }) readonly subjectId: string = '';
  @ApiProperty({ format: 'uuid' }) readonly guardianshipId: string = '';
  @ApiProperty({ example: '林**', description: 'Masked; empty when no name was given' }) readonly displayName: string =
    '';
  @ApiProperty({ enum: minorStatuses }) readonly minor: string = 'under14';
  @ApiProperty({ enum: guardianshipKinds, description: 'Whether the guardian consents, or is advised to read along' })
  readonly kind: string = 'consent';
  @ApiProperty({ format: 'date-time' }) readonly confirmedAt: string = '';
  @ApiPropertyOptional({
    enum: consentStates,
    description: 'Absent as long as the guardian has neither given nor withdrawn consent',
  })
  readonly consent?: string;
  @ApiProperty({ enum: awaitables, isArray: true, description: waitsFor }) readonly awaits: readonly Awaitable[] = [];
  @ApiProperty({
    format: 'date-time',
    nullable: true,
    type: String,
    description: 'Until when my consent counts although nobody knows whether I am an adult',
  })
  readonly ageDueAt: string | null = null;
  @ApiProperty({
    type: [ProposedGuardian],
    description: 'Further guardians that the child named; none becomes one without my yes',
  })
  readonly proposed: readonly ProposedGuardian[] = [];
}

export class SetWardConsent {
  @OneOf(consentStates) readonly state: ConsentState = 'withdrawn';
}

export class WardConsent {
  @ApiProperty({ format: 'uuid' }) readonly subjectId: string = '';
  @ApiProperty({ format: 'uuid' }) readonly guardianshipId: string = '';
  @ApiProperty({ enum: consentStates }) readonly state: string = 'granted';
  @ApiProperty({
    format: 'date-time',
    nullable: true,
    type: String,
    description: 'Since when; null when consent was never given',
  })
  readonly at: string | null = null;
}

export function toConfirmedGuardianship(guardianship: Guardianship, now: Date): ConfirmedGuardianship {
  const { id, subjectId, state } = guardianship;
  return { guardianshipId: id, subjectId, state, awaits: guardianship.awaits(now) };
}

export function toGuardianshipResponse(
  { guardianship, guardian }: OpenedGuardianship,
  now: Date,
): GuardianshipResponse {
  const { id, state, kind, requestedAt, confirmedAt, consentedAt, consentWithdrawnAt, endedAt, endReason } =
    guardianship;
  return {
    id,
    state,
    kind,
    endReason,
    guardian: guardian && toMaskedGuardian(guardian),
    awaits: guardianship.awaits(now),
    ageDueAt: dueAt(guardianship),
    requestedAt: requestedAt.toISOString(),
    confirmedAt: confirmedAt?.toISOString() ?? null,
    consentedAt: consentedAt?.toISOString() ?? null,
    consentWithdrawnAt: consentWithdrawnAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}

export function toSubjectGuardianship(opened: OpenedGuardianship, now: Date): SubjectGuardianship {
  const { guardianId, adultBy, withdrawalStands } = opened.guardianship;
  return { ...toGuardianshipResponse(opened, now), guardianId, adultBy, withdrawalStands };
}

export function toWardResponse({ guardianship, subject, displayName, proposed }: Ward, now: Date): WardResponse {
  const { subjectId, id, kind, confirmedAt, requestedAt } = guardianship;
  return {
    subjectId,
    guardianshipId: id,
    displayName,
    kind,
    minor: subject?.minorStatus ?? 'unknown',
    confirmedAt: (confirmedAt ?? requestedAt).toISOString(),
    consent: (guardianship.consentedAt ?? guardianship.consentWithdrawnAt) ? consentOf(guardianship) : undefined,
    awaits: guardianship.awaits(now),
    ageDueAt: dueAt(guardianship),
    proposed: proposed.map(toProposed),
  };
}

export function toWardConsent(guardianship: Guardianship): WardConsent {
  const { subjectId, id, consentedAt, consentWithdrawnAt } = guardianship;
  return {
    subjectId,
    guardianshipId: id,
    state: consentOf(guardianship),
    at: (consentWithdrawnAt ?? consentedAt)?.toISOString() ?? null,
  };
}

function consentOf({ hasConsent }: Guardianship): ConsentState {
  return hasConsent ? 'granted' : 'withdrawn';
}

/** Null where the age is known, so that nothing falls due. */
function dueAt({ adultKnownAt, ageDueAt }: Guardianship): string | null {
  return adultKnownAt === null ? (ageDueAt?.toISOString() ?? null) : null;
}

function toProposed({ guardianship: { id, requestedAt }, guardian }: OpenedGuardianship): ProposedGuardian {
  return {
    guardianshipId: id,
    guardian: guardian && toMaskedGuardian(guardian),
    requestedAt: requestedAt.toISOString(),
  };
}

function toMaskedGuardian({ name, identifier: { type, value } }: Guardian): MaskedGuardian {
  return { displayName: name === undefined ? '' : maskName(name), type, masked: maskIdentifier(type, value) };
}
