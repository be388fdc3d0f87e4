import type { Atom } from '../atoms.js';
import type { RecipientEntry } from '../document.js';
import type { Candidate, Cell, Rulebook } from '../rulebook.js';
import type { Storage } from '../vocabulary.js';
import type { Ask } from './ask.js';
import { candidateRules, type Carried } from './candidate-rules.js';
import { unknownCodesIn, type UnknownCode } from './codes.js';
import {
  refusalCodes,
  type CategoryDecision,
  type ConsentFact,
  type Decision,
  type PurposeLineage,
  type Question,
  type RefusalCode,
  type SubjectFacts,
} from './facts.js';

/** What became of one purpose: the atom that allowed it or came nearest, with the consent behind it. */
interface Judgement {
  readonly code: RefusalCode | null;
  readonly atom: Atom | null;
  readonly consent: ConsentFact | null;
}

const noCandidates: readonly Candidate[] = [];
const noLineage: readonly PurposeLineage[] = [];
const noClause: Judgement = { code: 'clause.none', atom: null, consent: null };

/**
 * May this be done to what we hold, or want to hold, about this subject? The first rule that refuses wins; of several
 * atoms one that allows is enough. `facts` are null for a subject that nobody knows.
 */
export function decide(rulebook: Rulebook, facts: SubjectFacts | null, question: Question): Decision {
  const subject =
    facts === null
      ? 'subject.unknown'
      : facts.isClosed
        ? 'subject.closed'
        : facts.isSuppressed
          ? 'subject.suppressed'
          : null;
  const unknown = unknownCodesIn(rulebook, question);
  const results: CategoryDecision[] = [];
  let allowed = question.categories.length > 0;
  for (const category of question.categories) {
    const code = subject ?? unknownFor(category, unknown);
    const result =
      code !== null || facts === null
        ? refusal(category, { code: code ?? 'subject.unknown', atom: null, consent: null })
        : decideCategory({ rulebook, facts, question }, category);
    allowed &&= result.allowed;
    results.push(result);
  }
  return { allowed, results };
}

/** A category that nobody registered concerns itself alone; any other code the whole question. */
function unknownFor(category: string, unknown: readonly UnknownCode[]): RefusalCode | null {
  return unknown.find((one) => one.category === undefined || one.category === category)?.code ?? null;
}

interface DecisionInput {
  readonly rulebook: Rulebook;
  readonly facts: SubjectFacts;
  readonly question: Question;
}

function decideCategory(input: DecisionInput, category: string): CategoryDecision {
  const { rulebook, question } = input;
  const byPurpose = rulebook.index[actionOf(question)].get(category);
  const thirdParty = question.thirdPartyService ?? null;
  if (thirdParty !== null && !coversThirdParty(byPurpose, thirdParty)) return outOfScope(input, category);
  const purpose = question.purpose ?? null;
  if (purpose !== null)
    return answer(category, judge(input, { category, purpose, cell: byPurpose?.get(purpose) }), question);
  if (question.action !== 'collect' || !byPurpose) return refusal(category, noClause);
  const purposes = question.purposes && question.purposes.length > 0 ? question.purposes : [...byPurpose.keys()];
  return collectForAny(
    { category, storage: question.storage ?? null },
    purposes.map((one) => ({
      purpose: one,
      judgement: judge(input, { category, purpose: one, cell: byPurpose.get(one) }),
    })),
  );
}

/** A collection is allowed if at least one purpose allows it, and the row carries exactly those that did. */
function collectForAny(
  { category, storage }: { category: string; storage: Storage | null },
  judged: readonly { purpose: string; judgement: Judgement }[],
): CategoryDecision {
  const lineage = judged.flatMap(({ purpose, judgement }) =>
    judgement.code === null ? lineageOf(purpose, judgement) : [],
  );
  const allowing = judged.find(({ judgement }) => judgement.code === null);
  if (allowing) return permission(category, allowing.judgement, { purposes: lineage, storage });
  return refusal(
    category,
    judged.reduce((nearest, { judgement }) => nearer(nearest, judgement), noClause),
  );
}

function answer(category: string, judgement: Judgement, question: Question): CategoryDecision {
  if (judgement.code !== null) return refusal(category, judgement);
  return permission(category, judgement, {
    purposes: question.action === 'collect' ? lineageOf(question.purpose ?? '', judgement) : noLineage,
    storage: question.action === 'share' ? null : (question.storage ?? null),
  });
}

function judge(input: DecisionInput, about: { category: string; purpose: string; cell: Cell | undefined }): Judgement {
  const { cell } = about;
  if (!cell) return noClause;
  const ask = askOf(input, about);
  let nearest = noClause;
  for (const candidate of candidatesFor(cell, ask.service, input.question.thirdPartyService ?? null)) {
    if (!matches(candidate.atom, ask)) continue;
    const judgement = isStorageCovered(candidate.atom, ask)
      ? judgeCandidate(input, ask, candidate)
      : { code: 'storage.onDeviceOnly' as const, atom: candidate.atom, consent: null };
    if (judgement.code === null) return judgement;
    nearest = nearer(nearest, judgement);
  }
  return nearest;
}

/** What a question names no service for must hold in every service; a third party's must be named by the term itself. */
export function candidatesFor(cell: Cell, service: string | null, thirdParty: string | null): readonly Candidate[] {
  if (thirdParty !== null)
    return cell.byService.get(`thirdParty:${thirdParty}`)?.filter(({ atom }) => atom.service !== null) ?? noCandidates;
  return service === null ? cell.forEveryService : (cell.byService.get(service) ?? cell.forEveryService);
}

