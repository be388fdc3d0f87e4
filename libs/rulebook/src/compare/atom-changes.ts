import type { Atom, AtomAction } from '../atoms.js';
import type { FreshTopic } from '../freshness.js';
import { labelOf } from '../labels.js';
import { isHomeRegion, type Profile } from '../profiles.js';
import { isOnConsent, topicOf } from '../statements.js';
import { attributeChanges } from './attribute-changes.js';
import { told, type Change } from './change.js';
import { freshnessOf, type Freshness } from './freshness-changes.js';
import { permissionKey, permissionsOf, type Permission } from './permissions.js';
import { compareRules, type CompareRuleId } from './rules.js';
import { atomsIn, servicesOf, type SideView } from './side.js';
import { nearestChanges, uncovered } from './uncovered.js';

export interface AtomChanges {
  readonly changes: readonly Change[];
  readonly freshAtoms: readonly FreshTopic[];
}

interface Found {
  readonly change: Change;
  readonly permission: Permission;
  readonly isRemoval: boolean;
}

/** Pairs the atoms of every service's effective rulebook by tuple; which clause or term they stand in does not count. */
export function atomChanges(before: SideView, after: SideView): AtomChanges {
  const past = pastOf(before, after);
  const freshness = freshnessOf(before, after);
  const changes: Change[] = [];
  for (const service of past.services) {
    const found = changesIn(service, { past, after, freshness });
    changes.push(...withoutEchoes(found).map(({ change }) => ({ ...change, services: [service] })));
  }
  return { changes, freshAtoms: freshness.topics };
}

/** What was permitted before, in each service and in any. */
interface Past {
  readonly services: readonly (string | null)[];
  readonly byService: ReadonlyMap<string | null, ReadonlyMap<string, Permission>>;
  /** Tuples, and their shorter beginnings, that the policy under comparison permitted in any service. */
  readonly anywhere: ReadonlyMap<string, readonly Atom[]>;
  readonly profile: Profile;
}

function pastOf(before: SideView, after: SideView): Past {
  const { profile } = after.rulebook;
  const services = servicesOf(before, after);
  const byService = new Map(services.map((service) => [service, permissionsOf(atomsIn(before, service), profile)]));
  const policies = policiesSpokenFor(before, after);
  const anywhere = new Map<string, Atom[]>();
  const note = (statement: string, atom: Atom) => anywhere.set(statement, [...(anywhere.get(statement) ?? []), atom]);
  for (const permissions of byService.values()) {
    for (const [key, { atoms, region }] of permissions) {
      for (const atom of atoms.filter(({ policy }) => policies.has(policy))) {
        note(`tuple|${key}`, atom);
        for (const part of Object.values(partsOf(atom, region))) note(part, atom);
      }
    }
  }
  return { services, byService, anywhere, profile };
}

/** The policy under comparison and, beneath a service policy, the general ones: what only other policies say is new to it. */
function policiesSpokenFor(before: SideView, after: SideView): ReadonlySet<string> {
  const own = before.document ?? after.document;
  const beneath = own?.kind === 'service' ? before.rulebook.policies.filter(({ kind }) => kind === 'general') : [];
  return new Set([...(own ? [own.policy] : []), ...beneath.map(({ policy }) => policy)]);
}

/** The ever shorter statements that a tuple implies, from `shared for this purpose in this region` to `shared at all`. */
function partsOf(atom: Atom, region: string | null) {
  const category = `${atom.action}|${atom.category}`;
  const purpose = `${category}|${atom.purpose}`;
  return {
    category,
    purpose,
    inRegion: `${purpose}|in ${region}`,
    toRecipient: `${purpose}|to ${atom.recipient}|${atom.recipientKind}`,
  };
}

interface ComparisonInput {
  readonly past: Past;
  readonly after: SideView;
  readonly freshness: Freshness;
}

function changesIn(service: string | null, input: ComparisonInput): readonly Found[] {
  const { past, after } = input;
  const before = past.byService.get(service) ?? new Map<string, Permission>();
  const now = permissionsOf(atomsIn(after, service), past.profile);
  const found: Found[] = [];
  for (const [key, permission] of now) {
    const earlier = before.get(key) ?? wider(permission, before);
    const isFresh = permission.atoms.some((atom) => input.freshness.isFresh(atom, service, permission.region));
    const changes = earlier
      ? changedBetween(earlier, permission)
      : foundIn(permission, added(key, permission, { before, past, isFresh }));
    found.push(
      ...changes,
      ...(isFresh && !changes.some(isHeaviest) ? foundIn(permission, [{ rule: 'permission.widened' }]) : []),
    );
  }
  for (const [key, permission] of before) {
    if (now.has(key) || wider(permission, now)) continue;
    const change = { ...scopeOf(permission), rule: removedRule(permission.atom.action), ...detailOf(permission.atom) };
    found.push({ change, permission, isRemoval: true });
  }
  return found;
}

function isHeaviest({ change }: Found): boolean {
  return compareRules[change.rule].class === 'freshConsent';
}

/** What changed about all atoms of a tuple together, then what only shows atom by atom and was not told yet. */
function changedBetween(before: Permission, after: Permission): readonly Found[] {
  const merged = attributeChanges(before, after);
  const rules = new Set(merged.map(({ rule }) => rule));
  const apart = uncovered(before, after).flatMap(({ permission, changes }) =>
    foundIn(
      permission,
      changes.filter(({ rule }) => !rules.has(rule)),
    ),
  );
  return [...foundIn(after, merged), ...apart];
}

function foundIn(permission: Permission, changes: readonly Addition[]): readonly Found[] {
  return changes.map((change) => ({ change: { ...scopeOf(permission), ...change }, permission, isRemoval: false }));
}

