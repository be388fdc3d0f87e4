import { maskIdentifier } from '@abide/identity';

/** Addresses, mobile numbers and numbers of identity cards, where they stand by themselves. */
const patterns = [
  { type: 'email', found: /[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g },
  { type: 'phone', found: /(?<![\w.-])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\w-])/g },
  { type: 'idNumber', found: /(?<![\w.-])[1-9]\d{16}[\dXx](?![\w-])/g },
] as const;

/** Whatever is to be masked has one of these in its JSON; most of what is held has none. */
const suspicious = /@|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|\d{17}[\dXx]/;

export interface Redacted {
  /** The values. */
  readonly json: string;
  /** Something in them was masked. */
  readonly isRedacted: boolean;
}

/** What is held of one person, as JSON, without what identifies another: masked wherever it stands, however deep. `own`: what identifies the person themselves, in `comparable` form. */
export function withoutOthers(values: Readonly<Record<string, unknown>>, own: ReadonlySet<string>): Redacted {
  const json = JSON.stringify(values);
  if (!suspicious.test(json)) return { json, isRedacted: false };
  let isRedacted = false;
  const mask = (text: string): string =>
    patterns.reduce(
      (left, { type, found }) =>
        left.replace(found, (match) => {
          if (own.has(comparable(match))) return match;
          isRedacted = true;
          return type === 'idNumber' ? `${match.slice(0, 3)}****${match.slice(-2)}` : maskIdentifier(type, match);
        }),
      text,
    );
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return mask(value);
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null || value instanceof Date) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, visit(part)]));
  };
  const masked = visit(values);
  return isRedacted ? { json: JSON.stringify(masked), isRedacted } : { json, isRedacted };
}

/** One form for however an identifier is written. */
export function comparable(identifier: string): string {
  const plain = identifier.normalize('NFKC').toLowerCase();
  return plain.includes('@') ? plain : plain.replaceAll(/[ -]/g, '').replace(/^\+?86(?=1[3-9]\d{9}$)/, '');
}