/** Rules 4 to 10 for one matching atom. */
function judgeCandidate({ rulebook, facts }: DecisionInput, ask: Ask, candidate: Candidate): Judgement {
  const considered = { rulebook, facts, ask, candidate };
  const carried: Carried = { atom: candidate.atom, consent: null };
  for (const rule of candidateRules) {
    const code = rule(considered, carried);
    if (code) return { code, atom: candidate.atom, consent: null };
  }
  return { code: null, atom: carried.atom, consent: carried.consent };
}

/** Rule 3 beyond action, category, purpose and service: the recipient, or the pair of services and the form. */
export function matches(atom: Atom, ask: Ask): boolean {
  if (atom.action === 'share') {
    return (
      ask.recipientEntry === null ||
      atom.recipient === ask.recipientEntry.kind ||
      atom.recipient === `recipient:${ask.recipientEntry.slug}`
    );
  }
  if (atom.action !== 'crossServiceUse') return true;
  const isLargeEnough = ask.groupSize === null || ask.groupSize >= (atom.minimumGroup ?? 0);
  return atom.fromService === ask.fromService && atom.form === ask.form && atom.data === ask.data && isLargeEnough;
}

/** Rule 3 as well: what a clause lets the device do, nobody else does. */
export function isStorageCovered(atom: Atom, { isOnDevice }: Ask): boolean {
  return isOnDevice || !atom.isOnDevice;
}

export function actionOf(question: Question): Atom['action'] {
  const { fromService = null, service = null } = question;
  const isAcross = question.action === 'use' && fromService !== null && fromService !== service;
  return isAcross ? 'crossServiceUse' : question.action;
}

export function askOf({ rulebook, question }: DecisionInput, about: { category: string; purpose: string }): Ask {
  const recipientEntry = rulebook.recipients.get(question.recipient ?? '') ?? null;
  return {
    action: question.action,
    category: about.category,
    purpose: about.purpose,
    service: question.service ?? null,
    fromService: question.fromService ?? null,
    form: question.form ?? 'personalised',
    data: question.data ?? 'collected',
    groupSize: question.groupSize ?? null,
    recipient: question.recipient ?? null,
    recipientEntry,
    regions: regionsOf(recipientEntry, question.region),
    isOnDevice: question.storage === 'onDevice',
    occurredAt: question.occurredAt ?? question.at,
    at: question.at,
  };
}

const nowhere: readonly string[] = [];

/** A region in the question can only add one: where a recipient is, is not the caller's to say. */
function regionsOf(recipient: RecipientEntry | null, added: string | null | undefined): readonly string[] {
  const isAdded = added !== null && added !== undefined && added !== recipient?.region;
  if (recipient === null) return isAdded ? [added] : nowhere;
  return isAdded ? [recipient.region, added] : [recipient.region];
}

/** A term covers a third-party service by naming it: `services: ['thirdParty:<slug>']`. */
export function coversThirdParty(byPurpose: ReadonlyMap<string, Cell> | undefined, slug: string): boolean {
  for (const cell of byPurpose?.values() ?? []) {
    if (cell.byService.get(`thirdParty:${slug}`)?.some(({ atom }) => atom.service !== null)) return true;
  }
  return false;
}

function outOfScope({ rulebook, question }: DecisionInput, category: string): CategoryDecision {
  const slug = question.thirdPartyService ?? '';
  const exclusion = rulebook.exclusions.find(
    (one) => one.thirdPartyServices === null || one.thirdPartyServices.includes(slug),
  );
  const result = refusal(category, { code: 'scope.excluded', atom: null, consent: null });
  return exclusion
    ? { ...result, policy: exclusion.policy, revision: exclusion.revision, clauseId: exclusion.clauseId }
    : result;
}

function nearer(one: Judgement, other: Judgement): Judgement {
  return rank(other) > rank(one) ? other : one;
}

const ranks = new Map<RefusalCode, number>(refusalCodes.map((code, index) => [code, index]));

function rank({ code }: Judgement): number {
  return code === null ? Infinity : (ranks.get(code) ?? 0);
}

function lineageOf(purpose: string, { atom, consent }: Judgement): readonly PurposeLineage[] {
  if (!atom) return noLineage;
  const { policy, revision, clauseId, basis, precision } = atom;
  return [{ purpose, policy, revision, clauseId, basis, consentEventId: consent?.id ?? null, precision }];
}

function permission(
  category: string,
  { atom, consent }: Judgement,
  { purposes, storage }: Pick<CategoryDecision, 'purposes' | 'storage'>,
): CategoryDecision {
  return {
    category,
    allowed: true,
    code: null,
    policy: atom?.policy ?? null,
    revision: atom?.revision ?? null,
    clauseId: atom?.clauseId ?? null,
    basis: atom?.basis ?? null,
    consentEventId: consent?.id ?? null,
    fallback: null,
    ifWithheld: null,
    minimumGroup: atom?.minimumGroup ?? null,
    precision: atom === null || atom.action === 'share' ? null : atom.precision,
    storage,
    purposes,
  };
}

function refusal(category: string, { code, atom }: Judgement): CategoryDecision {
  return {
    category,
    allowed: false,
    code,
    policy: atom?.policy ?? null,
    revision: atom?.revision ?? null,
    clauseId: atom?.clauseId ?? null,
    basis: atom?.basis ?? null,
    consentEventId: null,
    fallback: atom?.fallback ?? null,
    ifWithheld: atom?.ifWithheld ?? null,
    minimumGroup: null,
    precision: null,
    storage: null,
    purposes: noLineage,
  };
}
