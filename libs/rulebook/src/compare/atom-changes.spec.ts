import { offlineRegistry } from '../registry.js';
import type { Term } from '../terms.js';
import { aCrossServiceUse, aPolicy, aSharing, aUse } from '../testing/builders.js';
import { compare } from './compare.js';

function changesBetween(before: Term[], after: Term[]) {
  const [old, document] = [aPolicy({ terms: before }), aPolicy({ terms: after })];
  return compare({ document: old }, { document }, offlineRegistry()).differences;
}

const rulesBetween = (before: Term[], after: Term[]) => [
  ...new Set(changesBetween(before, after).map(({ rule }) => rule)),
];

describe('a use across services', () => {
  it('is told with where it goes from and to, and in which form', () => {
    const [change] = changesBetween([], [aCrossServiceUse()]);
    expect(change?.rule).toBe('crossServiceUse.added');
    expect(change?.summary.en).toMatch(/ticketing → signing, aggregated/);
    expect(change?.summary['zh-CN']).toMatch(/ticketing → signing, 汇总/);
  });
});

describe('what is shared without being asked anew', () => {
  const contract = { basis: 'contract' } as const;
  const map = (given: Partial<ReturnType<typeof aSharing>> = {}) => aSharing({ ...contract, ...given });
  const host = (given: Partial<ReturnType<typeof aSharing>> = {}) =>
    map({ recipients: ['recipient:cloud-host'], ...given });

  it('is new for a further processor where another receives it, else for the service', () => {
    expect(rulesBetween([map()], [map(), host()])).toEqual(['sharing.processorAdded']);
    const inTicketing = { services: ['ticketing'] };
    expect(rulesBetween([map(inTicketing)], [map({ services: ['ticketing', 'signing'] })])).toEqual([
      'sharing.serviceAdded',
    ]);
  });

  it('is new for the service also where something else is shared in it', () => {
    const elsewhere: Partial<ReturnType<typeof aSharing>>[] = [
      { categories: ['log.browsing'] },
      { purposes: ['product.improvement'] },
    ];
    for (const given of elsewhere) {
      const other = map({ services: ['signing'], ...given });
      expect(
        rulesBetween([map({ services: ['ticketing'] }), other], [map({ services: ['ticketing', 'signing'] }), other]),
      ).toEqual(['sharing.serviceAdded']);
    }
  });

  it('is told with whom it reaches and where', () => {
    expect(changesBetween([map()], [map(), host()])[0]).toMatchObject({
      recipients: ['recipient:cloud-host'],
      regions: ['CN'],
    });
    const [use] = changesBetween([], [aUse()]);
    expect(use).not.toHaveProperty('recipients');
    expect(use).not.toHaveProperty('regions');
  });
});

describe('a recipient who is new', () => {
  it('is told as abroad where it is a processor there, and else as a recipient', () => {
    const home = aSharing();
    const to = (recipient: string, region: string) => aSharing({ recipients: [recipient], regions: [region] });
    expect(rulesBetween([home], [home, to('recipient:cloud-host', 'SG')])).toEqual(['sharing.regionAbroadAdded']);
    expect(rulesBetween([home], [home, to('recipient:carrier', 'SG')])).toEqual(['sharing.recipientAdded']);
    expect(rulesBetween([home], [home, to('recipient:map-provider', 'SG')])).toEqual(['sharing.regionAbroadAdded']);
  });
});
