import { ApiProperty } from '@nestjs/swagger';
import { Text } from '@abide/platform';
import type { Operator } from './operator.entity.js';

export class OpenLink {
  @Text({ asTyped: true, max: 64, description: 'What stands behind # in the link' }) readonly token: string = '';
}

export class UseLink extends OpenLink {
  @Text({ asTyped: true, max: 256, description: 'At least 15 characters' }) readonly password: string = '';
}

export class LinkHolderResponse {
  @ApiProperty({ example: 'li.na@abide.example' }) readonly email: string = '';
  @ApiProperty({ example: 'Li Na' }) readonly name: string = '';
  @ApiProperty({ description: 'The first password; false: another one' }) readonly invitation: boolean = true;
  @ApiProperty({ format: 'date-time' }) readonly expiresAt: string = '';
}

export function toLinkHolderResponse({
  email,
  name,
  isInvited,
  linkExpiresAt,
}: Operator & { linkExpiresAt: Date }): LinkHolderResponse {
  return { email, name, invitation: isInvited, expiresAt: linkExpiresAt.toISOString() };
}
