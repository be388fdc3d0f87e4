import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DomainError } from '@abide/kernel';
import { Day, Id, Ids, Nested, OneOf, Text, OneTimeCode } from '@abide/platform';
import { identifierTypes, type IdentifierType } from '@abide/vault';
import type { Guardian } from '../guardianships/guardian.rules.js';
import type { NewRegistration } from './registrations.service.js';
import type { Person } from './held-registration.js';
import { ownFields, type Profile, type ProfileField } from '../subjects/profile.rules.js';
import type { Registered, StartedVerification } from '../verifications/verifications.service.js';

export class IdentifierBody {
  @OneOf(identifierTypes) readonly type: IdentifierType = 'email';
  @Text({ asTyped: true, max: 254, example: 'lin.xiaohe@example.com' }) readonly value: string = '';
}

export class ContactPersonBody implements Person {
  @Text({ max: 200, example: 'Zhou Tinglan' }) readonly name: string = '';
  @Text({ max: 40, optional: true }) readonly phone?: string;
  @Text({ max: 254, optional: true }) readonly email?: string;
}

export class ProfileBody {
  @Text({ max: 200, optional: true, example: 'Lin Xiaohe' }) readonly name?: string;
  @Text({ max: 40, optional: true }) readonly idNumber?: string;
  @Text({ max: 35, optional: true, example: 'zh-CN' }) readonly language?: string;
  @Text({ max: 200, optional: true, description: 'Where the template is kept; never the template' })
  readonly biometricReference?: string;
  @Text({ max: 200, optional: true }) readonly federatedAccount?: string;
  @Text({ max: 254, optional: true, description: 'Of an enterprise' }) readonly contactMethod?: string;
  @Nested(() => ContactPersonBody, {
    optional: true,
    description: 'Of an enterprise: a person with rights of their own',
  })
  readonly contactPerson?: ContactPersonBody;
}

export class GuardianBody implements Guardian {
  @Text({ max: 200, optional: true }) readonly name?: string;
  @Nested(() => IdentifierBody, { description: 'Where the guardian gets a code' }) readonly identifier: IdentifierBody =
    new IdentifierBody();
}

export class RegisterSubject {
  @OneOf(['person', 'enterprise']) readonly kind: 'person' | 'enterprise' = 'person';
  @Nested(() => IdentifierBody) readonly identifier: IdentifierBody = new IdentifierBody();
  @Text({
    asTyped: true,
    max: 256,
    optional: true,
    description: 'At least 8 characters; without one the subject signs in by code',
  })
  readonly password?: string;
  @Nested(() => ProfileBody, { optional: true }) readonly profile?: ProfileBody;
  @Day({ optional: true, example: '1990-01-31' }) readonly birthDate?: string;
  @Nested(() => GuardianBody, { optional: true, description: 'Needed under 14' }) readonly guardian?: GuardianBody;
  @Ids({ max: 50, description: 'The revisions of policies that are accepted' })
  readonly acceptedRevisionIds: readonly string[] = [];
}

export class RegisterDevice {
  @Ids({ max: 50 }) readonly acceptedRevisionIds: readonly string[] = [];
}

export class RegisteredDevice {
  @Id() readonly subjectId: string = '';
  @ApiProperty({ description: 'Good for 400 days from now, or until it is ended; shown only now' })
  readonly token: string = '';
}

export class VerificationFacts {
  @ApiProperty({ format: 'uuid' }) readonly id: string = '';
  @ApiProperty({ enum: ['email', 'sms'] }) readonly channel: string = 'email';
  @ApiProperty({ format: 'date-time' }) readonly expiresAt: string = '';
}

export class VerificationResponse {
  @ApiProperty({ type: VerificationFacts }) readonly verification: VerificationFacts = new VerificationFacts();
}

export class ConfirmVerification {
  @OneTimeCode() readonly code: string = '';
  @Text({ asTyped: true, max: 256, optional: true, description: 'The new password, to confirm a password reset' })
  readonly password?: string;
}

class GuardianAdvice {
  @ApiProperty({ description: 'In the language asked for' }) readonly text: string = '';
  @ApiProperty({ description: 'What the guardian can read' }) readonly link: string = '';
}

export class RegisteredSubject {
  @ApiProperty({ format: 'uuid' }) readonly subjectId: string = '';
  @ApiProperty({ enum: ['active', 'pendingGuardian'] }) readonly status: string = 'active';
  @ApiPropertyOptional({ type: VerificationFacts, description: 'Under 14: the code that the guardian has been sent' })
  readonly guardianVerification?: VerificationFacts;
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Under 14, once the guardian confirmed: until when they have to prove that they are an adult',
  })
  readonly guardianAgeUntil?: string;
  @ApiPropertyOptional({ type: GuardianAdvice, description: 'From 14 to 17' }) readonly advice?: GuardianAdvice;
}

/** @throws DomainError `profile.field_not_allowed` for what does not belong to this kind of subject. */
export function toNewRegistration(body: RegisterSubject): NewRegistration {
  const { contactPerson, ...fields } = body.profile ?? new ProfileBody();
  const profile = profileOf(body.kind, fields);
  if (contactPerson && body.kind !== 'enterprise') throw notAllowed('contactPerson');
  return {
    kind: body.kind,
    identifier: body.identifier,
    password: body.password,
    birthDate: body.birthDate,
    guardian: body.guardian,
    profile,
    contactPerson,
    acceptedRevisionIds: body.acceptedRevisionIds,
  };
}

/** The fields that are present. @throws DomainError `profile.field_not_allowed`. */
export function profileOf<Value>(
  kind: 'person' | 'enterprise',
  fields: Partial<Record<string, Value>>,
): Partial<Record<keyof Profile, Value>> {
  const allowed: readonly string[] = ownFields[kind];
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const stranger = given.find(([field]) => !allowed.includes(field));
  if (stranger) throw notAllowed(stranger[0]);
  return Object.fromEntries(given) as Partial<Record<ProfileField, Value>>;
}

export function toVerificationFacts({ id, channel, expiresAt }: StartedVerification): VerificationFacts {
  return { id, channel, expiresAt: expiresAt.toISOString() };
}

export function toRegisteredSubject(
  { subjectId, guardianVerification, guardianAgeUntil, isAdvised }: Registered,
  advice: GuardianAdvice,
): RegisteredSubject {
  if (guardianVerification)
    return { subjectId, status: 'pendingGuardian', guardianVerification: toVerificationFacts(guardianVerification) };
  if (guardianAgeUntil)
    return { subjectId, status: 'pendingGuardian', guardianAgeUntil: guardianAgeUntil.toISOString() };
  return { subjectId, status: 'active', ...(isAdvised ? { advice } : {}) };
}

function notAllowed(field: string): DomainError {
  const error = {
    pointer: `/profile/${field}`,
    code: 'profile.field_not_allowed',
    message: 'Not asked of this kind of subject.',
  };
  return new DomainError('invalid', 'profile.field_not_allowed', {
    detail: 'Some fields are not asked of this kind of subject. Nothing was stored.',
    errors: [error],
  });
}
