import type { IdentifierType } from '@abide/vault';
import type { SubjectKind } from './subject.entity.js';
import { maskEmail, maskIdNumber, maskName } from './mask.rules.js';

/** Everything a profile may hold, in the order it is shown. */
export const profileFields = [
  'name',
  'idNumber',
  'birthDate',
  'language',
  'biometricReference',
  'federatedAccount',
  'contactMethod',
  'guardian',
] as const;
export type ProfileField = (typeof profileFields)[number];

/** What a subject may give and correct without being asked twice. */
export const ownFields = {
  person: ['name', 'idNumber', 'language', 'biometricReference', 'federatedAccount'],
  enterprise: ['name', 'contactMethod', 'language'],
  device: [],
} as const satisfies Record<SubjectKind, readonly ProfileField[]>;

export type Profile = Partial<Record<ProfileField, string>>;

const categories: Readonly<Record<ProfileField, string>> = {
  name: 'registration.name',
  idNumber: 'registration.idNumber',
  birthDate: 'registration.birthDate',
  language: 'preference.language',
  biometricReference: 'registration.biometric',
  federatedAccount: 'registration.federatedAccount',
  contactMethod: 'enterprise.contactMethod',
  guardian: 'guardian.identity',
};

/** The catalogue's category of a field: an enterprise's name is not a person's. */
export function categoryOf(kind: SubjectKind, field: ProfileField): string {
  return kind === 'enterprise' && field === 'name' ? 'enterprise.name' : categories[field];
}

/** The kinds of data that a subject corrects without being asked twice. */
export function ownCategories(kind: SubjectKind): readonly string[] {
  return ownFields[kind].map((field) => categoryOf(kind, field));
}

export function categoryOfIdentifier(type: IdentifierType): string {
  return type === 'phone' ? 'registration.phone' : 'registration.email';
}

/** Whether whoever it is about signs in by it. */
export function isSignInCategory(category: string): boolean {
  return (['phone', 'email'] as const).some((type) => categoryOfIdentifier(type) === category);
}

/** Fields found by exact value: each with the form that is compared. */
export function searchForm(field: ProfileField, value: string): string | null {
  return field === 'idNumber' ? value.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase() : null;
}

/** What of a field an operator sees without asking. */
export function maskField(field: ProfileField, value: string): string {
  if (field === 'name') return maskName(value);
  if (field === 'language') return value;
  if (field === 'contactMethod' && value.includes('@')) return maskEmail(value);
  if (field === 'guardian') return '***';
  return field === 'birthDate' ? `${value.slice(0, 4)}-**-**` : maskIdNumber(value);
}
