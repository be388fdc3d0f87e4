import { clauseMarkdown } from '@abide/rulebook';
import { paragraphsOf } from '../clauses/paragraphs.js';
import type { ImportedClause } from '../document.js';
import { refusal } from '../policy-import.errors.js';
import type { Translations } from './policy-import.entity.js';

/** One change of the clauses. */
export type ClauseEdit =
  /** A new clause begins with this paragraph (from 1) of the clause. */
  | {
      readonly kind: 'split';
      readonly clauseId: string;
      readonly paragraph: number;
      readonly newId: string;
      readonly heading: string;
    }
  /** The clause goes on the one before it; its heading becomes a paragraph. */
  | { readonly kind: 'merge'; readonly clauseId: string }
  | { readonly kind: 'rename'; readonly clauseId: string; readonly heading: string }
  | { readonly kind: 'rewrite'; readonly clauseId: string; readonly body: string }
  | { readonly kind: 'renumber'; readonly clauseId: string; readonly newId: string }
  | { readonly kind: 'remove'; readonly clauseId: string };

/** Clauses with their words in the other language. */
export interface Clauses {
  readonly clauses: readonly ImportedClause[];
  readonly translations: Translations;
}

const mostClauses = 500;
const longestBody = 20_000;

/** The clauses after the edits, one after the other. @throws DomainError `import.unknown_clause`, `import.edit_impossible` */
export function edited(before: Clauses, edits: readonly ClauseEdit[]): Clauses {
  const after = edits.reduce(editedOnce, before);
  requireBearable(after.clauses);
  return after;
}

function editedOnce(given: Clauses, edit: ClauseEdit): Clauses {
  const at = given.clauses.findIndex(({ id }) => id === edit.clauseId);
  const clause = given.clauses[at];
  if (!clause) throw refusal('import.unknown_clause');
  switch (edit.kind) {
    case 'split':
      return outdated(replaced(given, at, split(clause, edit)), clause.id);
    case 'merge':
      return merged(given, at, clause);
    case 'rename':
      return outdated(replaced(given, at, [{ ...clause, heading: edit.heading }]), clause.id);
    case 'rewrite':
      return outdated(replaced(given, at, [withBody(clause, edit.body)]), clause.id);
    case 'renumber':
      return renumbered(replaced(given, at, [{ ...clause, id: edit.newId }]), clause.id, edit.newId);
    case 'remove':
      return { ...replaced(given, at, []), translations: without(given.translations, clause.id) };
  }
}

function split(
  clause: ImportedClause,
  { paragraph, newId, heading }: ClauseEdit & { kind: 'split' },
): ImportedClause[] {
  const { isRow } = clause.paragraphs[paragraph] ?? {};
  const line = isRow && clause.paragraphs[paragraph - 1]?.isRow ? undefined : linesOfParagraphs(clause.body)[paragraph];
  if (line === undefined || paragraph < 1)
    throw refusal('import.edit_impossible', { detail: 'The clause cannot be divided there. Nothing was changed.' });
  const lines = clause.body.split('\n');
  const [first, second] = [lines.slice(0, line), outdented(lines.slice(line))].map((part) => part.join('\n').trim());
  return [withBody(clause, first ?? ''), withBody({ ...clause, id: newId, heading }, second ?? '')];
}

/** In which line of a body each of its paragraphs begins. */
function linesOfParagraphs(body: string): number[] {
  const found: number[] = [];
  let isInRow = false;
  for (const { type, content, map } of clauseMarkdown().parse(body, {})) {
    if (type === 'tr_open') found.push(map?.[0] ?? 0);
    if (/^tr_/.test(type)) isInRow = type === 'tr_open';
    else if (!isInRow && (type === 'inline' || content !== '')) found.push(map?.[0] ?? 0);
  }
  return found;
}

/** What stood beneath an item of a list that is now elsewhere. */
function outdented(lines: readonly string[]): string[] {
  const [indent = ''] = /^ */.exec(lines[0] ?? '') ?? [];
  return lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
}

function merged(given: Clauses, at: number, clause: ImportedClause): Clauses {
  const before = given.clauses[at - 1];
  if (!before)
    throw refusal('import.edit_impossible', { detail: 'Before the first clause there is none. Nothing was changed.' });
  const whole = withBody(before, `${before.body}\n\n**${escaped(clause.heading)}**\n\n${clause.body}`);
  const [first, second] = [given.translations[before.id], given.translations[clause.id]];
  const translations = without(given.translations, clause.id);
  const clauses = [...given.clauses.slice(0, at - 1), whole, ...given.clauses.slice(at + 1)];
  if (!first) return { clauses, translations };
  const body = second ? `${first.body}\n\n**${escaped(second.heading)}**\n\n${second.body}` : first.body;
  return { clauses, translations: { ...translations, [before.id]: { ...first, body, isOutdated: true } } };
}

function escaped(heading: string): string {
  return heading.replaceAll(/[\\*_[\]`<]/g, '\\$&');
}

function withBody(clause: ImportedClause, body: string): ImportedClause {
  return { ...clause, body, paragraphs: paragraphsOf(body) };
}

function replaced({ clauses, translations }: Clauses, at: number, by: readonly ImportedClause[]): Clauses {
  return { clauses: [...clauses.slice(0, at), ...by, ...clauses.slice(at + 1)], translations };
}

function outdated({ clauses, translations }: Clauses, clauseId: string): Clauses {
  const translation = translations[clauseId];
  if (!translation) return { clauses, translations };
  return { clauses, translations: { ...translations, [clauseId]: { ...translation, isOutdated: true } } };
}

function renumbered({ clauses, translations }: Clauses, clauseId: string, newId: string): Clauses {
  const translation = translations[clauseId];
  const others = without(translations, clauseId);
  return { clauses, translations: translation ? { ...others, [newId]: translation } : others };
}

function without(translations: Translations, clauseId: string): Translations {
  return Object.fromEntries(Object.entries(translations).filter(([id]) => id !== clauseId));
}

function requireBearable(clauses: readonly ImportedClause[]): void {
  const ids = new Set(clauses.map(({ id }) => id));
  const why =
    clauses.length === 0
      ? 'A policy has one clause at least. Nothing was changed.'
      : clauses.length > mostClauses
        ? `A policy has ${mostClauses} clauses at most. Nothing was changed.`
        : ids.size < clauses.length
          ? 'Another clause has this number. Nothing was changed.'
          : clauses.some(({ body }) => body.length > longestBody || body.trim() === '')
            ? `A clause has a text, of ${longestBody} characters at most. Nothing was changed.`
            : null;
  if (why !== null) throw refusal('import.edit_impossible', { detail: why });
}
