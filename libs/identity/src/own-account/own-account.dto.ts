import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { locales, type Locale } from '@abide/kernel';
import { Day, Nested, OneOf, Text } from '@abide/platform';
import { minorStatuses } from '../subjects/minor.rules.js';
import type { OwnAccount } from './own-account.service.js';
import { subjectKinds } from '../subjects/subject.entity.js';
import type { OwnDevice } from '../subjects/subjects.service.js';

export class ChangeProfile {
  @Text({ max: 200, optional: true, nullable: true }) readonly name?: string | null;
  @Text({ max: 40, optional: true, nullable: true }) readonly idNumber?: string | null;
  @Text({ max: 35, optional: true, nullable: true }) readonly language?: string | null;
  @Text({ max: 200, optional: true, nullable: true }) readonly biometricReference?: string | null;
  @Text({ max: 200, optional: true, nullable: true }) readonly federatedAccount?: string | null;
  @Text({ max: 254, optional: true, nullable: true }) readonly contactMethod?: string | null;
}

export class ChangeMe {
  @Nested(() => ChangeProfile, { optional: true, description: 'Absent stays, null clears' })
  readonly profile?: ChangeProfile;
  @OneOf(locales, { optional: true }) readonly locale?: Locale;
}

export class ChangeIdentifier {
  @Text({ asTyped: true, max: 254 }) readonly value: string = '';
  @Text({
    asTyped: true,
    max: 256,
    optional: true,
    description: 'The current password: needed once there is one; without one, sign in at most five minutes before',
  })
  readonly password?: string;
}

export class StateBirthDate {
  @Day({ example: '1990-01-31' }) readonly birthDate: string = '';
  @Text({
    asTyped: true,
    max: 256,
    optional: true,
    description: 'The current password: needed once there is one; without one, sign in at most five minutes before',
  })
  readonly password?: string;
}

export class LinkDevice {
  @Text({ asTyped: true, max: 300, description: 'The token of the device: only who holds it can link it' })
  readonly deviceToken: string = '';
}

export class LinkedDevice {
  @ApiProperty({ format: 'uuid' }) readonly id: string = '';
  @ApiProperty({ format: 'date-time' }) readonly linkedAt: string = '';
  @ApiProperty({
    format: 'date-time',
    nullable: true,
    type: String,
    description: 'When somebody else said that the device is theirs',
  })
  readonly endedAt: string | null = null;
}

class MyIdentifier {
  @ApiProperty({ enum: ['phone', 'email'] }) readonly type: string = 'email';
  @ApiProperty() readonly value: string = '';
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly confirmedAt: string | null = null;
}

export class MyProfile {
  @ApiPropertyOptional() readonly name?: string;
  @ApiPropertyOptional() readonly idNumber?: string;
  @ApiPropertyOptional({ format: 'date' }) readonly birthDate?: string;
  @ApiPropertyOptional() readonly language?: string;
  @ApiPropertyOptional() readonly biometricReference?: string;
  @ApiPropertyOptional() readonly federatedAccount?: string;
  @ApiPropertyOptional() readonly contactMethod?: string;
}

export class Me {
  @ApiProperty({ format: 'uuid' }) readonly id: string = '';
  @ApiProperty({ enum: subjectKinds }) readonly kind: string = 'person';
  @ApiProperty({
    enum: ['active', 'pendingGuardian', 'deceased', 'closed'],
    description: 'pendingGuardian: under the age of guardian consent, and no guardian who is known to be an adult',
  })
  readonly status: string = 'active';
  @ApiProperty({ enum: minorStatuses }) readonly minor: string = 'unknown';
  @ApiProperty({ enum: locales }) readonly locale: string = 'zh-CN';
  @ApiProperty({ format: 'date-time' }) readonly registeredAt: string = '';
  @ApiProperty({ type: [MyIdentifier] }) readonly identifiers: readonly MyIdentifier[] = [];
  @ApiProperty({ type: MyProfile }) readonly profile: MyProfile = new MyProfile();
  @ApiProperty({ type: [LinkedDevice] }) readonly devices: readonly LinkedDevice[] = [];
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Of an enterprise: its contact person, once they have confirmed it',
  })
  readonly contactPersonId?: string;
}

export function toMe({ subject, status, identifiers, profile, devices, contactPersonId }: OwnAccount): Me {
  const { guardian: _guardian, ...shown } = profile;
  return {
    id: subject.subjectId,
    kind: subject.kind,
    status,
    minor: subject.minorStatus,
    locale: subject.locale,
    registeredAt: subject.registeredAt.toISOString(),
    identifiers: identifiers.map(({ type, value, confirmedAt }) => ({
      type,
      value,
      confirmedAt: confirmedAt?.toISOString() ?? null,
    })),
    profile: shown,
    devices: devices.map(toLinkedDevice),
    contactPersonId: contactPersonId ?? undefined,
  };
}

export function toLinkedDevice({ deviceId, linkedAt, endedAt }: OwnDevice): LinkedDevice {
  return { id: deviceId, linkedAt: linkedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
}
