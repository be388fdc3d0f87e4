import type { Basis } from '../vocabulary.js';
import type { Candidate, Rulebook } from '../rulebook.js';
import type { Ask } from './ask.js';
import { candidateRules, firstCandidateRule, type Carried, type Considered } from './candidate-rules.js';
import { saysUnknown } from './codes.js';
import { actionOf, askOf, candidatesFor, coversThirdParty, decide, isStorageCovered, matches } from './decide.js';
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
        facts === null ? [] : speaking.map((candidate) => explainStatement({ rulebook, facts, ask, candidate })),
    };
  });
}

function speakingOf(rulebook: Rulebook, question: Question, ask: Ask): readonly Candidate[] {
  const byPurpose = rulebook.index[actionOf(question)].get(ask.category);
  const thirdParty = question.thirdPartyService ?? null;
  const cell = byPurpose?.get(ask.purpose);
  if (!cell || (thirdParty !== null && !coversThirdParty(byPurpose, thirdParty))) return [];
  return candidatesFor(cell, ask.service, thirdParty).filter(
    ({ atom }) => matches(atom, ask) && isStorageCovered(atom, ask),
  );
}

function firstRules({ code }: CategoryDecision, question: Question): ExplainedRule[] {
  const isFirst =
    code === 'subject.unknown' || code === 'subject.closed' || code === 'subject.suppressed' || saysUnknown(code);
  const isScope = code === 'scope.excluded';
  const isNoClause = code === 'clause.none' || code === 'storage.onDeviceOnly';
  const outcome = (refuses: boolean, isReached: boolean): RuleOutcome =>
    !isReached ? 'notReached' : refuses ? 'refused' : 'passed';
  const scope = question.thirdPartyService ? outcome(isScope, !isFirst) : isFirst ? 'notReached' : 'notAsked';
  return [
    { rule: 1, outcome: outcome(isFirst, true), code: isFirst ? code : null },
    { rule: 2, outcome: scope, code: isScope ? code : null },
    { rule: 3, outcome: outcome(isNoClause, !isFirst && !isScope), code: isNoClause ? code : null },
  ];
}

function explainStatement(considered: Considered): ExplainedStatement {
  const { atom } = considered.candidate;
  const carried: Carried = { atom, consent: null };
  let isRefused = false;
  const rules = candidateRules.map((ask, index): ExplainedRule => {
    const rule = firstCandidateRule + index;
    if (isRefused) return { rule, outcome: 'notReached', code: null };
    const code = ask(considered, carried);
    if (!code) return { rule, outcome: code === undefined ? 'notAsked' : 'passed', code: null };
    isRefused = true;
    return { rule, outcome: 'refused', code };
  });
  const consentEventId = isRefused ? null : (carried.consent?.id ?? null);
  const { policy, revision, clauseId, basis, service, recipient } = atom;
  return { policy, revision, clauseId, basis, service, recipient, rules, consentEventId };
}
