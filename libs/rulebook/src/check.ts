import { hiddenCharacterIn, locales } from '@abide/kernel';
import type { CheckContext } from './check-context.js';
import type { PolicyDocument } from './document.js';
import { checkNecessary } from './check-necessary.js';
import { checkRetention } from './check-retention.js';
import { checkRegion } from './check-sharing.js';
import { checkSize, mostCharacters } from './check-size.js';
import { checkTerm } from './check-terms.js';
import { misleadingLinks } from './clause-text.js';
import { lookupFor, type Lookup } from './lookup.js';
import { readPolicyText, readPolicyValue, withLine, pathOf, type PolicyDraft, type ReadPolicy } from './parse.js';
import { error, warning, type Path, type PolicyProblem } from './problems.js';
import type { RulebookRegistry } from './registry.js';
import type { TermAt } from './term-at.js';
import type { ChangeTerm, RightTerm } from './terms.js';

export interface CheckedPolicy {
  /** The policy, or null when its shape is wrong; a document with errors may still be returned, see `problems`. */
  readonly document: PolicyDocument | null;
  readonly problems: readonly PolicyProblem[];
}

/** Everything wrong with what a policy says, given what is registered. The shape is taken as right. */
export function checkPolicy(document: PolicyDocument, registry: RulebookRegistry): readonly PolicyProblem[] {
  return checkDraft(document, registry);
}

/** Reads a policy file and checks it: problems of shape and of content in one list, in the order of the file. */
export function validatePolicy(text: string, registry: RulebookRegistry): CheckedPolicy {
  return checked(readPolicyText(text), registry);
}

/** The same for a value already read, such as a request body or the console's form. */
export function validatePolicyValue(value: unknown, registry: RulebookRegistry): CheckedPolicy {
  return checked(readPolicyValue(value), registry);
}

