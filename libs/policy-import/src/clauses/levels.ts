import type { ImportedParagraph } from '../document.js';
import { leadsIn, type NumberedBlock } from './blocks.js';
import { endsList } from './headings.js';

/** What a line stands under: a line that leads into a list. */
interface Lead {
  readonly style: string | null;
}

/**
 * The lines of a clause with how deeply each stands under others. Where the document nests lists, as it does; in running
 * text a line that ends in a colon, or names what follows and ends in a semicolon, leads into a list, which ends with the
 * line that ends its sentence, or where numbers go on that stood before it; or into a table, and nothing after it.
 */
export function paragraphsOfBlocks(blocks: readonly NumberedBlock[]): ImportedParagraph[] {
  const leads: Lead[] = [];
  let given = 0;
  return blocks.map((block, index) => {
    const before = blocks[index - 1];
    if (before && !leadsIntoList(before.text) && endsList(before, block)) leads.pop();
    if (block.kind === 'tableRow') {
      // A table is all that the line above it leads into.
      if (before && before.kind !== 'tableRow' && leadsIntoList(before.text)) leads.pop();
      return { text: block.text, level: 0, isRow: true };
    }
    const text = withNumber(block);
    if (block.kind === 'listItem') {
      given = Math.max(1, block.level);
      return { text, level: leads.length > 0 ? Math.max(given, leads.length) : given, isRow: false };
    }
    const style = block.numbering?.style ?? null;
    const known = style === null ? -1 : leads.findIndex((lead) => lead.style === style);
    if (known >= 0) leads.length = known;
    const level = leads.length;
    if (leadsIntoList(block.text)) leads.push({ style });
    return { text, level, isRow: false };
  });
}

const namesWhatFollows = /(?:如下|下列|以下|包括)[^。：:]{0,12}[：:][^。]*[；;]$/u;

function leadsIntoList(text: string): boolean {
  return leadsIn.test(text) || namesWhatFollows.test(text);
}

/** The number as the document writes it, before its line. */
function withNumber({ number, text }: NumberedBlock): string {
  if (number === null) return text;
  return /[\p{Script=Han}、。）．]$/u.test(number) ? number + text : `${number} ${text}`;
}
