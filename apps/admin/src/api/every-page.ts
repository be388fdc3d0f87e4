import type { List } from './types.js';

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string;
}

/** What every cached answer about the registries is filed under, whichever page asked for it. */
export const registriesKey = ['registries'] as const;

/** The whole of a short list, page after page. */
export async function everyPage<Item>(load: (query: PageQuery) => Promise<List<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await load({ limit: 100, ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return items;
}
