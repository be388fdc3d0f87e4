import { isIPv6 } from 'node:net';

/** Worth a closer look: most codes, names and versions are not. */
const suspicious = /[@:,]|(?:\d[ .-]?){7}|\d\.\d+\.\d|\+\d|[0-9a-f]{2}[.-][0-9a-f]{2}|[0-9a-f]{32}/i;

const shapes: readonly RegExp[] = [
  /[^\s@]{1,64}@[^\s@.]{1,63}\.[^\s@]{2,63}/, // an e-mail address
  /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/, // a mobile number
  /\+\d[\d -]{6,}\d/, // a number in international form
  /(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?!\d)/, // an ID number
  /(?<!\d)\d{14,19}(?!\d)/, // an IMEI, a bank card
  /(?<!\d)(?:\d{4}[ -]){3}\d{2,7}(?!\d)/, // a bank card in groups
  /(?<![0-9a-f])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![0-9a-f])/i, // a hardware address
  /(?<![0-9a-f])(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}(?![0-9a-f])/i, // the same in groups of four
  /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i, // a UUID
  /-?\d{1,3}\.\d{3,}\s{0,4},\s{0,4}-?\d{1,3}\.\d{3,}/, // coordinates
];

const ipv4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/;

/** Whether a plain attribute holds what tells a person, a device or a place, in whichever width it is written: versions may look like an address. */
export function isIdentifying(name: string, value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) >= 1e10;
  if (typeof value !== 'string') return false;
  const text = isPlainAscii(value) ? value : value.normalize('NFKC');
  if (!suspicious.test(text)) return false;
  if (shapes.some((shape) => shape.test(text)) || isIPv6(text)) return true;
  return !name.endsWith('Version') && ipv4.test(text);
}

function isPlainAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}
