import type { Localized } from '@abide/kernel';
import type { PolicyDocument } from '../document.js';
import type { FreshAtom, FreshMark } from '../freshness.js';
import { highest, materialities, type Materiality } from '../materiality.js';
import { offlineRegistry, type RulebookRegistry } from '../registry.js';

import { atomChanges } from './atom-changes.js';
import { gather, type Change } from './change.js';
import { pairClauses, type ClauseComparison } from './clauses.js';
import { retentionChanges } from './retention-changes.js';
import { compareRules, type CompareRuleId } from './rules.js';
import { settingChanges } from './setting-changes.js';
import { viewOf, type CompareSide } from './side.js';
import { summarise } from './summary.js';
import { clauseTextChanges, frameChanges, isSame, presence } from './text-changes.js';
import { numberWarnings, type ComparisonWarning } from './words-and-terms.js';

/** One difference between two revisions, with what follows from it and why. */
export interface Difference {
  /** Stable for the same two revisions. */
  readonly id: string;
  /** Null where it is about the policy as a whole. */
  readonly clauseId: string | null;
  readonly class: Materiality;
  readonly rule: CompareRuleId;
  readonly article: string;
  readonly summary: Localized;
  readonly before?: string | number;
  readonly after?: string | number;
  /** Where it stands: in the later revision, or in the earlier one for what was removed. */
  readonly path?: string;
  readonly categories?: readonly string[];
  readonly purposes?: readonly string[];
  readonly recipients?: readonly string[];
  readonly regions?: readonly string[];
  /** Absent where every service is concerned. */
  readonly services?: readonly string[];
}

export interface Comparison {
  readonly materiality: Materiality;
  /** The heaviest first. */
  readonly differences: readonly Difference[];
  readonly clauses: readonly ClauseComparison[];
  /** What whoever submits the revision must answer. */
  readonly warnings: readonly ComparisonWarning[];
  /** What needs fresh consent, and what is new but vouched for by what stood, for `freshMarks`. */
  readonly freshAtoms: readonly FreshAtom[];
}

/**
 * Computes what a revision changes and how material that is. `before` is null for a first revision; the first text of a
 * platform has nothing to be compared with, that of a further policy has the rulebook in force (`after.others`).
 */
export function compare(
  before: CompareSide | null,
  after: CompareSide,
  registry: RulebookRegistry = offlineRegistry(),
): Comparison {
  const isFirstOfAll = before === null && (after.others ?? []).every(({ kind }) => kind === 'guide');
  const changes = isFirstOfAll ? { changes: [], freshAtoms: [] } : termChanges(before, after, registry);
  const text = before ? textChanges(before.document, after.document, changes.changes) : firstChanges(after);
  const differences = toDifferences([...changes.changes, ...text], { registry, document: after.document });
  return {
    materiality: highest(differences.map((difference) => difference.class)),
    differences,
    clauses: pairClauses(before?.document.clauses ?? [], after.document.clauses),
    warnings: numberWarnings(before?.document.clauses ?? [], after.document.clauses),
    freshAtoms: changes.freshAtoms,
  };
}

/** The changes of a revision that need fresh consent, as `compile` takes them. */
export function freshMarks(
  comparison: Comparison,
  given: { policy: string; revision: number; effectiveAt: number | null },
): readonly FreshMark[] {
  return comparison.freshAtoms.map((atom) => ({ ...atom, ...given }));
}

function termChanges(before: CompareSide | null, after: CompareSide, registry: RulebookRegistry) {
  const [was, is] = viewsOf(before, after, { registry, beside: () => true });
  const { changes, freshAtoms } = atomChanges(was, is);
  const isAlone = after.document.kind !== 'general' || before === null || !(after.others ?? []).some(isGeneral);
  const [promisedBefore, promised] = isAlone
    ? [was, is]
    : viewsOf(before, after, { registry, beside: (one) => !isGeneral(one) });
  const hasSettingsBefore = before !== null || after.document.kind === 'service';
  const settings = hasSettingsBefore ? settingChanges(promisedBefore, promised) : [];
  return { changes: [...changes, ...retentionChanges(promisedBefore, promised), ...settings], freshAtoms };
}

