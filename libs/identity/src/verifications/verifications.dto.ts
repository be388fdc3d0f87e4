import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { OneTimeCode, Text } from '@abide/platform';
import type { Registered, StartedVerification } from './verifications.service.js';

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
