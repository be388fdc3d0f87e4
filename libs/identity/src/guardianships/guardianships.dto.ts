import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Nested, OneOf, OneTimeCode } from '@abide/platform';
import { identifierTypes } from '@abide/vault';
import { GuardianBody, VerificationFacts } from '../registrations/registrations.dto.js';
import { maskIdentifier, maskName } from '../subjects/mask.rules.js';
import { minorStatuses } from '../subjects/minor.rules.js';
import { consentStates, endReasons, guardianshipKinds, guardianshipStates, type ConsentState, type Guardian } from './guardian.rules.js';
import type { Guardianship } from './guardianship.entity.js';
import type { OpenedGuardianship } from './guardianship-records.js';
import type { Ward } from './wards.service.js';

export class RequestGuardianship {
  @Nested(() => GuardianBody, { description: 'Gets a code at an address of their own' }) readonly guardian: GuardianBody = new GuardianBody();
}

export class RequestedGuardianship {
  @ApiProperty({ format: 'uuid' }) readonly guardianshipId: string = '';
  @ApiProperty({ type: VerificationFacts }) readonly verification: VerificationFacts = new VerificationFacts();
}

export class ConfirmGuardianship {
  @OneTimeCode() readonly code: string = '';
}

export class ConfirmedGuardianship {
  @ApiProperty({ format: 'uuid' }) readonly guardianshipId: string = '';
  @ApiProperty({ format: 'uuid', description: 'The minor' }) readonly subjectId: string = '';
  @ApiProperty({ enum: guardianshipStates }) readonly state: string = 'confirmed';
}

class MaskedGuardian {
  @ApiProperty({ example: '林**', description: 'Masked; empty when no name was given' }) readonly displayName: string = '';
  @ApiProperty({ enum: identifierTypes }) readonly type: string = 'phone';
  @ApiProperty({ example: '+86100****1234' }) readonly masked: string = '';
}

export class GuardianshipResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string = '';
  @ApiProperty({ enum: guardianshipStates }) readonly state: string = 'pending';
  @ApiProperty({ enum: guardianshipKinds, description: 'Whether the guardian consents, or is advised to read along' }) readonly kind: string = 'consent';
  @ApiProperty({ type: MaskedGuardian, nullable: true, description: 'null once the guardian has been erased' }) readonly guardian: MaskedGuardian | null = null;
  @ApiProperty({ format: 'date-time' }) readonly requestedAt: string = '';
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly confirmedAt: string | null = null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly consentedAt: string | null = null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly consentWithdrawnAt: string | null = null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly endedAt: string | null = null;
  @ApiProperty({ enum: endReasons, nullable: true, type: String }) readonly endReason: string | null = null;
}

export class SubjectGuardianship extends GuardianshipResponse {
  @ApiProperty({ format: 'uuid', nullable: true, type: String, description: 'The guardian as a subject, once they have an account' }) readonly guardianId: string | null = null;
}

export class WardResponse {
  @ApiProperty({ format: 'uuid' }) readonly subjectId: string = '';
  @ApiProperty({ format: 'uuid' }) readonly guardianshipId: string = '';
  @ApiProperty({ example: '林**', description: 'Masked; empty when no name was given' }) readonly displayName: string = '';
  @ApiProperty({ enum: minorStatuses }) readonly minor: string = 'under14';
  @ApiProperty({ enum: guardianshipKinds, description: 'Whether the guardian consents, or is advised to read along' }) readonly kind: string = 'consent';
  @ApiProperty({ format: 'date-time' }) readonly confirmedAt: string = '';
  @ApiPropertyOptional({ enum: consentStates, description: 'Absent as long as the guardian has neither given nor withdrawn consent' }) readonly consent?: string;
}

export class SetWardConsent {
  @OneOf(consentStates) readonly state: ConsentState = 'withdrawn';
}

export class WardConsent {
  @ApiProperty({ format: 'uuid' }) readonly subjectId: string = '';
  @ApiProperty({ format: 'uuid' }) readonly guardianshipId: string = '';
  @ApiProperty({ enum: consentStates }) readonly state: string = 'granted';
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'Since when; null when consent was never given' }) readonly at: string | null = null;
}

export function toConfirmedGuardianship({ id, subjectId, state }: Guardianship): ConfirmedGuardianship {
  return { guardianshipId: id, subjectId, state };
}

export function toGuardianshipResponse({ guardianship, guardian }: OpenedGuardianship): GuardianshipResponse {
  const { id, state, kind, requestedAt, confirmedAt, consentedAt, consentWithdrawnAt, endedAt, endReason } = guardianship;
  return {
    id, state, kind, endReason, guardian: guardian && toMaskedGuardian(guardian),
    requestedAt: requestedAt.toISOString(), confirmedAt: confirmedAt?.toISOString() ?? null, consentedAt: consentedAt?.toISOString() ?? null,
    consentWithdrawnAt: consentWithdrawnAt?.toISOString() ?? null, endedAt: endedAt?.toISOString() ?? null,
  };
}

export function toSubjectGuardianship(opened: OpenedGuardianship): SubjectGuardianship {
  return { ...toGuardianshipResponse(opened), guardianId: opened.guardianship.guardianId };
}

export function toWardResponse({ guardianship, subject, displayName }: Ward): WardResponse {
  const { subjectId, id, kind, confirmedAt, requestedAt } = guardianship;
  return {
    subjectId, guardianshipId: id, displayName, kind, minor: subject?.minorStatus ?? 'unknown',
    confirmedAt: (confirmedAt ?? requestedAt).toISOString(), consent: guardianship.consentedAt ? consentOf(guardianship) : undefined,
  };
}

export function toWardConsent(guardianship: Guardianship): WardConsent {
  const { subjectId, id, consentedAt, consentWithdrawnAt } = guardianship;
  return { subjectId, guardianshipId: id, state: consentOf(guardianship), at: (consentWithdrawnAt ?? consentedAt)?.toISOString() ?? null };
}

function consentOf({ hasConsent }: Guardianship): ConsentState {
  return hasConsent ? 'granted' : 'withdrawn';
}

function toMaskedGuardian({ name, identifier: { type, value } }: Guardian): MaskedGuardian {
  return { displayName: name === undefined ? '' : maskName(name), type, masked: maskIdentifier(type, value) };
}
