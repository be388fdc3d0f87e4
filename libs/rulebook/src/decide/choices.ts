import type { Atom } from '../atoms.js';
import { namedRecipient } from '../lookup.js';
import type { Candidate, Cell, Rulebook } from '../rulebook.js';
import type { ConsentAsk } from './ask.js';
import { carriedBy, carriedSinceChanges, isOptedOut } from './consents.js';
import type { ConsentFact, Instant, RefusalCode, SubjectFacts } from './facts.js';

/** One thing that a subject may consent to or not: what a clause lets be done only with their consent. */
export interface Choice {
  readonly purpose: string;
  readonly category: string;
  readonly service: string | null;
  /** Sharing only: the slug of the recipient that has to be named. */
  readonly recipient: string | null;
  readonly region: string | null;
  /** The category (and the recipient or region) has to be named by the grant. */
  readonly isSeparate: boolean;
  readonly policy: string;
  readonly revision: number;
  readonly clauseId: string;
  readonly validFor: string | null;
  readonly candidate: Candidate;
}

/** Where a subject stands with one choice; `code` is null where a grant carries it. */
export interface ChoiceStanding {
  readonly code: Extract<
    RefusalCode,
    | 'gpc.optOut'
    | 'consent.stale'
    | 'consent.missing'
    | 'consent.withdrawn'
    | 'consent.expired'
    | 'consent.separateMissing'
  > | null;
  readonly consent: ConsentFact | null;
}

const known = new WeakMap<Rulebook, ReadonlyMap<string, readonly Choice[]>>();

/** Every choice that the rulebook leaves to subjects, by purpose; each combination once. */
export function choicesOf(rulebook: Rulebook): ReadonlyMap<string, readonly Choice[]> {
  const kept = known.get(rulebook);
  if (kept) return kept;
  const unique = new Map<string, Choice>();
  for (const choice of allChoices(rulebook)) {
    const { purpose, category, service, recipient, region, isSeparate, candidate } = choice;
    const key = JSON.stringify([purpose, category, service, recipient, region, isSeparate, candidate.atom.isOnDevice]);
    const known = unique.get(key);
    if (!known || (known.candidate.marks.length > 0 && candidate.marks.length === 0)) unique.set(key, choice);
  }
  const choices = Map.groupBy(unique.values(), (choice) => choice.purpose);
  known.set(rulebook, choices);
  return choices;
}

/** Rules 8 to 10 alone: whether the subject's own word carries the choice. */
export function standingOf(
  rulebook: Rulebook,
  facts: SubjectFacts,
  { choice, at }: { choice: Choice; at: Instant },
): ChoiceStanding {
  const ask = askFor(rulebook, choice, at);
  const { atom } = choice.candidate;
  if (isOptedOut(rulebook, facts, ask)) return { code: 'gpc.optOut', consent: null };
  const carried = carriedBy(rulebook, facts, { atom, ask });
  if (carried === null || typeof carried === 'string')
    return { code: carried as ChoiceStanding['code'], consent: null };
  const isOutdated = carriedSinceChanges(rulebook, facts, { candidate: choice.candidate, ask }) === null;
  return { code: isOutdated ? 'consent.stale' : null, consent: carried };
}

function* allChoices(rulebook: Rulebook): Generator<Choice> {
  for (const byCategory of Object.values(rulebook.index)) {
    for (const byPurpose of byCategory.values()) {
      for (const cell of byPurpose.values()) {
        for (const candidate of candidatesOf(cell)) yield* choicesOfAtom(rulebook, candidate);
      }
    }
  }
}

/** What holds in every service once, and what a service has of its own. */
function* candidatesOf(cell: Cell): Generator<Candidate> {
  yield* cell.forEveryService;
  for (const candidates of cell.byService.values()) yield* candidates.filter(({ atom }) => atom.service !== null);
}

function* choicesOfAtom(rulebook: Rulebook, candidate: Candidate): Generator<Choice> {
  const { atom } = candidate;
  if (atom.basis !== 'consent' && atom.basis !== 'separateConsent') return;
  const { purpose, category, service, policy, revision, clauseId, validFor } = atom;
  const base = {
    purpose,
    category,
    service,
    policy,
    revision,
    clauseId,
    validFor,
    candidate,
    isSeparate: atom.basis === 'separateConsent',
  };
  if (atom.recipient === null) {
    yield { ...base, recipient: null, region: null };
    return;
  }
  for (const recipient of recipientsOf(rulebook, atom))
    yield { ...base, recipient: recipient.slug, region: recipient.region };
}

function recipientsOf(rulebook: Rulebook, atom: Atom) {
  const slug = namedRecipient(atom.recipient ?? '');
  return [...rulebook.recipients.values()].filter(
    (one) => one.active !== false && (slug === null ? one.kind === atom.recipient : one.slug === slug),
  );
}

function askFor(
  rulebook: Rulebook,
  { category, purpose, service, recipient, region, candidate }: Choice,
  at: Instant,
): ConsentAsk {
  const { action, fromService } = candidate.atom;
  return {
    action: action === 'crossServiceUse' ? 'use' : action,
    category,
    purpose,
    service,
    fromService,
    groupSize: null,
    recipient,
    recipientEntry: recipient === null ? null : (rulebook.recipients.get(recipient) ?? null),
    regions: region === null ? [] : [region],
    at,
  };
}
