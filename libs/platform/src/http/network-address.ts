import ipaddr from 'ipaddr.js';

const networkBytes = 8;

/**
 * What counts as one address: of IPv6 the network of a site (/64), within which whoever has one address has all of them; an address of
 * IPv4 also where it is written as one of IPv6. Null where there is none.
 */
export function networkOf(address: string | undefined): string | null {
  if (address === undefined) return null;
  const plain = ipaddr.process(address.split('%')[0] ?? address);
  return plain.kind() === 'ipv4'
    ? plain.toString()
    : `${Buffer.from(plain.toByteArray().slice(0, networkBytes)).toString('hex')}/64`;
}
