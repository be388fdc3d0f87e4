import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long one request may work before others are answered in between, in milliseconds; and after how many items the clock is read. */
const longestAtOnce = 15;
const itemsBetweenLooks = 8;

/**
 * What `work` makes of each item, in their order. Whatever takes long lets others be answered in between; `between` is
 * how many items go by before the clock is read, 1 where a single one may take long.
 */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Result,
  between = itemsBetweenLooks,
): Promise<Result[]> {
  const results: Result[] = [];
  let since = performance.now();
  for (const [index, item] of items.entries()) {
    results.push(work(item, index));
    if (index % between !== 0 || performance.now() - since <= longestAtOnce) continue;
    await nextTurn();
    since = performance.now();
  }
  return results;
}