/** The permission that already covers this one: its kind of recipient, or the country of its region. */
function wider(permission: Permission, permissions: ReadonlyMap<string, Permission>): Permission | undefined {
  const { atom, region } = permission;
  if (atom.action !== 'share' || region === null) return undefined;
  for (const recipient of [atom.recipient, atom.recipientKind]) {
    for (const place of new Set([region, region.split('-')[0] ?? region])) {
      const match = permissions.get(permissionKey({ ...atom, recipient, region: place }));
      if (match && match !== permission && match.atom.recipientKind === atom.recipientKind) return match;
    }
  }
  return undefined;
}

function scopeOf({ atom, region }: Permission): Omit<Change, 'rule'> {
  return {
    clauseId: atom.clauseId,
    path: atom.path,
    categories: [atom.category],
    purposes: [atom.purpose],
    ...(atom.recipient === null ? {} : { recipients: [atom.recipient] }),
    ...(region === null ? {} : { regions: [region] }),
  };
}

type Addition = Pick<Change, 'rule' | 'before' | 'after' | 'value'>;

function added(
  key: string,
  permission: Permission,
  input: { before: ReadonlyMap<string, Permission>; past: Past; isFresh: boolean },
): readonly Addition[] {
  const { atom } = permission;
  const { anywhere } = input.past;
  if (atom.action === 'crossServiceUse') return [crossServiceAddition(permission, input.before)];
  if (!input.isFresh)
    return [
      {
        rule: isShared(permission, input.before) ? 'sharing.processorAdded' : `${familyOf(atom.action)}.serviceAdded`,
      },
    ];
  const { category, purpose } = partsOf(atom, permission.region);
  const elsewhere = anywhere.get(`tuple|${key}`);
  if (elsewhere) return reachesFurther(elsewhere, permission);
  if (!anywhere.has(category)) return [{ rule: `${familyOf(atom.action)}.categoryAdded` }];
  const known = anywhere.get(purpose);
  if (!known) return [{ rule: `${familyOf(atom.action)}.purposeAdded` }];
  return atom.action === 'share' ? sharedFurther(permission, input.past) : reachesFurther(known, permission);
}

/** Said in another service already, but not so: on a stronger basis, less exactly or from fewer sources. */
function reachesFurther(elsewhere: readonly Atom[], permission: Permission): readonly Addition[] {
  const nearest = nearestChanges(elsewhere, permission).filter(
    ({ rule }) => compareRules[rule].class === 'freshConsent',
  );
  if (nearest.length > 0)
    return nearest.map((change) =>
      change.rule === 'basis.weakened' ? { ...change, rule: 'basis.weakerElsewhere' } : change,
    );
  return isOnConsent(permission) ? [{ rule: `${familyOf(permission.atom.action)}.serviceAddedOnConsent` }] : [];
}

/** The category is shared for this purpose already: what is new is the recipient, the region, or both. */
function sharedFurther(permission: Permission, { anywhere, profile }: Past): readonly Addition[] {
  const { atom, region } = permission;
  const known = anywhere.get(partsOf(atom, region).toRecipient);
  const isAbroad = region !== null && !isHomeRegion(profile, region);
  if (!known)
    return [
      { rule: isAbroad && atom.recipientKind === 'processor' ? 'sharing.regionAbroadAdded' : 'sharing.recipientAdded' },
    ];
  const weaker = reachesFurther(known, permission).filter(({ rule }) => rule === 'basis.weakerElsewhere');
  return [{ rule: isAbroad ? 'sharing.regionAbroadAdded' : 'sharing.regionAdded' }, ...weaker];
}

/** The same was shared in this service already: what may be done without being asked anew is new there for a processor alone. */
function isShared({ atom }: Permission, before: ReadonlyMap<string, Permission>): boolean {
  return [...before.values()].some((one) => topicOf(one.atom) === topicOf(atom));
}

function crossServiceAddition({ atom }: Permission, before: ReadonlyMap<string, Permission>): Addition {
  const otherForm = atom.form === 'aggregated' ? 'personalised' : 'aggregated';
  if (!before.has(permissionKey({ ...atom, form: otherForm, region: null })))
    return { rule: 'crossServiceUse.added', ...detailOf(atom) };
  const rule = atom.form === 'aggregated' ? 'crossServiceUse.becameAggregated' : 'crossServiceUse.becamePersonalised';
  return { rule, ...detailOf(atom) };
}

function detailOf(atom: Atom): Pick<Change, 'value'> {
  if (atom.action !== 'crossServiceUse') return {};
  const from = `${atom.fromService ?? ''} → ${atom.service ?? ''}`;
  return {
    value: told(`${from} ${atom.form ?? ''}`, (locale) => `${from}, ${labelOf('form', atom.form ?? '', locale)}`),
  };
}

function removedRule(action: AtomAction): CompareRuleId {
  return action === 'crossServiceUse' ? 'crossServiceUse.removed' : `${familyOf(action)}.removed`;
}

function familyOf(action: AtomAction): 'collection' | 'use' | 'sharing' {
  if (action === 'collect') return 'collection';
  return action === 'share' ? 'sharing' : 'use';
}

/** A collection term also yields the use; what happens to both is told once, of the collection. */
function withoutEchoes(found: readonly Found[]): readonly Found[] {
  const subject = ({ change, isRemoval }: Found) =>
    [change.rule.split('.').slice(1).join(), change.categories, change.purposes, isRemoval, change.after?.raw].join(
      '|',
    );
  const collected = new Set(found.filter(({ permission }) => permission.atom.action === 'collect').map(subject));
  return found.filter(
    (one) => !(one.permission.atom.action === 'use' && one.permission.isImplied && collected.has(subject(one))),
  );
}
