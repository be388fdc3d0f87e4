import { domainToASCII } from 'node:url';
import { DomainError } from '@abide/kernel';
import type { Channel } from '@abide/platform';
import type { IdentifierType } from '@abide/vault';

/** A phone number or e-mail address in the one form it is kept in. */
export interface Identifier {
  readonly type: IdentifierType;
  readonly value: string;
}

const homeCountryCode = '86';
const longestEmail = 254;

/**
 * The normal form: a phone number in E.164, an e-mail address in lower case with its domain in ASCII.
 * @throws DomainError `identifier.bad_phone` or `identifier.bad_email`, pointing at `pointer`.
 */
export function normaliseIdentifier({ type, value }: Identifier, pointer = '/identifier/value'): Identifier {
  const normal = type === 'phone' ? normalPhone(value) : normalEmail(value);
  if (normal === null) {
    const code = type === 'phone' ? 'identifier.bad_phone' : 'identifier.bad_email';
    throw new DomainError('invalid', code, { detail: 'This cannot be reached. Nothing was stored.', errors: [{ pointer, code, message: `Not a ${type} we can reach.` }] });
  }
  return { type, value: normal };
}

/** The channel that reaches an identifier. */
export function channelOf(type: IdentifierType): Channel {
  return type === 'phone' ? 'sms' : 'email';
}

/** ITU-T E.164: `+`, country code, at most 15 digits. Eleven digits starting with 1 are a number of mainland China. */
function normalPhone(text: string): string | null {
  const compact = text.normalize('NFKC').replaceAll(/[\s().-]/g, '').replace(/^00/, '+');
  const full = /^1\d{10}$/.test(compact) ? `+${homeCountryCode}${compact}` : compact;
  return /^\+[1-9]\d{6,14}$/.test(full) ? full : null;
}

function normalEmail(text: string): string | null {
  const compact = text.normalize('NFKC').trim().toLowerCase();
  const [, local, domain = ''] = /^([^\s@<>",;:\\[\]()]+)@([^\s@]+)$/.exec(compact) ?? [];
  const ascii = domainToASCII(domain);
  const isHost = /^([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z\d-]{2,}$/.test(ascii);
  if (!local || local.length > 64 || !isHost || /^\.|\.$|\.\./.test(local)) return null;
  const whole = `${local}@${ascii}`;
  return whole.length <= longestEmail ? whole : null;
}
