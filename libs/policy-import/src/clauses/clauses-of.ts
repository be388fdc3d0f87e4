import type { ImportedClause, TextBlock } from '../document.js';
import { numbered, type NumberedBlock } from './blocks.js';
import { withHeadings } from './headings.js';
import { withIds, type NamedPart, type Part } from './ids.js';
import { paragraphsOfBlocks } from './levels.js';
import { bodyOf, paragraphsOf } from './paragraphs.js';
import { firstWords, inParts, maxClauses, shortened } from './sizes.js';

/**
 * The clauses of a document: one for each heading that something stands under; in a document without headings one for
 * each number of the outermost row, or for each paragraph. Nothing of the text is left out but a title above everything.
 */
export function clausesOf(blocks: readonly TextBlock[]): ImportedClause[] {
  const lines = withHeadings(numbered(blocks));
  const hasHeadings = lines.some(({ kind }) => kind === 'heading');
  const parts = hasHeadings ? withoutTitle(byHeadings(lines)) : byNumbers(lines);
  const clauses = withHeadingsKept(withIds(parts)).flatMap(({ id, part }) => {
    const paragraphs = paragraphsOfBlocks(part.blocks);
    const heading = part.heading?.text ?? firstWords(part.blocks[0]?.text ?? '');
    const whole =
      shortened(heading) === heading ? paragraphs : [{ text: heading, level: 0, isRow: false }, ...paragraphs];
    return inParts(whole).map((some, index) => {
      const body = bodyOf(some);
      const more = index === 0 ? '' : ` (${index + 1})`;
      return {
        id: index === 0 ? id : `${id}-${index + 1}`,
        heading: shortened(heading, more),
        body,
        paragraphs: paragraphsOf(body),
      };
    });
  });
  return clauses.length <= maxClauses ? clauses : together(clauses);
}

function byHeadings(lines: readonly NumberedBlock[]): Part[] {
  const parts: { heading: NumberedBlock | null; depth: number; blocks: NumberedBlock[] }[] = [];
  const levels: number[] = [];
  for (const line of lines) {
    if (line.kind !== 'heading') {
      if (parts.length === 0) parts.push({ heading: null, depth: 1, blocks: [] });
      parts.at(-1)?.blocks.push(line);
      continue;
    }
    while ((levels.at(-1) ?? 0) >= line.level) levels.pop();
    levels.push(line.level);
    parts.push({ heading: line, depth: levels.length, blocks: [] });
  }
  return parts;
}

/** A document's title stands above all other headings: it goes where it has nothing of its own under it, else they stand beside it. */
function withoutTitle(parts: readonly Part[]): Part[] {
  const [first, ...rest] = parts;
  if (!first?.heading || rest.length === 0 || rest.some(({ depth }) => depth <= first.depth)) return [...parts];
  const raised = rest.map((part) => ({ ...part, depth: part.depth - 1 }));
  return first.blocks.length === 0 ? raised : [first, ...raised];
}

/** A heading that nothing stands under is said again with those below it, or stands for itself. */
function withHeadingsKept(parts: readonly NamedPart[]): NamedPart[] {
  const above: Part[] = [];
  return parts.flatMap(({ id, part }, index) => {
    while ((above.at(-1)?.depth ?? 0) >= part.depth) above.pop();
    const bare = above.filter(({ blocks }) => blocks.length === 0).map(({ heading }) => heading?.text ?? '');
    above.push(part);
    if (!part.heading) return [{ id, part }];
    const isBare = part.blocks.length === 0;
    if (isBare && (parts[index + 1]?.part.depth ?? 0) > part.depth) return [];
    const heading = { ...part.heading, text: [...bare, part.heading.text].join(' · ') };
    const itself = { ...part.heading, kind: 'paragraph' as const, number: null };
    return [{ id, part: { ...part, heading, blocks: isBare ? [itself] : part.blocks } }];
  });
}

function byNumbers(lines: readonly NumberedBlock[]): Part[] {
  const outermost = lines.find(({ numbering, kind }) => numbering !== null && kind === 'paragraph')?.numbering?.style;
  const parts: { heading: NumberedBlock | null; depth: number; blocks: NumberedBlock[] }[] = [];
  for (const line of lines) {
    const before = parts.at(-1)?.blocks.at(-1);
    const isUnderOther = line.kind !== 'paragraph' || (before !== undefined && !/[。.！!？?]$/u.test(before.text));
    const begins = outermost === undefined ? !isUnderOther : line.numbering?.style === outermost;
    if (parts.length === 0 || begins) parts.push({ heading: headingFrom(line), depth: 1, blocks: [] });
    parts.at(-1)?.blocks.push(begins ? { ...line, number: null } : line);
  }
  return parts;
}

function headingFrom(line: NumberedBlock): NumberedBlock {
  return { ...line, kind: 'heading', text: firstWords(line.text) };
}

/** Neighbours put together, so that there are no more than a policy may have. */
function together(clauses: readonly ImportedClause[]): ImportedClause[] {
  const each = Math.ceil(clauses.length / maxClauses);
  return Array.from({ length: Math.ceil(clauses.length / each) }, (_, index) => {
    const some = clauses.slice(index * each, (index + 1) * each);
    const body = some.map((clause) => clause.body).join('\n\n');
    return { id: some[0]?.id ?? '', heading: some[0]?.heading ?? '', body, paragraphs: paragraphsOf(body) };
  });
}
