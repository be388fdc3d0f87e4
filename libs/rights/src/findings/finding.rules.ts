import { createHash } from 'node:crypto';
import type { StayingGround } from '@abide/platform';
import { isIrrevocable, type DecisionOutcome, type RequestOutcome, type RequestType } from '../request-kinds.js';
import { refusal } from '../rights.errors.js';

/** A ground, found by rule, for which something stays though its deletion is asked for. */
export interface Exemption extends StayingGround {
  /** Of a hold: which. */
  readonly holdId?: string;
  /** Of a hold that the person may not be told of. */
  readonly isBarred?: true;
}

/** What one holder keeps of one category, and what would stay. */
export interface Finding {
  readonly holder: string;
  readonly category: string;
  /** Records. */
  readonly count: number;
  readonly since: Date | null;
  readonly until: Date | null;
  readonly exemptions: readonly Exemption[];
  /** Of a holder outside that did not say: why; its count is 0. Absent: it said so. */
  readonly unknown?: UnknownWhy;
}

export const unknownWhys = ['unreachable', 'needsIdentifier', 'manual', 'withdrawn'] as const;
export type UnknownWhy = (typeof unknownWhys)[number];

/** What an operator decides about a category; `holder` left out: wherever it is held. */
export interface DecisionItem {
  readonly holder?: string | undefined;
  readonly category: string;
  readonly outcome: DecisionOutcome;
  readonly ground?: StayingGround['ground'] | undefined;
  readonly article?: string | undefined;
  readonly reason?: string | undefined;
  readonly until?: Date | null | undefined;
}

export interface WantedDecision {
  readonly outcome: 'grant' | 'refuse' | 'perCategory';
  readonly items: readonly DecisionItem[];
  readonly reason: string | null;
}

/** What was decided about one finding. */
export interface Decided {
  readonly holder: string;
  readonly category: string;
  readonly count: number;
  readonly outcome: DecisionOutcome;
  readonly ground: StayingGround['ground'] | null;
  readonly article: string | null;
  readonly until: Date | null;
  readonly reason: string | null;
}

/** Differs whenever the findings do: what a decision rests on. Until when a law keeps something follows from the hour, not from what is held. */
export function findingsTag(findings: readonly Finding[]): string {
  const known = findings.map(({ exemptions, ...finding }) => ({
    ...finding,
    exemptions: exemptions.map((one) => (one.ground === 'legalMinimum' ? { ...one, until: null } : one)),
  }));
  return createHash('sha256').update(JSON.stringify(known)).digest('base64url').slice(0, 32);
}

/**
 * Decides on every finding. `grant` grants all that no exemption keeps.
 * @throws DomainError `request.reason_needed`, `request.ground_needed`, `request.exempt`, `request.held`, `request.no_hold`, `request.not_about_this`, `request.not_decided_whole`
 */
export function decideOn(type: RequestType, findings: readonly Finding[], wanted: WantedDecision): Decided[] {
  if (wanted.outcome === 'refuse') {
    if (!wanted.reason) throw refusal('request.reason_needed');
    return findings.map((finding) => ({
      ...about(finding),
      ...nothingStays,
      outcome: 'refuse',
      reason: wanted.reason,
    }));
  }
  if (wanted.outcome === 'grant') return findings.map((finding) => granted(type, finding));
  const unknown = wanted.items.find((item) => !findings.some((finding) => covers(item, finding)));
  if (unknown) throw refusal('request.not_about_this');
  return findings.map((finding) => byItem(type, finding, wanted));
}

/** Nothing found is nothing refused; where all stays, nothing was granted. */
export function outcomeOf(decided: readonly Pick<Decided, 'outcome'>[]): RequestOutcome {
  if (decided.every(({ outcome }) => outcome === 'grant')) return 'granted';
  const isNoneDone = decided.every(({ outcome }) => outcome === 'refuse' || outcome === 'keep');
  return isNoneDone ? 'refused' : 'partlyGranted';
}

function granted(type: RequestType, finding: Finding): Decided {
  const [exemption] = isIrrevocable(type) ? finding.exemptions : [];
  if (!exemption) return { ...about(finding), ...nothingStays, outcome: 'grant', reason: null };
  const { ground, article, until } = exemption;
  return { ...about(finding), ground, article, until, outcome: 'keep', reason: null };
}

function byItem(type: RequestType, finding: Finding, { items, reason }: WantedDecision): Decided {
  const item = items.find((one) => covers(one, finding));
  if (!item) throw refusal('request.not_decided_whole');
  const said = item.reason ?? reason;
  if (item.outcome === 'grant' && isIrrevocable(type)) requireFree(finding);
  if (item.outcome === 'refuse' && !said) throw refusal('request.reason_needed');
  if (item.outcome === 'keep' && (!item.ground || !item.article)) throw refusal('request.ground_needed');
  const stays =
    item.outcome === 'keep' && item.ground === 'hold'
      ? heldBy(finding)
      : { ground: item.ground ?? null, article: item.article ?? null, until: item.until ?? null };
  return { ...about(finding), ...stays, outcome: item.outcome, reason: said };
}

/** A hold and a law forbid; that a contract runs, or that it is of others as well, is weighed by whoever decides. */
function requireFree({ exemptions }: Finding): void {
  if (exemptions.some(({ ground }) => ground === 'hold')) throw refusal('request.held');
  if (exemptions.some(({ ground }) => !weighed.includes(ground))) throw refusal('request.exempt');
}

const weighed: readonly StayingGround['ground'][] = ['runningContract', 'othersData'];

/** What a hold keeps is kept by that hold, whatever else is said of it. */
function heldBy({ exemptions }: Finding): StayingGround {
  const hold = exemptions.find((one) => one.ground === 'hold');
  if (!hold) throw refusal('request.no_hold');
  return { ground: hold.ground, article: hold.article, until: hold.until };
}

function covers(item: DecisionItem, { holder, category }: Finding): boolean {
  return item.category === category && (item.holder === undefined || item.holder === holder);
}

const nothingStays = { ground: null, article: null, until: null };

function about({ holder, category, count }: Finding): Pick<Decided, 'holder' | 'category' | 'count'> {
  return { holder, category, count };
}
