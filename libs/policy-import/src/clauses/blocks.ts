import type { TextBlock } from '../document.js';
import { numberingOf, type Numbering } from './numbering.js';

/** A line of a document with its number taken apart. */
export interface NumberedBlock extends TextBlock {
  /** The style of its number and its place; null where it has none or a bullet. */
  readonly numbering: Numbering | null;
  readonly isBullet: boolean;
}

/** The lines of a plain text, one for each that is not blank, their numbers taken off. */
export function blocksOfText(text: string): TextBlock[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(blockOfLine);
}

function blockOfLine(line: string): TextBlock {
  if (/^\|.*\|$/.test(line)) return { kind: 'tableRow', level: 0, number: null, text: line.slice(1, -1).trim() };
  const numbering = numberingOf(line);
  if (numbering?.style === 'bullet') return { kind: 'listItem', level: 1, number: null, text: numbering.rest };
  if (numbering) return { kind: 'paragraph', level: 0, number: numbering.written, text: numbering.rest };
  return { kind: 'paragraph', level: 0, number: null, text: line };
}

/** The blocks that say something, each with its number, whether the reader of the document took it off or not. */
export function numbered(blocks: readonly TextBlock[]): NumberedBlock[] {
  return blocks
    .filter(({ text }) => text.trim() !== '')
    .map((block) => {
      if (block.kind === 'tableRow') return { ...block, numbering: null, isBullet: false };
      const given = block.number === null ? null : numberingOf(`${block.number} ${block.text}`);
      const numbering = given ?? numberingOf(block.text);
      if (!numbering) return { ...block, numbering: null, isBullet: block.kind === 'listItem' };
      const isBullet = numbering.style === 'bullet';
      return {
        ...block,
        text: numbering.rest.trim(),
        number: isBullet ? null : numbering.written,
        numbering: isBullet ? null : numbering,
        isBullet: isBullet || block.kind === 'listItem',
      };
    });
}

/** Columns of a line: a Chinese character takes two. */
export function widthOf(text: string): number {
  return text.length + (text.match(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/gu)?.length ?? 0);
}

export const endsSentence = /[。！；;：:!…，,、][”’"'）)】\]》]*$|\.[”’"')\]]*$/u;
export const leadsIn = /[：:][”’"'）)]*$/u;
