let shown: readonly string[] = [];

/** The queue as it was shown last, so that the pages of its requests lead on to the next one; in this tab's memory alone. */
export function rememberOrder(ids: readonly string[]): void {
  shown = ids;
}

/** The request that stood so many lines after this one, or null. */
export function neighbourOf(id: string, by: 1 | -1): string | null {
  const at = shown.indexOf(id);
  return at === -1 ? null : (shown[at + by] ?? null);
}
