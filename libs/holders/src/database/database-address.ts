import { refusal } from '../holders.errors.js';

/** Where a database outside is reached, and as whom. */
export interface DatabaseAddress {
  /** `postgres://user:password@host:port/database`, with `?sslmode=` at most. */
  readonly url: string;
  /** The networks that its addresses have to lie in. */
  readonly networks: readonly string[];
}

export interface DatabaseTarget {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly usesTls: boolean;
}

const defaultPort = '5432';
const sslModes = [null, 'disable', 'require', 'verify-full'];

/**
 * What a connection URL says. Nothing else is taken from it or from the surroundings: other parameters of drivers read files and other hosts.
 * Where TLS is used the certificate is checked; in production it always is.
 * @throws DomainError `holder.bad_database`
 */
export function targetOf(url: string, { isProduction }: { readonly isProduction: boolean }): DatabaseTarget {
  if (!URL.canParse(url)) throw refusal('holder.bad_database');
  const { protocol, hostname, port, pathname, username, password, searchParams, hash } = new URL(url);
  const sslMode = searchParams.get('sslmode');
  const isUsable =
    /^postgres(ql)?:$/.test(protocol) &&
    isHost(hostname) &&
    /^\/[^/]+$/.test(pathname) &&
    username !== '' &&
    password !== '' &&
    hash === '' &&
    [...searchParams.keys()].every((key) => key === 'sslmode') &&
    sslModes.includes(sslMode);
  if (!isUsable) throw refusal('holder.bad_database');
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || defaultPort),
    database: decoded(pathname.slice(1)),
    user: decoded(username),
    password: decoded(password),
    usesTls: isProduction || (sslMode !== null && sslMode !== 'disable'),
  };
}

/** The address without who connects, to be shown. */
export function shownAddress({ host, port, database }: DatabaseTarget): string {
  return `postgres://${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;
}

/** Nothing that another reader of addresses takes for the end of a host. */
function isHost(text: string): boolean {
  return /^[A-Za-z0-9_.-]+$/.test(text) || /^\[[0-9A-Fa-f:.]+\]$/.test(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refusal('holder.bad_database');
  }
}
