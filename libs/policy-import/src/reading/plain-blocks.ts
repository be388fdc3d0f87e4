import type { TextBlock } from '../document.js';
import type { Remarks } from './remarks.js';

/** The lines of a plain text, each a paragraph. */
export function plainBlocks(text: string, _remarks: Remarks): TextBlock[] {
  return text
    .split(/[\n\r\f\u2028\u2029]+/)
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .map((line) => ({ kind: 'paragraph', level: 0, number: null, text: line }));
}
