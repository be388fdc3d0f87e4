export interface SavedView {
  readonly name: string;
  /** The query string of the list. */
  readonly address: string;
}

const keyOf = (owner: string, list: string) => `abide.views.${owner}.${list}`;

export function readSavedViews(owner: string, list: string): readonly SavedView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(owner, list)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isSavedView) : [];
  } catch {
    return [];
  }
}

export function writeSavedViews(owner: string, list: string, views: readonly SavedView[]): void {
  localStorage.setItem(keyOf(owner, list), JSON.stringify(views));
}

function isSavedView(value: unknown): value is SavedView {
  return typeof value === 'object' && value !== null && 'name' in value && 'address' in value && typeof value.address === 'string';
}
