/** What the address of a list says: its filters, its order and where in the pages it stands. */
export interface ListState {
  readonly filters: Readonly<Record<string, string>>;
  readonly sort: { readonly key: string; readonly direction: 'ascending' | 'descending' } | null;
  readonly cursor: string | null;
  readonly hidden: readonly string[];
}

const ownNames = new Set(['sort', 'cursor', 'hide', 'tab']);

/** Reads the state of a list out of the address; only the filters the list knows count. */
export function readListState(search: URLSearchParams, knownFilters: readonly string[]): ListState {
  const filters = Object.fromEntries(
    knownFilters.flatMap((name) => {
      const value = search.get(name)?.trim();
      return value && !ownNames.has(name) ? [[name, value]] : [];
    }),
  );
  const sort = search.get('sort');
  return {
    filters,
    sort: sort ? { key: sort.replace(/^-/, ''), direction: sort.startsWith('-') ? 'descending' : 'ascending' } : null,
    cursor: search.get('cursor'),
    hidden: search.get('hide')?.split(',').filter(Boolean) ?? [],
  };
}

/** The address with one filter set or, by an empty value, lifted; another question starts at its first page. */
export function withFilter(search: URLSearchParams, name: string, value: string | undefined): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete('cursor');
  if (value?.trim()) next.set(name, value.trim());
  else next.delete(name);
  return next;
}

/** A head clicked in turn: ascending, descending, as the server sends it. */
export function withNextSort(search: URLSearchParams, key: string): URLSearchParams {
  const next = new URLSearchParams(search);
  const present = search.get('sort');
  if (present === key) next.set('sort', `-${key}`);
  else if (present === `-${key}`) next.delete('sort');
  else next.set('sort', key);
  return next;
}

export function withCursor(search: URLSearchParams, cursor: string | null): URLSearchParams {
  const next = new URLSearchParams(search);
  if (cursor) next.set('cursor', cursor);
  else next.delete('cursor');
  return next;
}

export function withHidden(search: URLSearchParams, hidden: readonly string[]): URLSearchParams {
  const next = new URLSearchParams(search);
  if (hidden.length > 0) next.set('hide', hidden.join(','));
  else next.delete('hide');
  return next;
}