/** Both sides beside other policies: all for what they allow, none but those of services for what a general one promises, so that no other general one hides what it changes. */
function viewsOf(
  before: CompareSide | null,
  after: CompareSide,
  given: { registry: RulebookRegistry; beside: (one: PolicyDocument) => boolean },
) {
  const others = (side: CompareSide | null) => (side?.others ?? after.others ?? []).filter(given.beside);
  return [
    viewOf(before?.document ?? null, others(before), given.registry),
    viewOf(after.document, others(after), given.registry),
  ] as const;
}

function isGeneral({ kind }: PolicyDocument): boolean {
  return kind === 'general';
}

function firstChanges({ document }: CompareSide): readonly Change[] {
  const clauses = document.clauses.map((clause, index) => presence('clause.added', clause, `clauses[${index}]`));
  return [{ rule: 'revision.first', clauseId: null }, ...clauses];
}

function textChanges(before: PolicyDocument, after: PolicyDocument, terms: readonly Change[]): readonly Change[] {
  const touched = new Set(terms.map((change) => change.clauseId));
  const isAgreement = after.kind === 'agreement';
  const earlier = new Map(before.clauses.map((clause, index) => [clause.id, { clause, index }]));
  const later = new Set(after.clauses.map((clause) => clause.id));
  const kept = after.clauses.flatMap((clause, index): readonly Change[] => {
    const path = `clauses[${index}]`;
    const was = earlier.get(clause.id);
    if (!was) return [presence(isAgreement ? 'agreement.clauseAdded' : 'clause.added', clause, path)];
    const text = clauseTextChanges(was.clause, clause, { path, isAgreement });
    const isRegrouped = !isSame(was.clause.terms, clause.terms) && !touched.has(clause.id);
    return isRegrouped ? [...text, presence('terms.regrouped', clause, `${path}.terms`)] : text;
  });
  const removed = before.clauses.flatMap((clause, index) =>
    later.has(clause.id)
      ? []
      : [presence(isAgreement ? 'agreement.clauseRemoved' : 'clause.removed', clause, `clauses[${index}]`)],
  );
  return [...frameChanges(before, after), ...kept, ...removed, ...moves(before, after)];
}

function moves(before: PolicyDocument, after: PolicyDocument): readonly Change[] {
  const moved = new Set(
    pairClauses(before.clauses, after.clauses)
      .filter((one) => one.isMoved)
      .map((one) => one.id),
  );
  return after.clauses.flatMap((clause, index) =>
    moved.has(clause.id) ? [presence('clause.moved', clause, `clauses[${index}]`)] : [],
  );
}

function toDifferences(
  changes: readonly Change[],
  given: { registry: RulebookRegistry; document: PolicyDocument },
): readonly Difference[] {
  const order = new Map(given.document.clauses.map((clause, index) => [clause.id, index]));
  const position = (difference: Difference) =>
    difference.clauseId === null ? -1 : (order.get(difference.clauseId) ?? order.size);
  const weight = (difference: Difference) => materialities.indexOf(difference.class);
  return gather(changes)
    .map((change) => toDifference(change, given.registry))
    .sort((a, b) => weight(b) - weight(a) || position(a) - position(b));
}

function toDifference(change: Change, registry: RulebookRegistry): Difference {
  const { class: materiality, article } = compareRules[change.rule];
  const services = change.services?.includes(null) ? undefined : change.services?.filter((one) => one !== null);
  return {
    id: `${change.rule}#${fingerprint(JSON.stringify(change))}`,
    clauseId: change.clauseId,
    class: materiality,
    rule: change.rule,
    article,
    summary: summarise({ ...change, services }, registry.catalogue),
    ...(change.before && { before: change.before.raw }),
    ...(change.after && { after: change.after.raw }),
    ...(change.path !== undefined && { path: change.path }),
    ...(change.categories && { categories: change.categories }),
    ...(change.purposes && { purposes: change.purposes }),
    ...(change.recipients && { recipients: change.recipients }),
    ...(change.regions && { regions: change.regions }),
    ...(services && { services }),
  };
}

/** FNV-1a, 32 bits: enough to tell the differences of one comparison apart. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
