import type { Decision, Finding, SubjectRequest } from './requests.queries.js';

export type DecisionOutcome = SubjectRequest['deciding']['outcomes'][number];
export type Ground = Finding['exemptions'][number]['ground'];

/** What is said of one kind of data at one holder. */
export interface PartDecision {
  readonly outcome: DecisionOutcome;
  readonly reason?: string;
  readonly ground?: Ground;
  readonly article?: string;
  readonly until?: string | null;
}

export interface DecisionValues {
  readonly outcome: Decision['outcome'];
  readonly parts?: Readonly<Record<string, PartDecision>>;
  readonly reason?: string;
  readonly text?: string;
}

export interface DecidedPart {
  readonly finding: Finding;
  readonly decision: PartDecision;
}

/** What is held by one holder of one kind, as it was and as it is; null where there was none, or is none any more. */
export interface Difference {
  readonly from: Finding | null;
  readonly to: Finding | null;
}

export function partKey({ holder, category }: Pick<Finding, 'holder' | 'category'>): string {
  return `${holder} ${category}`;
}

/** A law and a hold forbid; that a contract runs, or that it is of others as well, is weighed by whoever decides. */
export function forbidsDeletion({ ground }: Finding['exemptions'][number]): boolean {
  return ground !== 'runningContract' && ground !== 'othersData';
}

/** What is granted unless somebody says otherwise; what has to stay is kept by the ground that was found. */
export function suggested({ exemptions: [exemption] }: Finding): PartDecision {
  if (!exemption) return { outcome: 'grant' };
  const { ground, article, until } = exemption;
  return { outcome: 'keep', ground, article, until };
}

/** What comes of each part by what is filled in. */
export function decidedParts(
  { outcome, parts = {}, reason }: DecisionValues,
  findings: readonly Finding[],
): DecidedPart[] {
  return findings.map((finding) => {
    if (outcome === 'refuse') return { finding, decision: { outcome, ...(reason ? { reason } : {}) } };
    const said = outcome === 'perCategory' ? parts[partKey(finding)] : undefined;
    return { finding, decision: said?.outcome ? said : suggested(finding) };
  });
}

/** As the server will call it. */
export function outcomeOf({ outcome }: DecisionValues, parts: readonly DecidedPart[]) {
  const all = (...outcomes: readonly DecisionOutcome[]) =>
    parts.every(({ decision }) => outcomes.includes(decision.outcome));
  if (parts.length === 0) return outcome === 'refuse' ? 'refused' : 'granted';
  if (all('grant')) return 'granted';
  return all('refuse', 'keep') ? 'refused' : 'partlyGranted';
}

export function recordsOf(parts: readonly DecidedPart[], outcome: DecisionOutcome): number {
  return parts.reduce((sum, { finding, decision }) => (decision.outcome === outcome ? sum + finding.count : sum), 0);
}

export function toDecision(values: DecisionValues, findings: readonly Finding[]): Decision {
  const { outcome, reason, text } = values;
  if (outcome !== 'perCategory') return { outcome, ...(reason ? { reason } : {}), ...(text ? { text } : {}) };
  return { outcome, items: decidedParts(values, findings).map(toItem), ...(text ? { text } : {}) };
}

function toItem({ finding: { holder, category }, decision }: DecidedPart): NonNullable<Decision['items']>[number] {
  const { outcome, reason, ground, article, until } = decision;
  return {
    holder,
    category,
    outcome,
    ...(outcome === 'refuse' && reason ? { reason } : {}),
    ...(outcome === 'keep' && ground && article ? { ground, article, until: until ?? null } : {}),
  };
}

/** What differs between two looks at what is held; until when a law keeps something moves with the hour and is none. */
export function differences(before: readonly Finding[], now: readonly Finding[]): Difference[] {
  const was = new Map(before.map((one) => [partKey(one), one]));
  const is = new Map(now.map((one) => [partKey(one), one]));
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((key) => ({ from: was.get(key) ?? null, to: is.get(key) ?? null }))
    .filter(({ from, to }) => !from || !to || factsOf(from) !== factsOf(to));
}

function factsOf({ count, outcome, exemptions }: Finding): string {
  return JSON.stringify([count, outcome, groundsOf(exemptions)]);
}

export function groundsOf(exemptions: Finding['exemptions']): string[] {
  return exemptions.map(({ ground, article }) => `${ground} ${article}`);
}
