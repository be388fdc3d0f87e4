import { SealedStore } from '../session/sealed-store.js';

export interface SavedView {
  readonly name: string;
  /** The query string of the list. */
  readonly address: string;
}

const storeOf = (owner: string) => new SealedStore(localStorage, 'views', owner);

/** The views that an operator named on a list, which only their own session reads. */
export async function readSavedViews(owner: string, list: string): Promise<readonly SavedView[]> {
  await sealFormer(owner);
  const kept = await storeOf(owner).find(list);
  return Array.isArray(kept) ? kept.filter(isSavedView) : [];
}

export async function writeSavedViews(owner: string, list: string, views: readonly SavedView[]): Promise<void> {
  await storeOf(owner).keep(list, views);
}

/** Seals what earlier versions kept for everybody to read. */
async function sealFormer(owner: string): Promise<void> {
  const prefix = `abide.views.${owner}.`;
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(prefix))) {
    const views = parsed(localStorage.getItem(name) ?? '');
    localStorage.removeItem(name);
    await storeOf(owner).keep(name.slice(prefix.length), views);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isSavedView(value: unknown): value is SavedView {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'address' in value &&
    typeof value.address === 'string'
  );
}
