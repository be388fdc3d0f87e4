import type { TextBlock } from '../document.js';
import { tidiedLines } from '../tidy/tidied.js';
import type { Remarks } from './remarks.js';

/** The lines of a document without the defects of text that was copied into it from elsewhere. */
export function tidiedBlocks(blocks: readonly TextBlock[], remarks: Remarks): TextBlock[] {
  const { lines, repairs } = tidiedLines(blocks.map(({ text }) => text));
  remarks.add('repairedText', repairs);
  return blocks.flatMap((block, index) => {
    const text = lines[index] ?? '';
    return text === '' ? [] : [{ ...block, text }];
  });
}
