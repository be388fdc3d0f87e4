import { isIPv6 } from 'node:net';
import { writtenForms } from './written-forms.js';

/** How a field that an operator registered narrows what stands in it: `closed` to an instant, `reference` to the number of an order or the like. */
export type FieldShape = 'open' | 'closed' | 'reference';

/** What may stand between the digits of one number. */
const gap = '[\\s.()/_+-]{0,3}';
const shapes: readonly RegExp[] = [
  /(?<=[^\s@])@[^\s@.]{1,63}\.[^\s@]{2,63}/, // an e-mail address
  /(?<![\w.])[\w.+-]{1,64}[ _]at[ _][\w-]{1,63}?[ _]dot[ _][a-z]{2,20}/i, // one that is spelled out
  new RegExp(`(?<!\\d)(?:\\+?86${gap})?1[3-9]\\d${gap}\\d{4}${gap}\\d{4}(?!\\d)`), // a mobile number
  /(?<!\d)1[3-9]\d([^\dA-Za-z]{1,3})\d{4}\1\d{4}(?!\d)/, // one in its usual groups, with the same signs between, whichever
  /(?<![\dA-Za-z])1([^\dA-Za-z]{1,3})[3-9](?:\1\d){9}(?!\d)/, // one digit by digit
  /(?<!\d)(?:\([2-9]\d{2}\)\s?|[2-9]\d{2}[.-])[2-9]\d{2}[.-]\d{4}(?!\d)/, // a number of North America
  new RegExp(`(?<![\\d:]${gap})(?:\\+?(?:00)?86${gap})?1${gap}[3-9](?:${gap}\\d){9}(?!${gap}\\d)`), // one in other groups
  new RegExp(`(?<![0-9a-z])\\+${gap}\\d(?:${gap}\\d){7,14}(?!${gap}\\d)`, 'i'), // a number in international form
  /(?<!\d)\(?0\d{2,3}[)\s-]{1,2}[2-9]\d{2,3}[\s-]?\d{4}(?!\d)/, // a line of a house
  /(?<![0-9a-f])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![0-9a-f])/i, // a hardware address
  /(?<![0-9a-f])(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}(?![0-9a-f])/i, // the same in groups of four
  /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i, // a UUID
  /-?\d{1,3}\.\d{3,}\s{0,4}[,;]\s{0,4}-?\d{1,3}\.\d{3,}/, // coordinates
  /(?<![\d.])\d{1,3}\.\d{4,}[^\d\n]{1,12}\d{1,3}\.\d{4,}(?![\d.])/, // the same with words or other signs between
  /(?<![0-9A-Z])[2-9CFGHJMPQRVWX]{8}\+[2-9CFGHJMPQRVWX]{2,3}(?![0-9A-Z])/, // an Open Location Code
  /(?:in-addr|ip6)\.arpa/i, // an address turned round
  /\d{1,2}\s?\u00b0\s?\d{1,2}\s?['\u2032]?/, // the same in degrees and minutes
  /(?<![0-9a-z])8[6-9a-f][0-9a-f]{13}(?![0-9a-z])/i, // a small cell of the H3 grid
];

/** Numbers that nothing but their length tells from one of an order. */
const longNumbers: readonly RegExp[] = [
  /(?<!\d)\d{6}[^\dA-Za-z]?\d{8}[^\dA-Za-z]?\d{3}[\dXx](?!\d)/, // an ID number
  new RegExp(`(?<!\\d)00${gap}[1-9](?:${gap}\\d){8,13}(?!\\d)`), // a number in international form with the prefix of a call
  /(?<!\d)0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}(?!\d)/, // a line of a house in one run
  /(?<!\d)\d{14,19}(?!\d)/, // an IMEI, a bank card
  /(?<!\d)(?:\d{4}[\s./_-]{1,2}){3}\d{2,7}(?!\d)/, // a bank card in groups
];

const ipv4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/g;
const ipv6 = /(?<![0-9a-z:])[0-9a-f:]{0,39}:[0-9a-f:]{1,39}(?:(?:\d{1,3}\.){3}\d{1,3})?(?![0-9a-z:])/gi;
const spreadDigits = new RegExp(`(?<!\\d${gap})\\d(?:${gap}\\d){14,18}(?:${gap}[Xx])?(?!${gap}\\d)`, 'g');
/** `osVersion`, `$app_version`, `service.version`. */
const versionName = /(?:Version|(?:^|[$._])version)$/;
const fourShortParts = /^(?=(?:\d\.?){4,6}$)\d+\.\d+\.\d+\.\d+$/;
/** Parts of a version that go before the last two; nearly no address begins with two as small. */
const mostOfVersion = 30;

/**
 * Whether a plain attribute holds what tells a person, a device or a place, in whichever clothes. A field of versions may hold four
 * parts that look like an address as long as they begin like a version; one of references a long number that checks out as none of a person.
 */
