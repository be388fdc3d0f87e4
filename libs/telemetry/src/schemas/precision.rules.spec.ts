import fc from 'fast-check';
import { networkOf, truncated } from './precision.rules.js';

const hex = (address: string) => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return [(a << 8) | b, (c << 8) | d] as const;
};
const grouped = (groups: readonly number[]) => groups.map((group) => group.toString(16)).join(':');

describe('the network of an address', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:1:2::7', '2001:db8:1::/48'],
    ['2001:DB8:0001:2::7', '2001:db8:1::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    ['::1', '0:0:0::/48'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['::ffff:cb00:714d', '203.0.113.0/24'],
    ['0:0:0:0:0:FFFF:CB00:714D', '203.0.113.0/24'],
    ['::cb00:714d', '203.0.113.0/24'],
    ['2002:cb00:714d::1', '203.0.113.0/24'],
    ['2001:0:4136:e378:8000:63bf:34ff:8eb2', '203.0.113.0/24'],
    ['64:ff9b::203.0.113.77', '203.0.113.0/24'],
    ['64:ff9b:1::cb00:714d', '203.0.113.0/24'],
    ['::ffff:0:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:1:2:0:5efe:cb00:714d', '203.0.113.0/24'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('never holds the last byte of an address of IPv4 that is wrapped in one of IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [high, low] = hex(address);
        const wrapped = [
          [0, 0, 0, 0, 0, 0xffff, high, low],
          [0x2002, high, low, 0, 0, 0, 0, 1],
          [0x2001, 0, 1, 2, 3, 4, high ^ 0xffff, low ^ 0xffff],
          [0x64, 0xff9b, 0, 0, 0, 0, high, low],
        ];
        for (const groups of wrapped) expect(networkOf(grouped(groups))).toBe(networkOf(address));
      }),
    );
  });
});

describe('what is left of an event that is let in truncated', () => {
  it('is of an address its network, under whichever name', () => {
    expect(
      truncated({
        attributes: { carrier: 'one' },
        personal: {
          ip: '203.0.113.77',
          $ip: '203.0.113.78',
          'client.address': '2001:db8:1:2::7',
          user_ipaddress: '203.0.113.0/24',
        },
      }),
    ).toEqual({
      attributes: { carrier: 'one', network: '203.0.113.0/24' },
      personal: { $ip: '203.0.113.0/24', 'client.address': '2001:db8:1::/48', user_ipaddress: '203.0.113.0/24' },
    });
  });

  it('is the same within lists and by name', () => {
    const personal = {
      hops: ['203.0.113.77', 'edge', 7],
      $set: { $initial_ip: '203.0.113.78', $geoip_latitude: 30.2, 'geo.location.lon': 120, plan: 'yearly' },
    };
    expect(truncated({ attributes: {}, personal }).personal).toEqual({
      hops: ['203.0.113.0/24', 'edge', 7],
      $set: { $initial_ip: '203.0.113.0/24', plan: 'yearly' },
    });
  });

  it.each([
    'takenAt',
    'latitude',
    'homeLongitude',
    '$geoip_city_name',
    'geo_latitude',
    'geo.location.lon',
    'venue.lat',
  ])('is nothing of a place or when something was made: %s', (name) => {
    expect(truncated({ attributes: {}, personal: { [name]: 1, geometry: 2, salon: 3 } }).personal).toEqual({
      geometry: 2,
      salon: 3,
    });
  });
});
