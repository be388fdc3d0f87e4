import { createHash } from 'node:crypto';
import { canonicalJson } from '@abide/rulebook';
import type { ImportedClause, ImportedParagraph, Proposal } from '../document.js';
import { matcherFor, type ImportRegistries } from '../lexicon/lexicon.js';
import type { Matcher } from '../lexicon/matcher.js';
import { leadOf, leadOfHead, sectionsByClause, type Context, type Lead } from './context.js';
import { evidenceOf, openOf, termOf, type Draft } from './draft.js';
import { permissionsIn, withWithheld } from './permissions.js';
import { changesIn, exclusionsIn, minorsIn, protectionsIn, retentionsIn, rightsIn, withAnswer } from './promises.js';
import { saidIn, type Said } from './said.js';
import { sentencesOf } from './sentences.js';

/**
 * What the sentences of clauses seem to promise, at most one term of a type for each, with the words that say so. What
 * they do not say stands in `open` and is never made up; what they deny is not proposed. Nothing of it is a term before
 * a person accepts it.
 */
export function proposalsOf(clauses: readonly ImportedClause[], registries: ImportRegistries): Proposal[] {
  const matcher = matcherFor(registries);
  const sections = sectionsByClause(clauses);
  const counts = new Map<string, number>();
  return clauses.flatMap((clause) => {
    const drafts = draftsOf(clause.paragraphs, sections.get(clause.id) ?? new Set(), matcher);
    return drafts.map((draft) => proposalOf(draft, clause.id, counts));
  });
}

function draftsOf(paragraphs: readonly ImportedParagraph[], sections: ReadonlySet<string>, matcher: Matcher): Draft[] {
  const above: { readonly level: number; readonly lead: Lead }[] = [];
  let drafts: Draft[] = [];
  for (const [index, paragraph] of paragraphs.entries()) {
    while ((above.at(-1)?.level ?? -1) >= paragraph.level) above.pop();
    const context: Context = { sections, lead: above.at(-1)?.lead ?? null };
    const sentences = sentencesOf(paragraph).map((span) =>
      saidIn(matcher, paragraph.text, { ...span, paragraph: index }),
    );
    const isHead = paragraph.isRow && paragraphs[index + 1]?.level === paragraph.level + 1;
    if (!isHead) for (const said of sentences) drafts = withSentence(drafts, said, context);
    const last = sentences.at(-1);
    if (isHead) above.push({ level: paragraph.level, lead: leadOfHead(paragraph) });
    else if (last) above.push({ level: paragraph.level, lead: leadOf(last, sections, context.lead) });
  }
  return drafts;
}

/** A sentence about the text itself promises nothing: `this policy explains how we collect`. */
const isAboutTheText =
  /我们(?:将|会|是)?(?:如何|怎样)|如何(?:收集|处理)|how (?:and why )?we (?:collect|use|process|handle|share)|(?:policy|statement|notice) (?:explains|describes|sets out|applies|covers)|本[^，。]{0,8}(?:政策|声明|说明)[^，。]{0,6}(?:说明|介绍|阐述|帮助您了解)/iu;

/** What follows where somebody keeps a datum to themselves; what is collected was said before. */
const isAboutWithholding =
  /^(?:如果?|若|倘若)?(?:您|你)?(?:如果?|若|选择|可以)?(?:不|未|拒绝)(?:同意|愿意?|希望|想)?(?:向我们|为我们)?(?:提供|填写)|^if you (?:do not|don't|choose not to|decline to|refuse to|would rather not) (?:provide|give|share|tell|enter)/iu;

function withSentence(before: readonly Draft[], said: Said, context: Context): Draft[] {
  if (isAboutTheText.test(said.text)) return [...before];
  const permissions = isAboutWithholding.test(said.text) ? [] : permissionsIn(said, context);
  const drafts = withWithheld([...before, ...permissions], said);
  const promises = [
    ...retentionsIn(said, context),
    ...rightsIn(said, context),
    ...(permissions.length > 0 ? [] : protectionsIn(said, context)),
    ...minorsIn(said, context, drafts),
    ...exclusionsIn(said, context),
  ];
  return changesIn(said, context, withAnswer([...drafts, ...promises], said, context));
}

function proposalOf(draft: Draft, clauseId: string, counts: Map<string, number>): Proposal {
  const { said } = draft;
  const term = termOf(draft);
  const key = canonicalJson([said.text, term]);
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return {
    id: createHash('sha256').update(`${key}\n${count}`).digest('hex').slice(0, 24),
    clauseId,
    paragraph: said.paragraph,
    start: said.start,
    end: said.end,
    term,
    evidence: evidenceOf(draft),
    open: openOf(draft),
  };
}
