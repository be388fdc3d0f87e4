import { locales, type Localized } from '@abide/kernel';
import type { Clause, GlossaryEntry, PolicyDocument } from '../document.js';
import { canonicalJson } from '../format.js';
import { listWords } from '../words.js';
import { told, type Change, type Told } from './change.js';
import type { CompareRuleId } from './rules.js';

/** Compares what is written around the clauses: title, contact, glossary, definitions, services and recipients. */
export function frameChanges(before: PolicyDocument, after: PolicyDocument): readonly Change[] {
  const changes: Change[] = [];
  const note = (rule: CompareRuleId, path: string, value?: Told) =>
    changes.push({ rule, clauseId: null, path, ...(value && { value }) });
  if (!isSame(before.title, after.title)) note('title.changed', 'title');
  if (!isSame(before.contact, after.contact)) note('contact.changed', 'contact');
  if (before.appKind !== after.appKind) note('appKind.changed', 'appKind');
  const glossary = changedTerms(before.glossary, after.glossary);
  if (glossary) note('glossary.changed', 'glossary', glossary);
  const definitions = changedTerms(before.definitions, after.definitions);
  const definitionsRule = after.kind === 'agreement' ? 'agreement.definitionsChanged' : 'glossary.changed';
  if (definitions) note(definitionsRule, 'definitions', definitions);
  const recipients = changedKeys(before.recipients, after.recipients, (one) => one.slug);
  if (recipients.length > 0) note('recipients.changed', 'recipients', listed(recipients));
  const added = after.services.filter((code) => !before.services.includes(code));
  const removed = before.services.filter((code) => !after.services.includes(code));
  if (added.length > 0) note('services.added', 'services', listed(added));
  if (removed.length > 0) note('services.removed', 'services', listed(removed));
  return changes;
}

/** Compares the text of one clause; what its terms say is compared across the whole policy. */
export function clauseTextChanges(
  before: Clause,
  after: Clause,
  given: { path: string; isAgreement: boolean },
): readonly Change[] {
  const changes: Change[] = [];
  const at = { clauseId: after.id, path: given.path };
  if (!isSame(before.heading, after.heading)) {
    changes.push({
      rule: 'heading.changed',
      ...at,
      path: `${given.path}.heading`,
      before: text(before.heading),
      after: text(after.heading),
    });
  }
  if (isSame(before.body, after.body)) return changes;
  const rule =
    given.isAgreement && saysOtherwise(before.body, after.body) ? 'agreement.clauseChanged' : 'wording.changed';
  return [...changes, { rule, ...at, path: `${given.path}.body`, value: text(after.heading) }];
}

export function presence(rule: CompareRuleId, clause: Clause, path: string): Change {
  return { rule, clauseId: clause.id, path, value: text(clause.heading) };
}

export function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** An agreement has no terms to compare, so that any change but of white space may change what was agreed. */
function saysOtherwise(before: Localized, after: Localized): boolean {
  return locales.some((locale) => before[locale].replace(/\s+/g, '') !== after[locale].replace(/\s+/g, ''));
}

function changedTerms(before: readonly GlossaryEntry[], after: readonly GlossaryEntry[]): Told | null {
  const changed = new Set(changedKeys(before, after, (entry) => entry.term.en));
  if (changed.size === 0) return null;
  const entries = [...after, ...before].filter(
    (entry, index, all) =>
      changed.has(entry.term.en) && all.findIndex((one) => one.term.en === entry.term.en) === index,
  );
  return told([...changed].join(', '), (locale) =>
    listWords(
      entries.map((entry) => entry.term[locale]),
      locale,
    ),
  );
}

function changedKeys<T>(before: readonly T[], after: readonly T[], keyOf: (one: T) => string): string[] {
  const byKey = (list: readonly T[]) => new Map(list.map((one) => [keyOf(one), one]));
  const [was, is] = [byKey(before), byKey(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((key) => !isSame(was.get(key), is.get(key)));
}

function listed(codes: readonly string[]): Told {
  return told(codes.join(', '), (locale) => listWords(codes, locale));
}

function text(value: Localized): Told {
  return told(value.en, (locale) => value[locale]);
}
