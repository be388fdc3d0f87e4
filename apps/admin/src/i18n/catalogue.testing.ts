import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '../api/types.js';

const source = join(import.meta.dirname, '..');
const places = ['i18n/', 'features/*/texts/', 'features/*/texts/pages.'];

export type Catalogue = { [key: string]: string | Catalogue };

/** The whole catalogue of a language, laid together as the console does; throws when two features give the same text. */
export async function catalogueOf(language: Locale): Promise<Catalogue> {
  const catalogue: Catalogue = {};
  const files = globSync(
    places.map((place) => `${place}${language}.ts`),
    { cwd: source },
  );
  for (const file of files) lay((await import(join(source, file))) as Catalogue, catalogue);
  return catalogue;
}

function lay(texts: Catalogue, over: Catalogue): void {
  for (const [key, value] of Object.entries(texts)) {
    const present = over[key];
    if (present === undefined) over[key] = typeof value === 'string' ? value : structuredClone(value);
    else if (typeof value === 'string' || typeof present === 'string') throw new Error(`"${key}" is given twice.`);
    else lay(value, present);
  }
}
