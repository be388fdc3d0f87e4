import type { Atom } from '../atoms.js';
import { spanInDays } from '../retention-promises.js';
import type { Profile } from '../profiles.js';
import { precisionRank } from '../statements.js';
import { basisStrength } from '../basis-strength.js';
import { fallbacks, withheldConsequences, type Basis, type Fallback } from '../vocabulary.js';

/**
 * Everything that several atoms say together about one tuple in one service. Where they differ the permissive reading
 * counts, since a question is allowed if one atom allows it.
 */
export interface Permission {
  readonly atoms: readonly Atom[];
  /** The atom with the weakest basis: the one a decision would reach most easily. */
  readonly atom: Atom;
  readonly region: string | null;
  readonly basis: Basis;
  readonly bases: string;
  readonly isImplied: boolean;
  readonly sources: ReadonlySet<string> | null;
  readonly precision: number;
  readonly isOnDevice: boolean;
  readonly validForDays: number;
  readonly fallback: Fallback | null;
  readonly isRequired: boolean;
  readonly withheld: number;
  readonly minimumGroup: number;
}

export function permissionsOf(atoms: readonly Atom[], profile: Profile): ReadonlyMap<string, Permission> {
  const groups = new Map<string, { atoms: Atom[]; region: string | null }>();
  for (const atom of atoms) {
    for (const region of regionsOf(atom, profile)) {
      const key = permissionKey({ ...atom, region });
      const group = groups.get(key) ?? { atoms: [], region };
      group.atoms.push(atom);
      groups.set(key, group);
    }
  }
  return new Map([...groups].map(([key, group]) => [key, permissionOf(group.atoms, group.region)]));
}

/** What a permission is about. A named recipient that stops being a processor is another recipient. */
export function permissionKey(
  about: Pick<
    Atom,
    'action' | 'category' | 'purpose' | 'recipient' | 'recipientKind' | 'fromService' | 'data' | 'form'
  > & { region: string | null },
): string {
  const isNamed = about.recipient !== null && about.recipient !== about.recipientKind;
  const kind = isNamed && about.recipientKind !== 'processor' ? about.recipientKind : null;
  return [
    about.action,
    about.category,
    about.purpose,
    about.recipient,
    kind,
    about.region,
    about.fromService,
    about.data,
    about.form,
  ].join('|');
}

function regionsOf(atom: Atom, profile: Profile): readonly (string | null)[] {
  if (atom.action !== 'share') return [null];
  return atom.regions ?? profile.homeRegions;
}

/** Merges what several atoms say of one tuple. */
export function permissionOf(atoms: readonly Atom[], region: string | null): Permission {
  const atom = atoms.reduce((weakest, one) =>
    basisStrength(one.basis) < basisStrength(weakest.basis) ? one : weakest,
  );
  const isOpen = atoms.some((one) => one.sources === null);
  return {
    atoms,
    atom,
    region,
    basis: atom.basis,
    bases: [...new Set(atoms.map((one) => one.basis))].sort().join('+'),
    isImplied: atoms.every((one) => one.isImplied),
    sources: isOpen ? null : new Set(atoms.flatMap((one) => one.sources ?? [])),
    precision: Math.max(...atoms.map((one) => precisionRank(one.precision))),
    isOnDevice: atoms.every((one) => one.isOnDevice),
    validForDays: Math.max(...atoms.map((one) => (one.validFor === null ? Infinity : spanInDays(one.validFor)))),
    fallback: fallbacks.find((code) => atoms.some((one) => one.fallback === code)) ?? null,
    isRequired: atoms.some((one) => one.isRequired),
    withheld: Math.max(
      ...atoms.map((one) => (one.ifWithheld === null ? -1 : withheldConsequences.indexOf(one.ifWithheld))),
    ),
    minimumGroup: Math.min(...atoms.map((one) => one.minimumGroup ?? 1)),
  };
}
