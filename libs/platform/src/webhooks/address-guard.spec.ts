import { AddressGuard, everyNetwork, type ResolvedAddress } from './address-guard.js';

/** A guard beside a resolver that knows these addresses, whatever it is asked. */
const guardOf = (isProduction: boolean, ...addresses: string[]) =>
  new AddressGuard(
    { isProduction },
    {
      resolve: async (): Promise<readonly ResolvedAddress[]> =>
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    },
  );
const inProduction = (...addresses: string[]) => guardOf(true, ...addresses);
const publicAddress = '93.184.216.34';

describe('where webhooks may go in production', () => {
  it.each([
    'https://shop.example/hooks',
    'https://shop.example:8443/hooks',
    'https://93.184.216.34/',
    'https://[2606:2800:220:1::1]/',
  ])('reaches %s', async (url) => {
    await expect(inProduction(publicAddress).addressesOf(new URL(url))).resolves.toHaveLength(1);
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '100.100.100.200',
    '169.254.169.254',
    '0.0.0.0',
    '192.0.0.8',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:10.1.2.3',
    '::ffff:7f00:1',
    '64:ff9b::a01:203',
    '2002:7f00:1::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    'no address',
  ])('does not reach a name that resolves to %s', async (address) => {
    const guard = inProduction(address);
    await expect(guard.addressesOf(new URL('https://shop.example/'))).rejects.toThrow('addressForbidden');
  });

  it('does not reach a name of which one address of several is private', async () => {
    const guard = inProduction(publicAddress, '10.0.0.1');
    await expect(guard.addressesOf(new URL('https://shop.example/'))).rejects.toThrow('addressForbidden');
  });

  it.each([
    'http://shop.example/',
    'ftp://shop.example/',
    'https://shop.example:22/',
    'https://shop.example:5432/',
    'https://name:word@shop.example/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
  ])('does not reach %s', async (url) => {
    await expect(inProduction(publicAddress).addressesOf(new URL(url))).rejects.toThrow('addressForbidden');
  });

  it('says so where the name is nobody’s', async () => {
    await expect(inProduction().addressesOf(new URL('https://shop.example/'))).rejects.toThrow('hostUnknown');
  });
});

describe('an origin that people have allowed', () => {
  const url = new URL('https://holder.internal:9443/erase');
  const allowed = [{ origin: 'https://holder.internal:9443', networks: ['10.20.0.0/16', 'fd00::/8'] }];

  it.each(['10.20.3.4', '::ffff:10.20.3.4', 'fd00::7'])(
    'is reached at %s, which is in its networks',
    async (address) => {
      await expect(inProduction(address).addressesOf(url, allowed)).resolves.toHaveLength(1);
    },
  );

  it.each(['10.21.0.1', '127.0.0.1', publicAddress])('is not reached at %s, outside of them', async (address) => {
    await expect(inProduction(address).addressesOf(url, allowed)).rejects.toThrow('addressForbidden');
  });

  it.each(['https://holder.internal/erase', 'http://holder.internal:9443/erase', 'https://other.internal:9443/erase'])(
    'does not open %s',
    async (other) => {
      await expect(inProduction('10.20.3.4').addressesOf(new URL(other), allowed)).rejects.toThrow('addressForbidden');
    },
  );

  it('opens no plain http, and no metadata service, whatever was allowed', async () => {
    const everything = [{ origin: 'http://holder.internal', networks: everyNetwork }];
    const plain = new URL('http://holder.internal/');
    await expect(inProduction('10.20.3.4').addressesOf(plain, everything)).rejects.toThrow('addressForbidden');
    const metadata = guardOf(false, '169.254.169.254').addressesOf(plain, everything);
    await expect(metadata).rejects.toThrow('addressForbidden');
  });
});

describe('where webhooks may go outside of production', () => {
  const guard = (address: string) => guardOf(false, address);

  it('reaches this machine, by http and at any port', async () => {
    await expect(guard('127.0.0.1').addressesOf(new URL('http://localhost:4100/'))).resolves.toHaveLength(1);
  });

  it.each(['10.0.0.1', '169.254.169.254', '0.0.0.0'])('does not reach %s all the same', async (address) => {
    await expect(guard(address).addressesOf(new URL('http://shop.example/'))).rejects.toThrow('addressForbidden');
  });
});
