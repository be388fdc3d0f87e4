import { choicesOf, type Choice, type Rulebook } from '@abide/rulebook';

/** What one revision needs fresh consent for, of one purpose: the choices it changed, each with that revision's marks alone. */
export interface FreshDemand {
  readonly policy: string;
  readonly revision: number;
  readonly purpose: string;
  /** Epoch milliseconds; null when unknown. */
  readonly effectiveAt: number | null;
  readonly choices: readonly Choice[];
}

const known = new WeakMap<Rulebook, readonly FreshDemand[]>();

/** Every demand for fresh consent that is in force (rules.md, rule 9), by policy, revision and purpose. */
export function freshDemandsOf(rulebook: Rulebook): readonly FreshDemand[] {
  const kept = known.get(rulebook);
  if (kept) return kept;
  const demands = new Map<string, FreshDemand & { readonly choices: Choice[] }>();
  for (const choice of [...choicesOf(rulebook).values()].flat()) {
    for (const [key, marks] of Map.groupBy(
      choice.candidate.marks,
      (mark) => `${mark.policy} ${mark.revision} ${choice.purpose}`,
    )) {
      const [{ policy, revision, effectiveAt } = { policy: '', revision: 0, effectiveAt: null }] = marks;
      const demand = demands.get(key) ?? { policy, revision, purpose: choice.purpose, effectiveAt, choices: [] };
      demand.choices.push({ ...choice, candidate: { ...choice.candidate, marks } });
      demands.set(key, demand);
    }
  }
  const all = [...demands.values()];
  known.set(rulebook, all);
  return all;
}

/** The demands as columns for `unnest`: purposes, policies, revisions, instants of effect. */
export function demandColumns(demands: readonly FreshDemand[]): unknown[] {
  return [
    demands.map(({ purpose }) => purpose),
    demands.map(({ policy }) => policy),
    demands.map(({ revision }) => revision),
    demands.map(({ effectiveAt }) => (effectiveAt === null ? null : new Date(effectiveAt))),
  ];
}
