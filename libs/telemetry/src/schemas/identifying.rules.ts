import { isIPv6 } from 'node:net';

/** Worth a closer look: most codes, names and versions are not. */
const suspicious = /[@:]|\d{7}|\d\.\d+\.\d|\+\d|-[0-9a-f]{4}-|\d,/i;

const shapes: readonly RegExp[] = [
  /[^\s@]+@[^\s@]+\.[^\s@]{2,}/, // an e-mail address
  /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/, // a mobile number
  /\+\d[\d -]{6,}\d/, // a number in international form
  /(?<!\d)\d{14,19}[Xx]?(?!\d)/, // an ID number, an IMEI, a bank card
  /(?<![0-9a-f])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![0-9a-f])/i, // a hardware address
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i, // a UUID
  /-?\d{1,3}\.\d{3,}\s*,\s*-?\d{1,3}\.\d{3,}/, // coordinates
];

const ipv4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/;

/** Whether a plain attribute holds what tells a person, a device or a place: versions may look like an address. */
export function isIdentifying(name: string, value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) >= 1e10;
  if (typeof value !== 'string' || !suspicious.test(value)) return false;
  if (shapes.some((shape) => shape.test(value)) || isIPv6(value)) return true;
  return !name.endsWith('Version') && ipv4.test(value);
}
