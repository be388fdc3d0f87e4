import { ApiProperty } from '@nestjs/swagger';
import { locales, type Locale } from '@abide/kernel';
import { Email, Flag, OneOf, SomeOf, Text } from '@abide/platform';
import { permissions, permissionsOfRole, roles, type Permission, type Role } from './roles.js';
import type { Operator } from './operator.entity.js';

export class CreateOperator {
  @Email({ example: 'li.na@abide.example' }) readonly email: string = '';
  @Text({ max: 100, example: 'Li Na' }) readonly name: string = '';
  @SomeOf(roles) readonly roles: readonly Role[] = [];
  @OneOf(locales, { optional: true }) readonly locale?: Locale;
}

export class ChangeOperator {
  @Text({ max: 100, optional: true }) readonly name?: string;
  @SomeOf(roles, { optional: true }) readonly roles?: readonly Role[];
  @Flag({
    optional: true,
    description: 'false: may not sign in, sessions end; true: may again, failed attempts are forgiven',
  })
  readonly active?: boolean;
}

export class OperatorResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string = '';
  @ApiProperty({ example: 'li.na@abide.example' }) readonly email: string = '';
  @ApiProperty({ example: 'Li Na' }) readonly name: string = '';
  @ApiProperty({ enum: roles, isArray: true }) readonly roles: readonly Role[] = [];
  @ApiProperty({ enum: permissions, isArray: true }) readonly permissions: readonly Permission[] = [];
  @ApiProperty({ enum: locales }) readonly locale: string = '';
  @ApiProperty() readonly active: boolean = true;
  @ApiProperty({ description: 'Shut out by one person alone; a second one has yet to confirm it' })
  readonly suspended: boolean = false;
  @ApiProperty({ description: 'Has not chosen a password yet' }) readonly invited: boolean = false;
  @ApiProperty({ description: 'A second factor is enrolled' }) readonly secondFactor: boolean = false;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string = '';
}

export class RoleResponse {
  @ApiProperty({ enum: roles }) readonly role: Role = 'auditor';
  @ApiProperty({ enum: permissions, isArray: true }) readonly permissions: readonly Permission[] = [];
}

export class RolesResponse {
  @ApiProperty({ type: [RoleResponse] }) readonly items: readonly RoleResponse[] = [];
}

export function toOperatorResponse(operator: Operator): OperatorResponse {
  const { id, email, name, locale, isActive } = operator;
  return {
    id,
    email,
    name,
    locale,
    active: isActive,
    suspended: operator.suspendedBy !== null,
    invited: operator.isInvited,
    secondFactor: operator.hasSecondFactor,
    roles: operator.roles,
    permissions: operator.permissions,
    createdAt: operator.createdAt.toISOString(),
  };
}

export function toRolesResponse(): RolesResponse {
  return { items: roles.map((role) => ({ role, permissions: permissionsOfRole[role] })) };
}
