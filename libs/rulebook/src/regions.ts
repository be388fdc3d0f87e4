import { regionCodes } from './region-codes.js';

const subdivisions: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  regionCodes
    .trim()
    .split('\n')
    .map((line) => {
      const [country = '', ...codes] = line.split(' ');
      return [country, new Set(codes)];
    }),
);

/** China's provinces by the digits of GB/T 2260, which ISO 3166-2 used until 2017 and Chinese systems still do: `CN-44`. */
const provincesInDigits = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 91 92'.split(
    ' ',
  ),
);

/** What people write for what ISO 3166 calls otherwise; a union is written as its countries. */
const meant: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR', EU: 'DE, FR, IT' };

/** Whether ISO 3166 knows the country (`CN`) or the subdivision (`CN-11`). */
export function isRegion(code: string): boolean {
  const [country = '', subdivision] = code.split('-');
  const known = subdivisions.get(country);
  if (known === undefined || subdivision === undefined) return known !== undefined;
  return known.has(subdivision) || (country === 'CN' && provincesInDigits.has(subdivision));
}

/** What to write instead of a code that is none: what was probably meant, else the country, else an example. */
export function regionInstead(code: string): string {
  const [country = ''] = code.split('-');
  const right = meant[country] ?? country;
  return meant[country] !== undefined || subdivisions.has(right) ? right : 'CN, CN-44';
}
