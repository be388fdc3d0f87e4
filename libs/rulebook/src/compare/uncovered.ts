import type { Atom } from '../atoms.js';
import { highest, materialities } from '../materiality.js';
import { attributeChanges, type AttributeChange } from './attribute-changes.js';
import { basisStrength } from '../basis-strength.js';
import { permissionOf, type Permission } from './permissions.js';
import { compareRules } from './rules.js';

export interface Uncovered {
  readonly permission: Permission;
  readonly changes: readonly AttributeChange[];
}

/** Of more earlier statements about one tuple only the first are looked at: fewer can only make a change look heavier, never lighter. */
const mostEarlier = 50;

/**
 * The later atoms of a tuple that no single earlier one covers, each with what changed since the earlier atom of the
 * nearest basis. Attributes merged over all atoms do not tell which of them goes with which basis.
 */
export function uncovered(before: Permission, after: Permission): readonly Uncovered[] {
  if (before.atoms.length === 1 && after.atoms.length === 1) return [];
  const stated = distinct(before.atoms);
  const earlier = [...stated.values()].slice(0, mostEarlier).map((atom) => permissionOf([atom], before.region));
  return [...distinct(after.atoms)]
    .filter(([statement]) => !stated.has(statement))
    .map(([, atom]) => atom)
    .filter(
      (atom) =>
        !bySource(atom)
          .map((part) => permissionOf([part], after.region))
          .every((part) => earlier.some((one) => covers(one, part))),
    )
    .map((atom) => {
      const permission = permissionOf([atom], after.region);
      return { permission, changes: leastChanges(earlier, permission) };
    });
}

/** The atoms by what they say, each once. */
function distinct(atoms: readonly Atom[]): ReadonlyMap<string, Atom> {
  return new Map(atoms.map((atom) => [statementOf(atom), atom]));
}

/** What an atom says, wherever it stands: a quick answer for the many that did not change. */
function statementOf(atom: Atom): string {
  return JSON.stringify({ ...atom, policy: null, revision: null, clauseId: null, path: null, isImplied: null });
}

/** Sources that an atom lists together may have been stated apart before. */
function bySource(atom: Atom): readonly Atom[] {
  return atom.sources?.map((source) => ({ ...atom, sources: [source] })) ?? [atom];
}

/** Whether the earlier atom permits at least as much in every attribute. Bases of equal strength still differ in what they pass. */
function covers(before: Permission, after: Permission): boolean {
  const [was, is] = [basisStrength(before.basis), basisStrength(after.basis)];
  if (before.basis !== after.basis && was >= is) return false;
  if (
    after.validForDays > before.validForDays ||
    after.precision > before.precision ||
    (before.isOnDevice && !after.isOnDevice) ||
    after.minimumGroup < before.minimumGroup
  )
    return false;
  return attributeChanges(before, after).every(({ rule }) => compareRules[rule].class === 'informational');
}

function leastChanges(earlier: readonly Permission[], permission: Permission): readonly AttributeChange[] {
  const distance = ({ basis }: Permission) =>
    basis === permission.basis ? -1 : Math.abs(basisStrength(basis) - basisStrength(permission.basis));
  const nearest = Math.min(...earlier.map(distance));
  const weight = (changes: readonly AttributeChange[]) =>
    materialities.indexOf(highest(changes.map(({ rule }) => compareRules[rule].class)));
  return earlier
    .filter((one) => distance(one) === nearest)
    .map((one) => attributeChanges(one, permission))
    .reduce((least, changes) => (weight(changes) < weight(least) ? changes : least));
}

/** What changed since the statement nearest to the permission, among those that stand elsewhere: at least one. */
export function nearestChanges(elsewhere: readonly Atom[], permission: Permission): readonly AttributeChange[] {
  const earlier = [...distinct(elsewhere).values()]
    .slice(0, mostEarlier)
    .map((atom) => permissionOf([atom], permission.region));
  return leastChanges(earlier, permission);
}
