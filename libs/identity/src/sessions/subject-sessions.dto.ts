import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Id, Nested, OneTimeCode, Text } from '@abide/platform';
import { IdentifierBody } from '../subjects/identifier.dto.js';
import type { ListedSession } from './subject-sessions.service.js';

export class SignIn {
  @Nested(() => IdentifierBody) readonly identifier: IdentifierBody = new IdentifierBody();
  @Text({ asTyped: true, max: 256, optional: true }) readonly password?: string;
  @OneTimeCode({ optional: true, description: 'The code of an answer 202 before' }) readonly code?: string;
  @Id({ optional: true, description: 'The verification of that answer; the newest one when absent' })
  readonly verificationId?: string;
}

export class RefreshSession {
  @Text({ asTyped: true, max: 300 }) readonly refreshToken: string = '';
}

export class ResetPassword {
  @Nested(() => IdentifierBody) readonly identifier: IdentifierBody = new IdentifierBody();
}

export class ChangePassword {
  @Text({
    asTyped: true,
    max: 256,
    optional: true,
    description: 'Needed once there is one; without one, sign in at most five minutes before',
  })
  readonly currentPassword?: string;
  @Text({ asTyped: true, max: 256, description: 'At least 8 characters' }) readonly password: string = '';
}

export class EndSessions {
  @Text({
    asTyped: true,
    max: 256,
    optional: true,
    description: 'The current password; without it, sign in at most five minutes before',
  })
  readonly password?: string;
}

export class SubjectTokens {
  @ApiProperty() readonly accessToken: string = '';
  @ApiProperty({ description: 'Good once' }) readonly refreshToken: string = '';
  @ApiProperty({ description: 'Seconds', example: 600 }) readonly expiresIn: number = 0;
}

export class SubjectSessionResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string = '';
  @ApiProperty() readonly current: boolean = false;
  @ApiProperty({ enum: ['password', 'code', 'device'] }) readonly method: string = 'password';
  @ApiPropertyOptional({ example: '203.0.113.7' }) readonly address?: string;
  @ApiPropertyOptional({ description: 'What the app said of itself' }) readonly client?: string;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string = '';
  @ApiProperty({ format: 'date-time' }) readonly lastUsedAt: string = '';
  @ApiProperty({ format: 'date-time' }) readonly expiresAt: string = '';
}

export class SubjectSessionsResponse {
  @ApiProperty({ type: [SubjectSessionResponse] }) readonly items: readonly SubjectSessionResponse[] = [];
  @ApiProperty({ nullable: true, type: String }) readonly nextCursor: string | null = null;
}

export function toSubjectSession({ session, signIn }: ListedSession, currentId: string): SubjectSessionResponse {
  const { id, method, createdAt, lastUsedAt, expiresAt } = session;
  return {
    id,
    method,
    current: id === currentId,
    address: signIn?.address,
    client: signIn?.client,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
