import { ApiProperty } from '@nestjs/swagger';
import { OneOf, SomeOf, Text } from '@abide/platform';
import { identifierTypes } from '@abide/vault';
import { maskIdentifier } from '../subjects/mask.rules.js';
import { minorStatuses } from '../subjects/minor.rules.js';
import {
  revealableFields,
  searchKeys,
  type FoundSubject,
  type RevealableField,
  type SearchKey,
  type SharedBetween,
  type SharingSubject,
  type SubjectOverview,
} from './operator-subjects.service.js';
import { maskField, type ProfileField } from '../subjects/profile.rules.js';
import { subjectKinds } from '../subjects/subject.entity.js';

const statuses = ['active', 'pendingGuardian', 'deceased', 'closed'];

export class SearchSubjects {
  @OneOf(searchKeys) readonly by: SearchKey = 'id';
  @Text({ asTyped: true, max: 254, description: 'The whole value; nothing is found by parts' }) readonly value: string =
    '';
  @Text({ max: 500, min: 5, description: 'Kept with the evidence' }) readonly reason: string = '';
}

export class RevealFields {
  @SomeOf(revealableFields) readonly fields: readonly RevealableField[] = [];
  @Text({ max: 500, min: 5, description: 'Kept with the evidence' }) readonly reason: string = '';
}

class FoundSubjectResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string = '';
  @ApiProperty({ enum: subjectKinds }) readonly kind: string = 'person';
  @ApiProperty({ example: '林**', description: 'Masked' }) readonly displayName: string = '';
  @ApiProperty({ enum: statuses }) readonly status: string = 'active';
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string = '';
}

export class FoundSubjects {
  @ApiProperty({ type: [FoundSubjectResponse] }) readonly items: readonly FoundSubjectResponse[] = [];
  @ApiProperty({ nullable: true, type: String }) readonly nextCursor: string | null = null;
}

class SharingSubjectResponse extends FoundSubjectResponse {
  @ApiProperty({ example: '+86100****1234', description: 'What both have, as this account keeps it' })
  readonly masked: string = '';
}

class SharedIdentifierResponse {
  @ApiProperty({ enum: identifierTypes }) readonly type: string = 'phone';
  @ApiProperty({ type: SharingSubjectResponse, description: 'Has it in a form that earlier versions kept' })
  readonly subject: SharingSubjectResponse = new SharingSubjectResponse();
  @ApiProperty({ type: SharingSubjectResponse }) readonly other: SharingSubjectResponse = new SharingSubjectResponse();
  @ApiProperty({ format: 'date-time' }) readonly foundAt: string = '';
}

export class SharedIdentifiers {
  @ApiProperty({ type: [SharedIdentifierResponse], maxItems: 100 })
  readonly items: readonly SharedIdentifierResponse[] = [];
}

class MaskedIdentifier {
  @ApiProperty({ enum: identifierTypes }) readonly type: string = 'phone';
  @ApiProperty({ example: '+86100****1234' }) readonly masked: string = '';
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly confirmedAt: string | null = null;
}

export class SubjectResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string = '';
  @ApiProperty({ enum: subjectKinds }) readonly kind: string = 'person';
  @ApiProperty({ enum: statuses }) readonly status: string = 'active';
  @ApiProperty({ enum: minorStatuses }) readonly minor: string = 'unknown';
  @ApiProperty() readonly restricted: boolean = false;
  @ApiProperty() readonly locale: string = 'zh-CN';
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string = '';
  @ApiProperty({ type: [MaskedIdentifier] }) readonly identifiers: readonly MaskedIdentifier[] = [];
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { name: '林**' },
    description: 'Masked',
  })
  readonly profile: Readonly<Record<string, string>> = {};
  @ApiProperty({ format: 'uuid', nullable: true, type: String }) readonly contactPersonId: string | null = null;
  @ApiProperty({ description: 'Live sessions' }) readonly sessions: number = 0;
}

export class RevealedFields {
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } }) readonly values: Readonly<
    Record<string, string>
  > = {};
  @ApiProperty({ format: 'date-time', description: 'Mask again then' }) readonly until: string = '';
}

export function toFoundSubjects(found: readonly FoundSubject[]): FoundSubjects {
  return { items: found.map(toFoundSubject), nextCursor: null };
}

export function toSharedIdentifiers(shared: readonly SharedBetween[]): SharedIdentifiers {
  return {
    items: shared.map(({ type, subject, other, foundAt }) => ({
      type,
      subject: toSharingSubject(subject),
      other: toSharingSubject(other),
      foundAt: foundAt.toISOString(),
    })),
  };
}

function toSharingSubject(sharing: SharingSubject): SharingSubjectResponse {
  return { ...toFoundSubject(sharing), masked: sharing.masked };
}

function toFoundSubject({ subject, displayName }: FoundSubject): FoundSubjectResponse {
  return {
    id: subject.subjectId,
    kind: subject.kind,
    displayName,
    status: subject.status,
    createdAt: subject.registeredAt.toISOString(),
  };
}

export function toSubjectResponse({
  subject,
  status,
  identifiers,
  profile,
  sessions,
  contactPersonId,
}: SubjectOverview): SubjectResponse {
  const masked = Object.entries(profile).map(
    ([field, value]) => [field, maskField(field as ProfileField, value)] as const,
  );
  return {
    id: subject.subjectId,
    kind: subject.kind,
    status,
    minor: subject.minorStatus,
    restricted: subject.isRestricted,
    locale: subject.locale,
    createdAt: subject.registeredAt.toISOString(),
    contactPersonId,
    sessions,
    identifiers: identifiers.map(({ type, value, confirmedAt }) => ({
      type,
      masked: maskIdentifier(type, value),
      confirmedAt: confirmedAt?.toISOString() ?? null,
    })),
    profile: Object.fromEntries(masked),
  };
}
