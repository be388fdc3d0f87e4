import { ApiProperty } from '@nestjs/swagger';
import { DomainError } from '@abide/kernel';
import { Day, Id, Ids, Nested, OneOf, Text } from '@abide/platform';
import { GuardianBody } from '../guardianships/guardian.dto.js';
import { IdentifierBody } from '../subjects/identifier.dto.js';
import type { NewRegistration } from './registrations.service.js';
import type { Person } from '../admission/held-registration.js';
import { ownFields, type Profile, type ProfileField } from '../subjects/profile.rules.js';

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
