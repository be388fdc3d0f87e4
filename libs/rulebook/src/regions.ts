import { iso31661 } from 'iso-3166';

const countries: ReadonlySet<string> = new Set(iso31661.map(({ alpha2 }) => alpha2));

/**
 * Whether a code names a country by ISO 3166-1 alpha-2, or a part of one (`CN-44`). Parts are taken in any numbering: platforms write
 * those of ISO 3166-2 as well as those of GB/T 2260.
 */
export function isRegion(code: string): boolean {
  return /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/.test(code) && countries.has(code.slice(0, 2));
}