export function isIdentifying(name: string, value: unknown, shape: FieldShape = 'open'): boolean {
  if (shape === 'closed') return false;
  if (typeof value === 'number') return Math.abs(value) >= 1e10;
  if (typeof value === 'object' && value !== null) return isAnyIdentifying(name, value);
  if (typeof value !== 'string' || isHarmless(value)) return false;
  const isOfVersion = versionName.test(name);
  if (fourShortParts.test(value)) return hasAddress(value, isOfVersion);
  const forms = writtenForms(value);
  return forms === null || forms.some((form) => tells(form, { isOfVersion, isReference: shape === 'reference' }));
}

/** Each value by itself and with those beside it, over which a number or a place may be spread; in an object also the names. */
function isAnyIdentifying(name: string, held: object): boolean {
  const isList = Array.isArray(held);
  const entries: [string, unknown][] = isList ? held.map((value) => [name, value]) : Object.entries(held);
  if (entries.some(([key, value]) => isIdentifying(key, value) || (!isList && isIdentifying(name, key)))) return true;
  const together = entries
    .filter(([key]) => !versionName.test(key))
    .map(([key, value]) => (isList ? value : `${key} ${value}`));
  return together.length > 1 && isIdentifying(name, together.join(' '));
}

function tells(text: string, { isOfVersion, isReference }: { isOfVersion: boolean; isReference: boolean }): boolean {
  if (shapes.some((shape) => shape.test(text)) || hasPersonalNumber(text)) return true;
  if (!isReference && longNumbers.some((shape) => shape.test(text))) return true;
  return hasAddress(text, isOfVersion);
}

function hasAddress(text: string, isOfVersion: boolean): boolean {
  for (const [address] of text.matchAll(ipv4)) if (!isOfVersion || !beginsLikeVersion(address)) return true;
  for (const [address] of text.matchAll(ipv6)) if (/\d/.test(address) && isIPv6(address)) return true;
  return false;
}

function beginsLikeVersion(text: string): boolean {
  return text
    .split('.')
    .slice(0, 2)
    .every((part) => Number(part) < mostOfVersion);
}

/** A number that checks out as a resident's, a bank card's or a telephone's, whatever stands between its digits. */
function hasPersonalNumber(text: string): boolean {
  for (const [run] of text.matchAll(spreadDigits)) {
    const number = run.replace(/[^\dXx]/g, '').toUpperCase();
    if (isResidentNumber(number) || (isOfCardOrTelephone(number) && hasLuhnDigit(number))) return true;
  }
  return false;
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643: a day of birth, and the check character of ISO 7064 MOD 11-2. */
function isResidentNumber(number: string): boolean {
  if (!/^\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(number)) return false;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return '10X98765432'[sum % 11] === number[17];
}

/** ISO/IEC 7812 of the networks that issue here and abroad; 3GPP TS 23.003 §6.2 of telephones. */
function isOfCardOrTelephone(number: string): boolean {
  return /^(?:62|4|5[1-5]|35|36|3[47]|60|65|81)\d{13,17}$/.test(number) || /^(?:01|35|86|99)\d{13}$/.test(number);
}

function hasLuhnDigit(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

const longestHarmless = 64;
const letter = 0;
const digit = 1;
const capital = 2;
const dot = 3;
const hyphen = 4;
const space = 5;
const sign = 6;
const other = 7;
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\d/.test(character)) return digit;
  if (/[A-Z]/.test(character)) return capital;
  if (character === '.') return dot;
  if (character === '-') return hyphen;
  if (/[a-z]/.test(character)) return letter;
  if (character === ' ') return space;
  return /[_/]/.test(character) ? sign : other;
});

/** What most codes, names and versions are, told in one pass: too few digits and signs to be anything, in any clothes. */
function isHarmless(text: string): boolean {
  const { length } = text;
  if (length > longestHarmless) return false;
  let digits = 0;
  let together = 0;
  let dots = 0;
  let hyphens = 0;
  let capitals = 0;
  let word = 0;
  let longest = 0;
  for (let index = 0; index < length; index += 1) {
    const kind = kinds[text.charCodeAt(index)] ?? other;
    if (kind === other) return false;
    word = kind === dot || kind === space ? 0 : word + 1;
    if (word > longest) longest = word;
    if (kind === digit) {
      digits += 1;
      together += 1;
      if (together >= 7) return false;
    } else if (kind === letter) together = 0;
    else if (kind === capital) {
      capitals += 1;
      together = 0;
    } else if (kind === dot) dots += 1;
    else if (kind === hyphen) hyphens += 1;
  }
  if (digits >= 10 || hyphens >= 4 || (dots >= 3 && digits >= 4) || (dots >= 2 && length >= 14)) return false;
  if (longest >= 12 && (capitals > 0 || (digits >= 2 && longest >= 14))) return false;
  return length < 12 || !/[ _]at[ _]/i.test(text);
}
