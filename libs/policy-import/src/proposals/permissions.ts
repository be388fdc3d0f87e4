import type { Context } from './context.js';
import { codes, single, type Draft, type Member } from './draft.js';
import { hasAct, ofKind, type Found, type Said } from './said.js';
import { leadsIn } from '../clauses/blocks.js';
import type { WordKind } from '../lexicon/words.js';

type Permitting = 'collection' | 'use' | 'crossServiceUse' | 'sharing';

/** What a sentence seems to let the platform do: collect, use, share, or use across services. */
export function permissionsIn(said: Said, context: Context): Draft[] {
  if (
    context.lead?.isDenied ||
    context.lead?.type === 'exclusion' ||
    (said.hasException && said.isDenied) ||
    isOnlyAbout(context, 'exclusion')
  )
    return [];
  return permittingTypes(said, context)
    .map((type) => ({ said, type, members: membersOf(type, said, context) }))
    .filter(({ members }) => members.some(({ field }) => field !== 'basis'));
}

function isOnlyAbout({ sections }: Context, section: string): boolean {
  return sections.size === 1 && sections.has(section);
}

function permittingTypes(said: Said, context: Context): Permitting[] {
  const isForItems = leadsIn.test(said.text) && hasAct(said, 'collection') && ofKind(said, 'category').length === 0;
  if (isForItems && !hasAct(said, 'use')) return [];
  if (hasAct(said, 'crossServiceUse')) return ['crossServiceUse'];
  if (isSharing(said, context)) return ['sharing'];
  const [categories, purposes] = [ofKind(said, 'category'), ofKind(said, 'purpose')];
  if (categories.length > 0 && isCollection(said, context)) return ['collection'];
  if (categories.length + purposes.length > 0 && isUse(said, context)) return ['use'];
  return [];
}

function isSharing(said: Said, { sections, lead }: Context): boolean {
  const isNamed = ofKind(said, 'recipient').length > 0;
  const isAnything = isNamed || ofKind(said, 'category').length + ofKind(said, 'purpose').length > 0;
  if (lead?.type === 'sharing') return isAnything;
  if (isQuiet(sections) && !sections.has('none')) return false;
  if (sections.has('sharing')) return isNamed || (hasAct(said, 'sharing') && isAnything);
  return isNamed && hasAct(said, 'sharing') && !(hasAct(said, 'collection') && sections.has('collection'));
}

function isCollection(said: Said, { sections, lead }: Context): boolean {
  if (lead?.type === 'collection') return true;
  if (lead?.type === 'use') return hasAct(said, 'collection');
  if (hasAct(said, 'right') && isQuiet(sections)) return false;
  return hasAct(said, 'collection') || sections.has('collection');
}

function isUse(said: Said, { sections, lead }: Context): boolean {
  const isPurpose = ofKind(said, 'purpose').length > 0;
  if (lead !== null && lead.type !== null) return lead.type !== 'retention';
  if (sections.has('use') || sections.has('collection')) return isPurpose || sections.has('use');
  if (sections.has('right') || sections.has('protection') || sections.has('minors')) return false;
  return hasAct(said, 'use', 'collection') && isPurpose;
}

/** Clauses that speak of something else than of what is done with data. */
function isQuiet(sections: ReadonlySet<string>): boolean {
  return (
    ['right', 'protection', 'minors', 'change', 'exclusion', 'none', 'retention'].some((one) => sections.has(one)) &&
    !['collection', 'use', 'sharing'].some((one) => sections.has(one))
  );
}

function membersOf(type: Permitting, said: Said, context: Context): Member[] {
  const inherited = (kind: WordKind): Found[] => {
    const own = ofKind(said, kind);
    return own.length > 0 || context.lead === null ? own : context.lead.found.filter((one) => one.kind === kind);
  };
  const every = ofKind(said, 'generic').filter(({ code }) => code === 'every');
  const named = inherited('category');
  const categories =
    named.length === 0 && every.length > 0
      ? [{ field: 'categories', value: ['*'], found: every }]
      : codes('categories', named);
  const purposes = codes('purposes', inherited('purpose'));
  const basis = single('basis', inherited('basis'));
  if (type === 'collection') {
    return [
      ...categories,
      ...purposes,
      ...basis,
      ...codes('sources', inherited('source')),
      ...single('storage', ofKind(said, 'storage')),
    ];
  }
  if (type === 'sharing') return [...categories, ...codes('recipients', inherited('recipient')), ...purposes, ...basis];
  if (type === 'crossServiceUse') return [...categories, ...purposes, ...single('form', inherited('form')), ...basis];
  return [...categories, ...purposes, ...basis];
}

/** What follows where a datum is not given, said beside its collection. */
export function withWithheld(drafts: readonly Draft[], said: Said): Draft[] {
  const withheld = single('ifWithheld', ofKind(said, 'withheld'));
  if (withheld.length === 0) return [...drafts];
  const last = drafts.findLastIndex(
    ({ type, said: { paragraph } }) => type === 'collection' && paragraph === said.paragraph,
  );
  return drafts.map((draft, index) => {
    if (index !== last) return draft;
    const [member] = withheld;
    return {
      ...draft,
      members: [...draft.members, { field: 'required', value: true, found: member?.found ?? [] }, ...withheld],
    };
  });
}
