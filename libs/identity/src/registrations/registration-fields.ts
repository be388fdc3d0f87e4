import { categoryOf, categoryOfIdentifier, ownFields } from '../subjects/profile.rules.js';

/** Something that a registration may give: its name, its place in the request, and the catalogue's category of it. */
export interface RegistrationField {
  readonly field: string;
  readonly pointer: string;
  readonly category: string;
}

/** Whoever registers gives one of the two, and is not asked for the other. */
const identifierFields: readonly RegistrationField[] = (['phone', 'email'] as const).map((type) => ({
  field: type,
  pointer: '/identifier',
  category: categoryOfIdentifier(type),
}));

/** Everything that a registration of this kind may give, in the order it is asked. */
export function registrationFieldsOf(kind: 'person' | 'enterprise'): readonly RegistrationField[] {
  const own = ownFields[kind].map((field) => ({
    field,
    pointer: `/profile/${field}`,
    category: categoryOf(kind, field),
  }));
  const others =
    kind === 'person'
      ? [
          { field: 'birthDate', pointer: '/birthDate', category: categoryOf(kind, 'birthDate') },
          { field: 'guardian', pointer: '/guardian', category: categoryOf(kind, 'guardian') },
        ]
      : [{ field: 'contactPerson', pointer: '/profile/contactPerson', category: contactPersonCategory }];
  return [...identifierFields, ...own, ...others];
}

export const contactPersonCategory = 'enterprise.contactPerson';
