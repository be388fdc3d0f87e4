import { offlineRegistry } from '../registry.js';
import type { Term } from '../terms.js';
import { aCollection, aCrossServiceUse, aPolicy, aServicePolicy, aSharing, aUse } from '../testing/builders.js';
import type { FreshTopic } from '../freshness.js';
import { compare } from './compare.js';

/** What a revision of the privacy policy says anew, topic by topic. */
function between(before: Term[], after: Term[]): readonly FreshTopic[] {
  const [old, document] = [aPolicy({ terms: before }), aPolicy({ terms: after })];
  const { freshAtoms } = compare({ document: old }, { document }, offlineRegistry());
  return freshAtoms.filter((one): one is FreshTopic => 'topic' in one);
}

const olderOf = (topics: readonly FreshTopic[]) =>
  topics.flatMap(({ fresh }) => fresh.map(({ older }) => older.map(({ basis }) => basis)));
const weakenedOf = (topics: readonly FreshTopic[]) =>
  topics.flatMap(({ fresh }) => fresh.map((one) => one.isWeakenedFromConsent));

describe('what a revision says anew', () => {
  const shared = (regions: string[]) => aSharing({ basis: 'contract', regions });
  const everywhere = [null, 'ticketing', 'signing'];

  it('is the region that was added, beside what stood in the others', () => {
    const [topic] = between([shared(['CN'])], [shared(['CN', 'SG'])]);
    expect(topic).toMatchObject({
      fresh: [{ regions: ['SG'], services: everywhere }],
      kept: [{ regions: ['CN'], basis: 'contract', services: everywhere }],
      vouched: [{ regions: ['CN'], by: [{ regions: ['CN'], basis: 'contract' }], services: everywhere }],
    });
    expect([topic?.fresh, topic?.kept, topic?.vouched].map((one) => one?.length)).toEqual([1, 1, 1]);
  });

  it('leaves nothing where nothing stood', () => {
    const [topic] = between([], [shared(['SG'])]);
    expect(topic).toEqual({
      topic: expect.any(String),
      fresh: [expect.objectContaining({ regions: ['SG'] })],
      kept: [],
    });
  });

  it('keeps two statements apart that say different things', () => {
    const [topic] = between([], [aUse(), aUse({ basis: 'contract' })]);
    expect(topic?.fresh.map(({ basis }) => basis)).toEqual(['consent', 'contract']);
  });

  it('is fresh as a whole where one of its sources is', () => {
    const from = (...sources: string[]) => aCollection({ basis: 'contract', sources });
    const collected = (topics: readonly FreshTopic[]) => topics.filter(({ topic }) => topic.startsWith('collect'));
    expect(collected(between([from('device')], [from('device', 'subject')]))).toMatchObject([
      { fresh: [{ sources: ['device', 'subject'] }], kept: [] },
    ]);
    expect(collected(between([from('device'), from('subject')], [from('device', 'subject')]))).toMatchObject([
      { fresh: [], vouched: [{ by: [{ sources: ['device'] }, { sources: ['subject'] }] }] },
    ]);
  });
});

describe('the older word of what is fresh', () => {
  const to = (recipient: string, given: Partial<ReturnType<typeof aSharing>> = {}) =>
    aSharing({ recipients: [recipient], ...given });
  const map = (given: Partial<ReturnType<typeof aSharing>> = {}) => to('recipient:map-provider', given);
  const host = (given: Partial<ReturnType<typeof aSharing>> = {}) => to('recipient:cloud-host', given);
  const contract = { basis: 'contract' } as const;

  it('is the acceptance of a contract for a further processor, and for nobody else', () => {
    expect(olderOf(between([map(contract)], [map(contract), host()]))).toEqual([['contract']]);
    expect(olderOf(between([map(contract)], [map(contract), to('recipient:carrier')]))).toEqual([[]]);
    expect(olderOf(between([to('recipient:carrier', contract)], [to('recipient:carrier', contract), map()]))).toEqual([
      [],
    ]);
  });

  it('is no consent that was given to another processor', () => {
    const [short, long] = [{ validFor: 'P30D' }, { validFor: 'P90D' }];
    expect(olderOf(between([map(short)], [map(short), host(long)]))).toEqual([[]]);
    expect(olderOf(between([map(short)], [map(long)]))).toEqual([['consent']]);
  });
});

describe('whether only consent let it be done', () => {
  it('is never so of what still asks for consent', () => {
    expect(weakenedOf(between([aUse({ precision: { h3: 5 } })], [aUse()]))).toEqual([false]);
    expect(weakenedOf(between([aUse()], [aUse({ basis: 'contract' })]))).toEqual([true]);
    expect(
      weakenedOf(between([aUse(), aUse({ basis: 'contract', precision: { h3: 5 } })], [aUse({ basis: 'contract' })])),
    ).toEqual([false]);
  });

  it('is told in the same region, where something was said of it there', () => {
    const [inCountry, abroad] = [aSharing({ regions: ['CN'] }), aSharing({ basis: 'contract', regions: ['SG'] })];
    const legal = (region: string) => aSharing({ basis: 'publicised', regions: [region] });
    expect(weakenedOf(between([inCountry, abroad], [inCountry, abroad, legal('CN')]))).toEqual([true]);
    expect(weakenedOf(between([inCountry, abroad], [inCountry, abroad, legal('SG')]))).toEqual([false]);
  });
});

describe('what a further service may do', () => {
  it('is what the policy says elsewhere without consent, but for what is used across services', () => {
    const inTicketing = (basis: 'contract' | 'consent') => aUse({ basis, services: ['ticketing'] });
    const everywhere = (basis: 'contract' | 'consent') => aUse({ basis, services: ['ticketing', 'signing'] });
    expect(between([inTicketing('contract')], [everywhere('contract')])).toMatchObject([
      { fresh: [], vouched: [{ services: ['signing'] }] },
    ]);
    expect(between([inTicketing('consent')], [everywhere('consent')])).toMatchObject([
      { fresh: [{ services: ['signing'] }] },
    ]);
    const across = (to: string[]) => aCrossServiceUse({ basis: 'contract', to });
    expect(between([across(['signing'])], [across(['signing', 'ticketing'])])).toMatchObject([
      { fresh: [{ services: ['ticketing'] }] },
    ]);
  });

  it('is nothing that another policy says', () => {
    const other = aPolicy({ policy: 'other', terms: [aUse({ basis: 'contract', services: ['ticketing'] })] });
    const [old, document] = [aPolicy(), aPolicy({ terms: [aUse({ basis: 'publicised', services: ['signing'] })] })];
    const { freshAtoms } = compare(
      { document: old, others: [other] },
      { document, others: [other] },
      offlineRegistry(),
    );
    expect(freshAtoms).toMatchObject([{ fresh: [{ services: ['signing'] }] }]);
  });

  it('is what the general policy says, where its own policy repeats it', () => {
    const general = aPolicy({ terms: [aUse({ basis: 'publicised', services: ['signing'] })] });
    const document = aServicePolicy([aUse({ basis: 'publicised' })]);
    const { freshAtoms } = compare(null, { document, others: [general] }, offlineRegistry());
    expect(freshAtoms).toMatchObject([{ fresh: [], vouched: [{ services: ['ticketing'] }] }]);
  });
});
