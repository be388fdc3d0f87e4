import { endsSentence, leadsIn, widthOf, type NumberedBlock } from './blocks.js';

const widestHeading = 80;

/**
 * The blocks with their headings marked: those that the document marks itself or, where it marks none, the short lines
 * that end no sentence and stand in no list. Levels follow the styles of their numbers in the order in which they come.
 */
export function withHeadings(blocks: readonly NumberedBlock[]): NumberedBlock[] {
  if (blocks.some(({ kind }) => kind === 'heading')) return [...blocks];
  const isHeading = headingsAmong(blocks);
  const styles: string[] = [];
  return blocks.map((block, index) => {
    if (!isHeading[index]) return block;
    const style = styleOf(block);
    const known = styles.indexOf(style);
    if (known >= 0) styles.length = known + 1;
    else styles.push(style);
    return { ...block, kind: 'heading', level: Math.min(styles.length, 6) };
  });
}

function headingsAmong(blocks: readonly NumberedBlock[]): boolean[] {
  let isInList = false;
  return blocks.map((block, index) => {
    const before = blocks[index - 1];
    if (before && leadsIn.test(before.text) && before.kind !== 'tableRow') isInList = true;
    else if (isInList && before && endsList(before, block)) isInList = false;
    const next = blocks[index + 1];
    return !isInList && next !== undefined && looksLikeHeading(block);
  });
}

function looksLikeHeading({ kind, text, isBullet }: NumberedBlock): boolean {
  return (
    kind === 'paragraph' &&
    !isBullet &&
    widthOf(text) <= widestHeading &&
    !endsSentence.test(text) &&
    !isDated.test(text)
  );
}

/** `更新日期：2026年3月1日`, `Last updated 1 March 2026`: a line that says from when the text is. */
const isDated = /\d{4}\s?[年./-]\s?\d{1,2}|(?:updated|effective|dated|revised)\b.*\b\d{4}\b/iu;

/** The last line of a list ends its sentence, and what follows is numbered otherwise than it or not at all. */
export function endsList(last: NumberedBlock, next: NumberedBlock): boolean {
  const isSameRow = next.numbering !== null && next.numbering.style === last.numbering?.style;
  return !isSameRow && /[。.！!][”’"'）)]*$/u.test(last.text);
}

function styleOf({ numbering }: NumberedBlock): string {
  if (!numbering) return 'none';
  return numbering.style === 'path' ? `path${numbering.path.length}` : numbering.style;
}
