import type { Schemas } from '@abide/client';

/** Which of the registries is shown. */
export type RegistryName = 'purposes' | 'categories' | 'services';

/** What can be true or false of an entry. */
export type EntryFlag = 'sensitive' | 'location' | 'coveredByGpc' | 'locationBased' | 'active';

/** An entry of any of the three: what each has, and what only some have. */
export type Entry = Pick<Schemas['PurposeDto'], 'id' | 'code' | 'name' | 'createdAt' | 'updatedAt'> &
  Partial<Pick<Schemas['PurposeDto'], 'seed'>> &
  Partial<Pick<Schemas['ServiceDto'], 'purpose'>> &
  Partial<Pick<Schemas['CategoryDto'], 'eventFields'>> & { readonly [Flag in EntryFlag]?: boolean };

export interface RegistryKind {
  readonly name: RegistryName;
  /** What one of its entries is called in changes that wait. */
  readonly type: string;
  readonly flags: readonly EntryFlag[];
  /** Decided when it is changed, not when it is registered. */
  readonly flagsOfChange: readonly EntryFlag[];
  /** Whether some of its entries come with the product. */
  readonly hasSeed: boolean;
  /** Whether an entry may say what it is for. */
  readonly hasPurpose: boolean;
  /** Whether an entry may say what its events hold. */
  readonly hasEventFields: boolean;
}

export const registryKinds: Readonly<Record<RegistryName, RegistryKind>> = {
  purposes: {
    name: 'purposes',
    type: 'purpose',
    flags: ['coveredByGpc'],
    flagsOfChange: [],
    hasSeed: true,
    hasPurpose: false,
    hasEventFields: false,
  },
  categories: {
    name: 'categories',
    type: 'category',
    flags: ['sensitive', 'location'],
    flagsOfChange: [],
    hasSeed: true,
    hasPurpose: false,
    hasEventFields: true,
  },
  services: {
    name: 'services',
    type: 'service',
    flags: ['locationBased'],
    flagsOfChange: ['active'],
    hasSeed: false,
    hasPurpose: true,
    hasEventFields: false,
  },
};

/** Every flag that entries of the registry have. */
export function flagsOf({ flags, flagsOfChange }: RegistryKind): readonly EntryFlag[] {
  return [...flags, ...flagsOfChange];
}
