import { blocksOfText } from '../clauses/blocks.js';
import type { TextBlock } from '../document.js';
import { tidied } from '../tidy/tidied.js';
import type { Remarks } from './remarks.js';

/** The lines of a plain text as it was before it came out of a PDF or a mail. */
export function plainBlocks(text: string, remarks: Remarks): TextBlock[] {
  const { text: mended, repairs } = tidied(text);
  remarks.add('repairedText', repairs);
  return blocksOfText(mended);
}
