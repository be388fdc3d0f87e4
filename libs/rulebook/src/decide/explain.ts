import type { Basis } from '../vocabulary.js';
import type { Candidate, Rulebook } from '../rulebook.js';
import type { Ask } from './ask.js';
import { isPositioningOff, isRestricted, lacksGuardian, recipientRefusal } from './conditions.js';
import { saysUnknown } from './codes.js';
import { carriedBy, carriedSinceChanges, isOptedOut, passesWithoutConsent } from './consents.js';
import { actionOf, askOf, candidatesFor, coversThirdParty, decide, matches } from './decide.js';
import type { CategoryDecision, Question, RefusalCode, SubjectFacts } from './facts.js';

/** What a rule (rules.md, Decide) said: it let pass, it refused, it had nothing to ask, or an earlier one had refused already. */
export type RuleOutcome = 'passed' | 'refused' | 'notAsked' | 'notReached';

export interface ExplainedRule {
  /** 1 to 10; 1 asks for the codes of the question as well. */
  readonly rule: number;
  readonly outcome: RuleOutcome;
  /** Only where it refused. */
  readonly code: RefusalCode | null;
}

/** One statement of a policy that speaks of what was asked, and how far it carried. */
export interface ExplainedStatement {
  readonly policy: string;
  readonly revision: number;
  readonly clauseId: string;
  readonly basis: Basis;
  readonly service: string | null;
  readonly recipient: string | null;
  /** Rules 4 to 10. */
  readonly rules: readonly ExplainedRule[];
  readonly consentEventId: string | null;
}

/** A decision about one category and one purpose, step by step. */
export interface Explanation {
  readonly decision: CategoryDecision;
  /** Rules 1 to 3. */
  readonly rules: readonly ExplainedRule[];
  readonly statements: readonly ExplainedStatement[];
}

/** Says why `decide` answers what it answers: every rule that was asked, for every statement that speaks of the matter. */
export function explain(
  rulebook: Rulebook,
  facts: SubjectFacts | null,
  question: Question & { readonly purpose: string },
): Explanation[] {
  return decide(rulebook, facts, question).results.map((decision) => {
    const ask = askOf(
      { rulebook, facts: facts ?? { kind: 'person' }, question },
      { category: decision.category, purpose: question.purpose },
    );
    const speaking = facts === null || saysUnknown(decision.code) ? [] : speakingOf(rulebook, question, ask);
    return {
      decision,
      rules: firstRules(decision, question),
      statements:
        facts === null ? [] : speaking.map((candidate) => explainStatement(rulebook, facts, { candidate, ask })),
    };
  });
}

function speakingOf(rulebook: Rulebook, question: Question, ask: Ask): readonly Candidate[] {
  const byPurpose = rulebook.index[actionOf(question)].get(ask.category);
  const thirdParty = question.thirdPartyService ?? null;
  const cell = byPurpose?.get(ask.purpose);
  if (!cell || (thirdParty !== null && !coversThirdParty(byPurpose, thirdParty))) return [];
  return candidatesFor(cell, ask.service, thirdParty).filter(({ atom }) => matches(atom, ask));
}

function firstRules({ code }: CategoryDecision, question: Question): ExplainedRule[] {
  const isFirst =
    code === 'subject.unknown' || code === 'subject.closed' || code === 'subject.suppressed' || saysUnknown(code);
  const isScope = code === 'scope.excluded';
  const outcome = (refuses: boolean, isReached: boolean): RuleOutcome =>
    !isReached ? 'notReached' : refuses ? 'refused' : 'passed';
  const scope = question.thirdPartyService ? outcome(isScope, !isFirst) : isFirst ? 'notReached' : 'notAsked';
  return [
    { rule: 1, outcome: outcome(isFirst, true), code: isFirst ? code : null },
    { rule: 2, outcome: scope, code: isScope ? code : null },
    {
      rule: 3,
      outcome: outcome(code === 'clause.none', !isFirst && !isScope),
      code: code === 'clause.none' ? code : null,
    },
  ];
}

type Verdict = RefusalCode | 'passed' | 'notAsked';

function explainStatement(
  rulebook: Rulebook,
  facts: SubjectFacts,
  { candidate, ask }: { candidate: Candidate; ask: Ask },
): ExplainedStatement {
  const { atom } = candidate;
  const carried = carriedBy(rulebook, facts, { atom, ask });
  const verdicts = verdictsOf(rulebook, facts, { candidate, ask }, typeof carried === 'string' ? carried : null);
  const refusedAt = verdicts.findIndex((verdict) => verdict !== 'passed' && verdict !== 'notAsked');
  const rules = verdicts.map((verdict, index): ExplainedRule => {
    const rule = index + 4;
    if (refusedAt >= 0 && index > refusedAt) return { rule, outcome: 'notReached', code: null };
    if (verdict === 'passed' || verdict === 'notAsked') return { rule, outcome: verdict, code: null };
    return { rule, outcome: 'refused', code: verdict };
  });
  const consentEventId = refusedAt < 0 && carried !== null && typeof carried === 'object' ? (carried.id ?? null) : null;
  const { policy, revision, clauseId, basis, service, recipient } = atom;
  return { policy, revision, clauseId, basis, service, recipient, rules, consentEventId };
}

/** What each of rules 4 to 10 says by itself, in order. */
function verdictsOf(
  rulebook: Rulebook,
  facts: SubjectFacts,
  { candidate, ask }: { candidate: Candidate; ask: Ask },
  carriedCode: RefusalCode | null,
): Verdict[] {
  const { atom, marks } = candidate;
  const isLegalObligation = atom.basis === 'legalObligation';
  const isLocation = ask.action === 'collect' && rulebook.locationCategories.has(ask.category);
  const judged = (refuses: boolean, code: RefusalCode): Verdict => (refuses ? code : 'passed');
  return [
    isLegalObligation ? 'notAsked' : judged(isRestricted(facts, ask.category), 'subject.restricted'),
    isLegalObligation
      ? 'notAsked'
      : judged(lacksGuardian(rulebook, facts, { basis: atom.basis, at: ask.at }), 'minor.guardianRequired'),
    isLocation ? judged(isPositioningOff(facts, ask), 'location.off') : 'notAsked',
    ask.action === 'share' ? (recipientRefusal({ rulebook, facts }, ask, atom) ?? 'passed') : 'notAsked',
    judged(isOptedOut(rulebook, facts, ask), 'gpc.optOut'),
    marks.length === 0
      ? 'notAsked'
      : judged(carriedSinceChanges(rulebook, facts, { candidate, ask }) === null, 'consent.stale'),
    passesWithoutConsent(atom) ? 'notAsked' : (carriedCode ?? 'passed'),
  ];
}
