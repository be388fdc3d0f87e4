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

/** What one field holds, as it is told. */
interface Part {
  readonly value: unknown;
  /** Undefined for what JSON leaves out. */
  readonly json: string | undefined;
  readonly isRedacted: boolean;
}

/** Puts what is held of one person into JSON, without what identifies others: that is masked wherever it stands, however deep. */
export class OthersData {
  /** The objects of the last record by name: many records have one and the same, such as the ground that they were collected on. */
  private readonly last = new Map<string, Part>();
  private readonly names = new Map<string, string>();

  /** `own`: what identifies the person themselves, in `comparable` form. */
  constructor(private readonly own: ReadonlySet<string>) {}

  leftOutOf(values: Readonly<Record<string, unknown>>): Redacted {
    let json = '';
    let isRedacted = false;
    for (const name in values) {
      const part = this.partOf(name, values[name]);
      if (part.json === undefined) continue;
      json += `${json === '' ? '{' : ','}${this.nameOf(name)}:${part.json}`;
      isRedacted ||= part.isRedacted;
    }
    return { json: json === '' ? '{}' : `${json}}`, isRedacted };
  }

  private nameOf(field: string): string {
    const known = this.names.get(field);
    if (known !== undefined) return known;
    const name = JSON.stringify(field);
    this.names.set(field, name);
    return name;
  }

  private partOf(name: string, value: unknown): Part {
    if (!isObject(value)) return this.partWith(value);
    const last = this.last.get(name);
    if (last?.value === value) return last;
    const part = this.partWith(value);
    this.last.set(name, part);
    return part;
  }

  private partWith(value: unknown): Part {
    const json = jsonOf(value);
    const hasText = typeof value === 'string' || isObject(value);
    if (!hasText || json === undefined || !suspicious.test(json)) return { value, json, isRedacted: false };
    const { masked, isRedacted } = this.masked(value);
    return { value, json: isRedacted ? JSON.stringify(masked) : json, isRedacted };
  }

  private masked(value: unknown): { masked: unknown; isRedacted: boolean } {
    let isRedacted = false;
    const mask = (text: string): string =>
      patterns.reduce(
        (left, { type, found }) =>
          left.replace(found, (match) => {
            if (this.own.has(comparable(match))) return match;
            isRedacted = true;
            return type === 'idNumber' ? `${match.slice(0, 3)}****${match.slice(-2)}` : maskIdentifier(type, match);
          }),
        text,
      );
    const visit = (one: unknown): unknown => {
      if (typeof one === 'string') return mask(one);
      if (Array.isArray(one)) return one.map(visit);
      if (!isObject(one)) return one;
      return Object.fromEntries(Object.entries(one).map(([name, part]) => [name, visit(part)]));
    };
    return { masked: visit(value), isRedacted };
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}

function jsonOf(value: unknown): string | undefined {
  const isDate = value instanceof Date && !Number.isNaN(value.getTime());
  return isDate ? `"${value.toISOString()}"` : (JSON.stringify(value) as string | undefined);
}

/** One form for however an identifier is written. */
export function comparable(identifier: string): string {
  const plain = identifier.normalize('NFKC').toLowerCase();
  return plain.includes('@') ? plain : plain.replaceAll(/[ -]/g, '').replace(/^\+?86(?=1[3-9]\d{9}$)/, '');
}
