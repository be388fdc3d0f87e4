import type { ImportedClause, Proposal } from './imports.queries.js';

/** Words of a clause that a term stands on. Places count UTF-16 units in the paragraph, the end not included. */
export type Place = Pick<Proposal, 'clauseId' | 'paragraph' | 'start' | 'end'>;

/** A whole paragraph; null where the clause has none such. */
export function paragraphPlace({ id, paragraphs }: ImportedClause, paragraph: number): Place | null {
  const text = paragraphs[paragraph]?.text;
  return text ? { clauseId: id, paragraph, start: 0, end: text.length } : null;
}

/**
 * What somebody selected in the paragraphs of a clause, of the first of them where there are several; null after a click
 * there, undefined where it is elsewhere.
 */
export function selectedPlace(box: HTMLElement, clauseId: string): Place | null | undefined {
  const selection = window.getSelection();
  if (!selection || selection.rangeCount === 0 || !box.contains(selection.anchorNode)) return undefined;
  if (selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const paragraphs = [...box.querySelectorAll('p')];
  const paragraph = paragraphs.findIndex((one) => one.contains(range.startContainer));
  const element = paragraphs[paragraph];
  if (!element) return null;
  const text = element.textContent;
  const from = lengthUpTo(element, range.startContainer, range.startOffset);
  const to = element.contains(range.endContainer)
    ? lengthUpTo(element, range.endContainer, range.endOffset)
    : text.length;
  const words = text.slice(from, to);
  const start = from + words.length - words.trimStart().length;
  const end = start + words.trim().length;
  return end > start ? { clauseId, paragraph, start, end } : null;
}

function lengthUpTo(element: Element, node: Node, offset: number): number {
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}