function checked(read: ReadPolicy, registry: RulebookRegistry): CheckedPolicy {
  if (!read.draft) return { document: null, problems: read.problems };
  const found = [...checkDraft(read.draft, registry), ...checkShownLinks(read.draft)].map((problem) =>
    withLine(problem, read.lineOf(pathOf(problem.path))),
  );
  const shape = new Set(read.problems.map((problem) => problem.path));
  const problems = [...read.problems, ...found.filter((problem) => !shape.has(problem.path))];
  return { document: read.document, problems: problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
}

export function checkDraft(draft: PolicyDraft, registry: RulebookRegistry): PolicyProblem[] {
  const lookup = lookupFor(draft, registry);
  const terms = termsOf(draft);
  return [
    ...checkKind(draft),
    ...checkServices(draft, registry),
    ...checkClauseIds(draft),
    ...terms.flatMap((at) => checkTerm(at, { draft, lookup })),
    ...checkLegible(draft),
    ...checkSize(terms, { draft, lookup }),
    ...checkRecipients(draft),
    ...checkWording(draft),
    ...checkLinks(draft),
    ...checkRetention(terms, { draft, lookup }),
    ...checkRights(terms),
    ...checkMinors(terms, { draft, lookup }),
    ...checkChange(terms, lookup),
    ...checkNecessary(terms, { draft, lookup }),
    ...checkAcceptance(terms, draft),
  ];
}

export function termsOf(draft: PolicyDraft): TermAt[] {
  return draft.clauses.flatMap(({ id = '', terms }, clause) =>
    terms.flatMap((term, position) => (term === null ? [] : [{ term, clauseId: id, clause, position }])),
  );
}

function checkKind(draft: PolicyDraft): PolicyProblem[] {
  if (draft.kind === 'service' && draft.service === undefined) return [error(['service'], 'policy.serviceMissing')];
  if (draft.kind !== undefined && draft.kind !== 'service' && draft.service !== undefined) {
    return [error(['service'], 'policy.serviceNotAllowed')];
  }
  if (draft.kind === 'guide' && draft.audience === undefined) return [error(['audience'], 'policy.audienceMissing')];
  if (draft.kind !== undefined && draft.kind !== 'guide' && draft.audience !== undefined)
    return [error(['audience'], 'policy.audienceNotAllowed')];
  if (draft.kind === 'general' && draft.contact === undefined) return [warning(['contact'], 'policy.contactMissing')];
  return [];
}

function checkServices(draft: PolicyDraft, registry: RulebookRegistry): PolicyProblem[] {
  const known = registry.services && new Set(registry.services);
  if (!known) return [];
  const named = [
    ...(draft.services ?? []).map((code, index) => ({ code, path: ['services', index] })),
    ...(draft.service === undefined ? [] : [{ code: draft.service, path: ['service'] }]),
  ];
  return named
    .filter(({ code }) => !known.has(code))
    .map(({ code, path }) => error(path, 'policy.unknownService', { value: code }));
}

function checkClauseIds(draft: PolicyDraft): PolicyProblem[] {
  const seen = new Set<string>();
  return draft.clauses.flatMap(({ id }, index) => {
    if (id === undefined) return [];
    if (seen.has(id)) return [error(['clauses', index, 'id'], 'policy.duplicateClause', { value: id })];
    seen.add(id);
    return [];
  });
}

/** Approver and reader see what is hashed: in no text of a policy is there a character that makes it read otherwise. */
function checkLegible(value: unknown, path: Path = []): PolicyProblem[] {
  if (typeof value === 'string') {
    const found = hiddenCharacterIn(value);
    return found === null ? [] : [error(path, 'policy.hiddenCharacter', { value: found })];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    checkLegible(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

const openEndedWording = {
  'zh-CN': /其他(?:合法|正当|合理|相关|必要)?(?:的)?(?:目的|用途)|等(?:目的|用途)/,
  en: /\b(?:any )?other (?:\w+ )?purposes?\b|\bany purposes?\b|\bpurposes? such as\b/i,
} as const;

/** Wording is checked only beside a term that permits something: elsewhere "no other purpose" is a good thing to say. */
function checkWording(draft: PolicyDraft): PolicyProblem[] {
  return draft.clauses.flatMap(({ body, terms }, index) => {
    if (!terms.some((term) => term !== null && 'basis' in term)) return [];
    return (['zh-CN', 'en'] as const).flatMap((locale) => {
      const text = body?.[locale];
      const found = typeof text === 'string' ? openEndedWording[locale].exec(text.replaceAll(/[*_`~\\]/g, '')) : null;
      return found ? [warning(['clauses', index, 'body', locale], 'policy.openEndedWording', { value: found[0] })] : [];
    });
  });
}

function checkRecipients(draft: PolicyDraft): PolicyProblem[] {
  return (draft.recipients ?? []).flatMap(({ region }, index) => checkRegion(region, ['recipients', index, 'region']));
}

/** Links to a clause of the same text, as `[the periods](#keep.periods)` or as its page calls it, `#c-keep.periods`. */
function checkLinks(draft: PolicyDraft): PolicyProblem[] {
  const targets = new Set(draft.clauses.flatMap(({ id }) => (id === undefined ? [] : [id, `c-${id}`])));
  return draft.clauses.flatMap(({ body }, index) =>
    (['zh-CN', 'en'] as const).flatMap((locale) => {
      const text = body?.[locale];
      const links = typeof text === 'string' ? [...text.matchAll(/\]\(\s*<?#([^)\s>]+)/g)] : [];
      return links
        .filter(([, target = '']) => !targets.has(target))
        .map(([, value]) => warning(['clauses', index, 'body', locale], 'policy.deadLink', { value }));
    }),
  );
}

/** Readers follow what a link says. What is compiled was checked for it before, and its Markdown is not read again each time. */
function checkShownLinks(draft: PolicyDraft): PolicyProblem[] {
  return draft.clauses.flatMap(({ body }, index) =>
    locales.flatMap((locale) => {
      const text = body?.[locale];
      if (typeof text !== 'string' || text.length > mostCharacters) return [];
      return misleadingLinks(text).map(({ named, leadsTo }) =>
        error(['clauses', index, 'body', locale], 'policy.misleadingLink', { value: named, expected: leadsTo }),
      );
    }),
  );
}

/** Where and to whom a right is promised: each service in each region, `''` for all. */
function placesOf({ services = [''], regions = [''] }: RightTerm): string[] {
  return services.flatMap((service) => regions.map((region) => `${service} ${region}`));
}

function checkRights(terms: readonly TermAt[]): PolicyProblem[] {
  const seen = new Map<string, string>();
  return terms.flatMap(({ term, clause, position }) => {
    if (term.type !== 'right') return [];
    return term.rights.flatMap((right, index) =>
      placesOf(term).flatMap((place) => {
        const answer = JSON.stringify(term.answerWithin ?? null);
        const before = seen.get(`${right} ${place}`);
        seen.set(`${right} ${place}`, answer);
        if (before === undefined || before === answer) return [];
        return [
          error(['clauses', clause, 'terms', position, 'rights', index], 'policy.rightContradicts', { value: right }),
        ];
      }),
    );
  });
}

function checkMinors(terms: readonly TermAt[], context: CheckContext): PolicyProblem[] {
  const legal = context.lookup.profile.rules.guardianConsentUnder.value;
  const consents = terms.filter(({ term }) => term.type === 'minors' && term.requires !== 'guardianAdvice');
  const age = Math.max(0, ...consents.map(({ term }) => (term.type === 'minors' ? term.under : 0)));
  const last = consents.at(-1);
  if (!last || age >= legal) return [];
  return [
    warning(['clauses', last.clause, 'terms', last.position, 'under'], 'policy.minorsAgeTooLow', {
      expected: String(legal),
    }),
  ];
}

/** A contract rests on an acceptance: of the agreement in force, or of the text itself. */
function checkAcceptance(terms: readonly TermAt[], draft: PolicyDraft): PolicyProblem[] {
  if (draft.kind === 'guide') return terms.flatMap(checkGuideAcceptance);
  const change = terms.find(({ term }) => term.type === 'change' && term.acceptance === 'none');
  if (!change) return [];
  const path = ['clauses', change.clause, 'terms', change.position, 'acceptance'];
  if (draft.kind === 'agreement') return [error(path, 'policy.agreementWithoutAcceptance')];
  const isOnContract = terms.some(({ term }) => 'basis' in term && term.basis === 'contract');
  return isOnContract ? [warning(path, 'policy.contractWithoutAcceptance')] : [];
}

/** A guide is read, and nobody agrees to it. */
function checkGuideAcceptance({ term, clause, position }: TermAt): PolicyProblem[] {
  if (term.type !== 'change' || term.acceptance === 'none') return [];
  return [error(['clauses', clause, 'terms', position, 'acceptance'], 'policy.guideAccepted')];
}

function checkChange(terms: readonly TermAt[], lookup: Lookup): PolicyProblem[] {
  const legal = lookup.profile.rules.minimumLeadDays.value;
  const changes = terms.filter(({ term }) => term.type === 'change');
  return changes.flatMap(({ term, clause, position }, index) => {
    const path = ['clauses', clause, 'terms', position];
    const repeated = index > 0 ? [error(path, 'policy.changeRepeated')] : [];
    if (term.type !== 'change') return repeated;
    const settled = settledChoices(term, [...path, 'notice', 'channels']);
    if (term.notice.leadDays >= legal) return [...repeated, ...settled];
    const short = warning([...path, 'notice', 'leadDays'], 'policy.leadTooShort', { expected: String(legal) });
    return [...repeated, short, ...settled];
  });
}

/** Several channels of which one is promised in any case. */
function settledChoices({ notice: { channels } }: ChangeTerm, path: Path): PolicyProblem[] {
  return channels.flatMap((one, index) => {
    const value = typeof one === 'string' ? undefined : one.anyOf.find((channel) => channels.includes(channel));
    return value === undefined ? [] : [warning([...path, index], 'policy.channelInAnyCase', { value })];
  });
}
