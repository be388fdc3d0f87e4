import type { Localized } from '@abide/kernel';
import { labelOf, legalNameIn, owedRights, type Profile, type Right, type Term } from '@abide/rulebook';
import { acceptedTerms } from './decisions.js';
import type { PolicyImport } from './policy-import.entity.js';

/** Something wrong with a policy, as policy's check says it. */
export interface Found {
  readonly path: string;
  readonly code: string;
  readonly message: Localized;
  readonly severity: 'error' | 'warning';
}

/** What an import lacks before it is a policy; errors keep it from being saved as a draft. */
export interface Gap {
  /** Ours (`import.…`), or the rulebook's. */
  readonly code: string;
  readonly message: Localized;
  readonly severity: 'error' | 'warning';
  readonly clauseId: string | null;
  readonly proposalId: string | null;
  /** The member of the term that is missing or wrong. */
  readonly field: string | null;
  /** The right, where one is missing. */
  readonly right: Right | null;
}

const nowhere = { clauseId: null, proposalId: null, field: null, right: null };

/** `found`: what the check says of the policy as far as it goes. In the order of the clauses, what belongs to none last. */
export function gapsOf(imported: PolicyImport, found: readonly Found[], profile: Profile): Gap[] {
  const own = [...untranslated(imported), ...openMembers(imported), ...undecided(imported)];
  const others = found.flatMap((one) => {
    const gap = { ...nowhere, ...placeOf(imported, one.path), ...pick(one) };
    return own.some((known) => covers(known, gap)) ? [] : [gap];
  });
  const order = new Map(imported.clauses.map(({ id }, index) => [id, index]));
  const place = ({ clauseId }: Gap) => (clauseId === null ? Infinity : (order.get(clauseId) ?? Infinity));
  return [...own, ...others, ...missingRights(imported, profile)].toSorted((a, b) => compared(place(a), place(b)));
}

/** The clauses that stand in one language. */
export function untranslatedClauses({ clauses, translations }: PolicyImport): string[] {
  return clauses.map(({ id }) => id).filter((id) => !(id in translations));
}

function untranslated(imported: PolicyImport): Gap[] {
  const outdated = imported.clauses.map(({ id }) => id).filter((id) => imported.translations[id]?.isOutdated);
  return [
    ...untranslatedClauses(imported).map((clauseId) => gap('import.untranslated', 'error', { clauseId })),
    ...outdated.map((clauseId) => gap('import.translation_outdated', 'warning', { clauseId })),
  ];
}

/** Of terms that were accepted: what the text does not say and nobody has chosen. */
function openMembers(imported: PolicyImport): Gap[] {
  return imported.clauses.flatMap(({ id: clauseId }) =>
    acceptedTerms(imported, clauseId).flatMap(({ proposal, term }) =>
      proposal.open
        .filter((field) => !says(term, field))
        .map((field) => gap('import.undecided_member', 'error', { clauseId, proposalId: proposal.id, field })),
    ),
  );
}

/** Of a member within a member, such as `notice.channels`, the inner one; an event says what a period would. */
function says(term: Term, field: string): boolean {
  if (field === 'period' && 'until' in term) return true;
  return (
    field.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], term) !==
    undefined
  );
}

function undecided({ proposals, decisions }: PolicyImport): Gap[] {
  return proposals
    .filter(({ id }) => !(id in decisions))
    .map(({ id: proposalId, clauseId }) => gap('import.undecided', 'warning', { clauseId, proposalId }));
}

function missingRights(imported: PolicyImport, profile: Profile): Gap[] {
  const terms = imported.clauses.flatMap(({ id }) => acceptedTerms(imported, id).map(({ term }) => term));
  const promised = new Set(terms.flatMap((term) => (term.type === 'right' ? (term.rights ?? []) : [])));
  return owedRights(profile)
    .filter(({ right }) => !promised.has(right))
    .map(({ right, article }) => ({
      ...nowhere,
      code: 'import.right_missing',
      severity: 'warning',
      right,
      message: {
        'zh-CN': `条款没有写到“${labelOf('right', right, 'zh-CN')}”的权利（${legalNameIn(article, 'zh-CN')}）。`,
        en: `No term speaks of the right "${labelOf('right', right, 'en')}" (${article}).`,
      },
    }));
}

const words = {
  'import.untranslated': { 'zh-CN': '本条款只有一种语言。', en: 'This clause stands in one language only.' },
  'import.translation_outdated': {
    'zh-CN': '译文之后条款有改动，请核对译文。',
    en: 'The clause was changed after its translation was written. Look the translation over.',
  },
  'import.undecided_member': {
    'zh-CN': '原文没有写明，须由您选定。',
    en: 'The text does not say it; somebody has to choose.',
  },
  'import.undecided': { 'zh-CN': '尚未决定是否采纳。', en: 'Nobody has decided on this proposal.' },
} as const satisfies Record<string, Localized>;

function gap(code: keyof typeof words, severity: Gap['severity'], place: Partial<Gap>): Gap {
  return { ...nowhere, ...place, code, severity, message: words[code] };
}

function pick({ code, message, severity }: Found): Pick<Gap, 'code' | 'message' | 'severity'> {
  return { code, message, severity };
}

/** `clauses[3].terms[0].basis` as the clause, the proposal that the term came from, and the member. */
function placeOf(imported: PolicyImport, path: string): Partial<Gap> {
  const [, at, term, member] = /^clauses\[(\d+)\](?:\.terms\[(\d+)\](?:\.(\w+))?)?/.exec(path) ?? [];
  const clause = at === undefined ? undefined : imported.clauses[Number(at)];
  if (!clause) return {};
  const accepted = term === undefined ? undefined : acceptedTerms(imported, clause.id)[Number(term)];
  return { clauseId: clause.id, proposalId: accepted?.proposal.id ?? null, field: member ?? null };
}

/** Whether the check says again what is known to be missing. */
function covers(known: Gap, found: Gap): boolean {
  const isOne = known.code === 'import.undecided_member';
  return isOne && known.proposalId === found.proposalId && known.field?.split('.')[0] === found.field;
}

function compared(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
