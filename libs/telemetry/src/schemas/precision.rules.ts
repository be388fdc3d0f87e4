import { isIP } from 'node:net';

type Values = Readonly<Record<string, unknown>>;

/** The parts of an event that are stored in plain and sealed. */
export interface EventParts {
  readonly attributes: Values;
  readonly personal: Values;
}

const placeAndTime = new Set(['takenAt', 'latitude', 'longitude', 'placeName']);
/** As PostHog (`$geoip_city_name`), Snowplow (`geo_latitude`), OpenTelemetry (`geo.location.lat`) and others name what tells a place. */
const ofPlace = /^\$?geo(?:ip)?[._]|(?:latitude|longitude)$|(?:^|[._])(?:lat|lon|lng)$/i;

/**
 * What a clause leaves of an event that it lets in truncated: of a network address its network alone (/24 of IPv4, /48 of IPv6), that of
 * `ip` in plain, and of content nothing of where and when it was made, whatever the field is called.
 */
export function truncated({ attributes, personal }: EventParts): EventParts {
  const { ip, ...rest } = personal;
  const kept = coarse(rest);
  return typeof ip === 'string'
    ? { attributes: { ...attributes, network: networkOf(ip) }, personal: kept }
    : { attributes, personal: kept };
}

function coarse(values: Values): Values {
  const kept = Object.entries(values).filter(([name]) => !placeAndTime.has(name) && !ofPlace.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutAddress(value)]));
}

function withoutAddress(value: unknown): unknown {
  if (typeof value === 'string') return isIP(value) === 0 ? value : networkOf(value);
  if (Array.isArray(value)) return value.map(withoutAddress);
  return typeof value === 'object' && value !== null ? coarse(value as Values) : value;
}

/** `203.0.113.0/24`, `2001:db8:1::/48`; of an address of IPv4 within one of IPv6, in whichever form, the former. */
export function networkOf(address: string): string {
  if (isIP(address) === 4) return networkOfIPv4(address.split('.').map(Number));
  const groups = groupsOf(address);
  const within = embeddedIn(groups);
  return within
    ? networkOfIPv4(bytesOf(within))
    : `${groups
        .slice(0, 3)
        .map((group) => group.toString(16))
        .join(':')}::/48`;
}

function networkOfIPv4(bytes: readonly number[]): string {
  return `${bytes.slice(0, 3).join('.')}.0/24`;
}

/**
 * The two groups that hold an address of IPv4: mapped and translated (RFC 4291 §2.5.5, RFC 6052 §2.1, RFC 8215), compatible, of 6to4
 * (RFC 3056 §2), of Teredo, inverted (RFC 4380 §4), and of ISATAP (RFC 5214 §6.1).
 */
function embeddedIn(groups: readonly number[]): readonly number[] | null {
  const [first = 0, second = 0, third = 0, , fifth = 0, sixth = 0, ...last] = groups;
  const isZeroUntil = (count: number) => groups.slice(0, count).every((group) => group === 0);
  if (first === 0x2002) return [second, third];
  if (first === 0x2001 && second === 0) return last.map((group) => group ^ 0xffff);
  if (first === 0x64 && second === 0xff9b) return last;
  if (isZeroUntil(5) && (sixth === 0xffff || (sixth === 0 && (last[0] ?? 0) > 0))) return last;
  if (isZeroUntil(4) && fifth === 0xffff && sixth === 0) return last;
  return sixth === 0x5efe && (fifth & 0xfdff) === 0 ? last : null;
}

function bytesOf(groups: readonly number[]): number[] {
  return groups.flatMap((group) => [group >> 8, group & 0xff]);
}

/** The eight groups of an IPv6 address, the last two also where they are written as IPv4; a zone is left out. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const [left, right] = [numbersOf(head), numbersOf(tail)];
  return [...left, ...Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0), ...right];
}

function numbersOf(part: string | undefined): number[] {
  return (part ? part.split(':') : []).flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [(a << 8) | b, (c << 8) | d];
  });
}
