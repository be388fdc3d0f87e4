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
  const taken = new Set<string>();
  const ids: string[] = [];
  const above: { readonly depth: number; readonly id: string }[] = [];
  for (const [index, part] of parts.entries()) {
    while ((above.at(-1)?.depth ?? 0) >= part.depth) above.pop();
    const parent = above.at(-1)?.id ?? null;
    const siblings = siblingsBefore(parts, index);
    const own = ownNumber(part, parent) ?? unnumbered({ parts, index, parent, siblings, ids });
    const id = unique(own, taken);
    taken.add(id);
    ids.push(id);
    above.push({ depth: part.depth, id });
  }
  return parts.map((part, index) => ({ id: ids[index] ?? String(index + 1), part }));
}

function ownNumber({ heading }: Part, parent: string | null): string | null {
  const path = heading?.numbering?.path ?? [];
  if (path.length === 0) return null;
  const written = path.join('.');
  if (parent === null || (path.length > 1 && written.startsWith(`${parent}.`))) return written;
  return `${parent}.${path.at(-1)}`;
}

function unnumbered(given: {
  readonly parts: readonly Part[];
  readonly index: number;
  readonly parent: string | null;
  readonly siblings: readonly number[];
  readonly ids: readonly string[];
}): string {
  const { parts, index, parent, siblings, ids } = given;
  const prefix = parent === null ? '' : `${parent}.`;
  if (![...siblings, ...siblingsAfter(parts, index)].some((at) => parts[at]?.heading?.numbering)) {
    return `${prefix}${siblings.length + 1}`;
  }
  const before = siblings.findLast((at) => parts[at]?.heading?.numbering);
  if (before === undefined) return `${prefix}0`;
  return `${ids[before] ?? prefix}a`;
}

function siblingsBefore(parts: readonly Part[], index: number): number[] {
  const depth = parts[index]?.depth ?? 1;
  const found: number[] = [];
  for (let at = index - 1; at >= 0 && (parts[at]?.depth ?? 0) >= depth; at -= 1)
    if (parts[at]?.depth === depth) found.unshift(at);
  return found;
}

function siblingsAfter(parts: readonly Part[], index: number): number[] {
  const depth = parts[index]?.depth ?? 1;
  const found: number[] = [];
  for (let at = index + 1; at < parts.length && (parts[at]?.depth ?? 0) >= depth; at += 1)
    if (parts[at]?.depth === depth) found.push(at);
  return found;
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
