import { domainToASCII } from 'node:url';
import { DomainError, hiddenCharacterIn } from '@abide/kernel';
import type { Channel } from '@abide/platform';
import type { IdentifierType } from '@abide/vault';
import { parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js';

/** A phone number or e-mail address in the one form it is kept in. */
export interface Identifier {
  readonly type: IdentifierType;
  readonly value: string;
}

const homeCountry = 'CN';
const longestEmail = 254;

/**
 * The normal form: a phone number in E.164, an e-mail address in lower case with its domain in ASCII.
 * @throws DomainError `identifier.bad_phone` or `identifier.bad_email`, pointing at `pointer`.
 */
export function normaliseIdentifier({ type, value }: Identifier, pointer = '/identifier/value'): Identifier {
  const normal = type === 'phone' ? normalPhone(value) : normalEmail(value);
  if (normal === null) {
    const code = type === 'phone' ? 'identifier.bad_phone' : 'identifier.bad_email';
    throw new DomainError('invalid', code, {
      detail: 'This cannot be reached. Nothing was stored.',
      errors: [{ pointer, code, message: `Not a ${type} we can reach.` }],
    });
  }
  return { type, value: normal };
}

/**
 * The normal form of what somebody types to be found by; of what has none, the form in which an earlier version would have kept it.
 * @throws DomainError as `normaliseIdentifier`.
 */
export function identifierToFind(typed: Identifier, pointer?: string): Identifier {
  const former = typed.type === 'phone' && normalPhone(typed.value) === null ? formerPhone(typed.value) : null;
  return former === null ? normaliseIdentifier(typed, pointer) : { type: typed.type, value: former };
}

/** The channel that reaches an identifier. */
export function channelOf(type: IdentifierType): Channel {
  return type === 'phone' ? 'sms' : 'email';
}

/** ITU-T E.164, as the numbering plan of its country writes it; without a country code it is one of mainland China. */
function normalPhone(text: string): string | null {
  return phoneNumber(text)?.number ?? null;
}

/** Marks that come along when a number is copied say nothing; letters make it something else, and an extension cannot be sent to. */
function phoneNumber(text: string): PhoneNumber | null {
  const visible = text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .trim();
  if (!/^[+\d\s().\-‐-―−/]+$/.test(visible)) return null;
  const number = parsePhoneNumberFromString(visible, homeCountry);
  const isOne =
    number?.isPossible() &&
    number.ext === undefined &&
    parsePhoneNumberFromString(number.number)?.number === number.number;
  return number && isOne ? number : null;
}

/** Other forms in which earlier versions kept the same number: with the prefix that is dialled inside its country. */
export function formerForms({ type, value }: Identifier): string[] {
  const number = type === 'phone' ? phoneNumber(value) : null;
  if (!number) return [];
  return ['0', '1', '8']
    .map((prefix) => `+${number.countryCallingCode}${prefix}${number.nationalNumber}`)
    .filter((form) => normalPhone(form) === number.number);
}

/** As phone numbers were once kept: eleven digits starting with 1 as of mainland China, everything else by its digits alone. */
function formerPhone(text: string): string | null {
  const compact = text
    .normalize('NFKC')
    .replaceAll(/[\s().-]/g, '')
    .replace(/^00/, '+');
  const full = /^1\d{10}$/.test(compact) ? `+86${compact}` : compact;
  return /^\+[1-9]\d{6,14}$/.test(full) ? full : null;
}

function normalEmail(text: string): string | null {
  if (/[\p{Cf}\p{Cc}]/u.test(text.trim()) || hiddenCharacterIn(text) !== null) return null;
  const compact = text.normalize('NFKC').trim().toLowerCase();
  const [, local, domain = ''] = /^([^\s@<>",;:\\[\]()]+)@([^\s@]+)$/.exec(compact) ?? [];
  const ascii = domainToASCII(domain);
  const isHost = /^([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z\d-]{2,}$/.test(ascii);
  if (!local || local.length > 64 || !isHost || /^\.|\.$|\.\./.test(local)) return null;
  const whole = `${local}@${ascii}`;
  return whole.length <= longestEmail ? whole : null;
}
