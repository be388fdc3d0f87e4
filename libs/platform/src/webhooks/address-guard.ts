import { lookup } from 'node:dns/promises';
import { Inject, Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { Config } from '../config/config.js';
import { OutgoingFailure } from './outgoing-failure.js';

/** An origin that people have named, such as `https://holder.internal:8443`, and the networks that its addresses have to lie in. */
export interface AllowedOrigin {
  readonly origin: string;
  readonly networks: readonly string[];
}

/** For an origin that whoever runs the server has named: whatever it resolves to. */
export const everyNetwork = ['0.0.0.0/0', '::/0'] as const;

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Asks the system for the addresses of a host. */
@Injectable()
export class HostResolver {
  resolve(hostname: string): Promise<readonly ResolvedAddress[]> {
    return lookup(hostname, { all: true });
  }
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const publicPorts = ['', '8443'];
/** Of IPv6 only this network is given out to the public (IANA, IPv6 Global Unicast Address Assignments). */
const globalIpv6 = ipaddr.parseCIDR('2000::/3');
/** Where no receiver can be, whoever names it; among them are the metadata services of clouds. */
const neverReached = new Set(['unspecified', 'broadcast', 'multicast', 'linkLocal']);

/**
 * Says where requests may go: by https to public addresses, and to origins that people have named. Outside production
 * also by http, to any port, and to this machine.
 */
@Injectable()
export class AddressGuard {
  constructor(
    @Inject(Config) private readonly config: Pick<Config, 'isProduction'>,
    private readonly resolver: HostResolver,
  ) {}

  /**
   * The addresses of `url` that were looked at, every one of them allowed. Connect to these: asked again, the name may answer otherwise.
   * @throws OutgoingFailure `addressForbidden` `hostUnknown`
   */
  async addressesOf(url: URL, allowed: readonly AllowedOrigin[] = []): Promise<readonly ResolvedAddress[]> {
    const named = allowed.find(({ origin }) => origin === url.origin);
    if (!this.mayBeAsked(url, named)) throw new OutgoingFailure('addressForbidden');
    const addresses = await this.resolved(url.hostname);
    if (!addresses.every(({ address }) => this.mayBeReached(address, named)))
      throw new OutgoingFailure('addressForbidden');
    return addresses;
  }

  private mayBeAsked({ protocol, port, username, password }: URL, named: AllowedOrigin | undefined): boolean {
    if (username !== '' || password !== '') return false;
    if (!this.config.isProduction) return protocol === 'https:' || protocol === 'http:';
    return protocol === 'https:' && (named !== undefined || publicPorts.includes(port));
  }

  private async resolved(hostname: string): Promise<readonly ResolvedAddress[]> {
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    if (ipaddr.isValid(host)) return [{ address: host, family: ipaddr.parse(host).kind() === 'ipv4' ? 4 : 6 }];
    const addresses = await this.resolver.resolve(host).catch(() => []);
    if (addresses.length === 0) throw new OutgoingFailure('hostUnknown');
    return addresses;
  }

  private mayBeReached(text: string, named: AllowedOrigin | undefined): boolean {
    if (!ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text);
    if (neverReached.has(address.range())) return false;
    if (named) return named.networks.some((network) => isWithin(address, network));
    return isPublic(address) || (!this.config.isProduction && address.range() === 'loopback');
  }
}

/** What is in no list of special networks; whoever writes an IPv4 address as one of IPv6 means that one. */
function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(globalIpv6);
}

function isWithin(address: Address, network: string): boolean {
  const [base, bits] = ipaddr.parseCIDR(network);
  return address.kind() === base.kind() && address.match([base, bits] as never);
}
