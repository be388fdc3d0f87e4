import { ApiProperty } from '@nestjs/swagger';
import { Email, OneTimeCode, Text } from '@abide/platform';
import type { OperatorSession } from './operator-session.entity.js';
import type { Operator } from './operator.entity.js';
import { OperatorResponse, toOperatorResponse } from './operators.dto.js';
import type { OpenedSession } from './operator-sessions.service.js';

export class SignInOperator {
  @Email({ asTyped: true, example: 'admin@abide.example' }) readonly email: string = '';
  @Text({ asTyped: true, max: 256 }) readonly password: string = '';
  @Text({ asTyped: true, max: 40, optional: true, description: 'The code of the authenticator, or a recovery code' })
  readonly code?: string;
}

export class StepUp {
  @Text({ asTyped: true, max: 256 }) readonly password: string = '';
  @Text({ asTyped: true, max: 40, optional: true, description: 'The code of the authenticator, or a recovery code' })
  readonly code?: string;
}

export class ChangeOwnPassword {
  @Text({ asTyped: true, max: 256 }) readonly currentPassword: string = '';
  @Text({ asTyped: true, max: 40, optional: true, description: 'The code of the authenticator, or a recovery code' })
  readonly code?: string;
  @Text({ asTyped: true, max: 256, description: 'At least 15 characters' }) readonly password: string = '';
}

export class ConfirmFactor {
  @OneTimeCode() readonly code: string = '';
}

export class OperatorSessionResponse {
  @ApiProperty({ type: OperatorResponse }) readonly operator: OperatorResponse = new OperatorResponse();
  @ApiProperty({ description: 'Send it as X-Abide-Csrf with everything but GET' }) readonly csrfToken: string = '';
  @ApiProperty({ format: 'date-time', description: 'When it ends if nothing more is done' })
  readonly expiresAt: string = '';
  @ApiProperty({ format: 'date-time' }) readonly absoluteExpiresAt: string = '';
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly stepUpUntil: string | null = null;
  @ApiProperty({
    description: 'A second factor must be enrolled before anything else; until then the session holds no permission',
  })
  readonly factorRequired: boolean = false;
}

export class CurrentOperatorSession extends OperatorSessionResponse {
  @ApiProperty({
    nullable: true,
    type: String,
    description:
      "Seals the operator's unsaved work in the browser: 32 bytes in base64url, for the page's memory alone; null until a required factor is enrolled",
  })
  readonly draftKey: string | null = null;
}

export class StepUpResponse {
  @ApiProperty() readonly csrfToken: string = '';
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly stepUpUntil: string | null = null;
}

export class OwnSession {
  @ApiProperty({ format: 'uuid' }) readonly id: string = '';
  @ApiProperty() readonly current: boolean = false;
  @ApiProperty({ example: '203.0.113.7' }) readonly address: string = '';
  @ApiProperty() readonly userAgent: string = '';
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string = '';
  @ApiProperty({ format: 'date-time' }) readonly lastSeenAt: string = '';
  @ApiProperty({ format: 'date-time' }) readonly expiresAt: string = '';
}

export class OwnSessions {
  @ApiProperty({ type: [OwnSession] }) readonly items: readonly OwnSession[] = [];
  @ApiProperty({ nullable: true, type: String }) readonly nextCursor: string | null = null;
}

export class FactorsResponse {
  @ApiProperty() readonly totp: boolean = false;
  @ApiProperty() readonly required: boolean = false;
  @ApiProperty() readonly recoveryCodesLeft: number = 0;
}

export class ProposedFactor {
  @ApiProperty({ description: 'Base32, for typing' }) readonly secret: string = '';
  @ApiProperty({ description: 'For a QR code', example: 'otpauth://totp/Abide:admin@abide.example?secret=…' })
  readonly otpauthUrl: string = '';
}

export class RecoveryCodes {
  @ApiProperty({ type: [String], description: 'Ten codes, each good once; shown only now' })
  readonly recoveryCodes: readonly string[] = [];
}

export function toSessionResponse(facts: {
  session: OperatorSession;
  operator: Operator;
  csrfToken: string;
  factorRequired: boolean;
  now: Date;
}): OperatorSessionResponse {
  const { session, operator, csrfToken, factorRequired, now } = facts;
  const response = toOperatorResponse(operator);
  return {
    operator: factorRequired ? { ...response, permissions: [] } : response,
    csrfToken,
    factorRequired,
    expiresAt: session.expiresAt.toISOString(),
    absoluteExpiresAt: session.absoluteExpiresAt.toISOString(),
    stepUpUntil: session.steppedUpUntil(now)?.toISOString() ?? null,
  };
}

export function toStepUpResponse({ session }: OpenedSession, csrfToken: string): StepUpResponse {
  return { csrfToken, stepUpUntil: session.stepUpUntil?.toISOString() ?? null };
}

export function toOwnSession(session: OperatorSession, currentId: string): OwnSession {
  const { id, address, userAgent } = session;
  return {
    id,
    address,
    userAgent,
    current: id === currentId,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  };
}
