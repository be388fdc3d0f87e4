import { isIP } from 'node:net';

type Values = Readonly<Record<string, unknown>>;

/** The parts of an event that are stored in plain and sealed. */
export interface EventParts {
  readonly attributes: Values;
  readonly personal: Values;
}

const placeAndTime = ['takenAt', 'latitude', 'longitude', 'placeName'];

/**
 * What a clause leaves of an event that it lets in truncated: of a network address its network alone, in plain (/24 of IPv4, /48 of
 * IPv6), and of content nothing of where and when it was made.
 */
export function truncated({ attributes, personal }: EventParts): EventParts {
  const { ip, ...rest } = personal;
  const kept = Object.fromEntries(Object.entries(rest).filter(([name]) => !placeAndTime.includes(name)));
  return typeof ip === 'string' ? { attributes: { ...attributes, network: networkOf(ip) }, personal: kept } : { attributes, personal: kept };
}

/** `203.0.113.0/24`, `2001:db8:1::/48`; an address of IPv4 within IPv6 counts as the former. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  if (isIP(plain) === 4) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  const groups = expanded(plain).slice(0, 3).map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(':')}::/48`;
}

/** The eight groups of an IPv6 address; a zone is left out. */
function expanded(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const groupsOf = (part: string | undefined) => (part ? part.split(':') : []);
  const [left, right] = [groupsOf(head), groupsOf(tail)];
  return [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
}
