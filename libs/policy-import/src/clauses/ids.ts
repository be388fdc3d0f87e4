import type { NumberedBlock } from './blocks.js';

/** A clause before it has an id: its heading, if the document has one, and the lines under it. */
export interface Part {
  readonly heading: NumberedBlock | null;
  /** How deeply it stands among the headings, from 1. */
  readonly depth: number;
  readonly blocks: readonly NumberedBlock[];
}

export interface NamedPart {
  readonly id: string;
  readonly part: Part;
}

/**
 * Ids as the document numbers its headings (`2`, `2.1`, `第三条` is `3`), where it numbers none as they follow each other.
 * Among numbered ones, what has no number is named after the one before it: `0`, `3a`. The same document has the same ids.
 */
export function withIds(parts: readonly Part[]): NamedPart[] {
  const families = familiesOf(parts);
  const taken = new Set<string>();
  const above: { readonly depth: number; readonly id: string }[] = [];
  return parts.map((part, index) => {
    while ((above.at(-1)?.depth ?? 0) >= part.depth) above.pop();
    const parent = above.at(-1)?.id ?? null;
    const family = families[index] ?? { isNumbered: false, count: 0, last: null };
    family.count += 1;
    const own = ownNumber(part, parent);
    const id = unique(own ?? unnumbered(family, parent), taken);
    if (own !== null) family.last = id;
    taken.add(id);
    above.push({ depth: part.depth, id });
    return { id, part };
  });
}

/** Parts that stand beside each other under the same one. */
interface Family {
  /** Whether any of them has a number. */
  isNumbered: boolean;
  /** How many have been named. */
  count: number;
  /** The id of the last numbered one. */
  last: string | null;
}

function familiesOf(parts: readonly Part[]): Family[] {
  const open: { readonly depth: number; readonly family: Family }[] = [];
  return parts.map((part) => {
    while ((open.at(-1)?.depth ?? 0) > part.depth) open.pop();
    if (open.at(-1)?.depth !== part.depth) {
      open.push({ depth: part.depth, family: { isNumbered: false, count: 0, last: null } });
    }
    const family = open.at(-1)?.family ?? { isNumbered: false, count: 0, last: null };
    if ((part.heading?.numbering?.path.length ?? 0) > 0) family.isNumbered = true;
    return family;
  });
}

function ownNumber({ heading }: Part, parent: string | null): string | null {
  const path = heading?.numbering?.path ?? [];
  if (path.length === 0) return null;
  const written = path.join('.');
  if (parent === null || (path.length > 1 && written.startsWith(`${parent}.`))) return written;
  return `${parent}.${path.at(-1)}`;
}

function unnumbered({ isNumbered, count, last }: Family, parent: string | null): string {
  const prefix = parent === null ? '' : `${parent}.`;
  if (!isNumbered) return `${prefix}${count}`;
  return last === null ? `${prefix}0` : `${last}a`;
}

function unique(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  const [stem = id, letter = ''] = /^(.*?\d)([a-z]?)$/.exec(id)?.slice(1) ?? [id];
  for (let code = letter === '' ? 97 : letter.charCodeAt(0) + 1; code < 123; code += 1) {
    const next = stem + String.fromCharCode(code);
    if (!taken.has(next)) return next;
  }
  let count = 2;
  while (taken.has(`${id}-${count}`)) count += 1;
  return `${id}-${count}`;
}
