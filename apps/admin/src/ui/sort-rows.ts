import type { ListState } from './list-state.js';

interface Sortable<Row> {
  readonly key: string;
  readonly sortBy?: (row: Row) => string | number;
}

/** Orders rows by the column the address names: numbers by size, texts as a Chinese reader expects (pinyin), ties as sent. */
export function sortedRows<Row>(
  rows: readonly Row[],
  columns: readonly Sortable<Row>[],
  sort: ListState['sort'],
): readonly Row[] {
  const sortBy = columns.find(({ key }) => key === sort?.key)?.sortBy;
  if (!sort || !sortBy) return rows;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => sign * compare(sortBy(a), sortBy(b)));
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'zh-CN', { numeric: true });
}
