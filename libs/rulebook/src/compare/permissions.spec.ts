import type { Atom } from '../atoms.js';
import { compile } from '../compile.js';
import { aCollection, aPolicy, aRegistry, aRetention } from '../testing/builders.js';
import { permissionKey, permissionOf } from './permissions.js';
import { uncovered } from './uncovered.js';

const { rulebook } = compile(
  [{ document: aPolicy({ terms: [aCollection(), aRetention()] }), revision: 1 }],
  aRegistry(),
);
const collected = rulebook!.atoms.find(({ action }) => action === 'collect')!;
const anAtom = (given: Partial<Atom> = {}): Atom => ({ ...collected, ...given });
const together = (...given: Partial<Atom>[]) => permissionOf(given.map(anAtom), null);

describe('what several statements permit together', () => {
  it('is the permissive reading of each thing they say', () => {
    const permission = together(
      {
        basis: 'consent',
        sources: ['device'],
        precision: { h3: 5 },
        validFor: 'P30D',
        minimumGroup: 50,
        isImplied: true,
      },
      {
        basis: 'contract',
        sources: ['subject'],
        precision: { h3: 8 },
        validFor: 'P90D',
        minimumGroup: 5,
        isRequired: true,
      },
    );
    expect(permission).toMatchObject({
      basis: 'contract',
      bases: 'consent+contract',
      validForDays: 90,
      minimumGroup: 5,
      isRequired: true,
      isImplied: false,
    });
    expect(permission.sources).toEqual(new Set(['device', 'subject']));
    expect(permission.precision).toBe(together({ precision: { h3: 8 } }).precision);
  });

  it('has no end, comes from anywhere and is about anybody where one of them says so', () => {
    expect(together({ validFor: 'P30D' }, { validFor: null }).validForDays).toBe(Infinity);
    expect(together({ sources: ['device'] }, { sources: null }).sources).toBeNull();
    expect(together({ minimumGroup: 50 }, { minimumGroup: null }).minimumGroup).toBe(1);
  });

  it('names the hardest consequence that any of them has', () => {
    const [mild, hard] = [{ ifWithheld: 'degraded' }, { ifWithheld: 'noRegistration' }] as const;
    expect(together(mild, hard).withheld).toBe(together(hard).withheld);
    expect(together(mild, {}).withheld).toBe(together(mild).withheld);
    expect(together({}).withheld).toBeLessThan(together(mild).withheld);
  });

  it('cites the first of those that ask least', () => {
    const cited = (...bases: Atom['basis'][]) =>
      together(...bases.map((basis, index) => ({ basis, clauseId: `c${index}` }))).atom.clauseId;
    expect(cited('consent', 'contract', 'contract')).toBe('c1');
    expect(cited('separateConsent', 'consent')).toBe('c1');
    expect(cited('legalObligation', 'vitalInterest')).toBe('c0');
    expect(cited('vitalInterest', 'publicInterest', 'legalObligation')).toBe('c2');
  });
});

describe('what a permission is about', () => {
  const shared = (given: Partial<Atom>) =>
    permissionKey({
      ...anAtom({ action: 'share', recipientKind: 'partner', recipient: 'recipient:carrier' }),
      region: 'CN',
      ...given,
    });

  it('is another thing once a named recipient stops being a processor', () => {
    expect(shared({ recipientKind: 'processor' })).not.toBe(shared({ recipientKind: 'partner' }));
    expect(shared({ recipientKind: 'authority' })).not.toBe(shared({ recipientKind: 'partner' }));
    expect(shared({ recipient: 'partner' })).not.toBe(shared({}));
  });
});

describe('what no single earlier statement covers', () => {
  const rulesOf = (before: Partial<Atom>[], after: Partial<Atom>[]) =>
    uncovered(together(...before), together(...after)).map(({ changes }) => changes.map(({ rule }) => rule));

  it('is nothing where one statement became one', () => {
    expect(rulesOf([{}], [{ precision: { h3: 5 } }])).toEqual([]);
    expect(rulesOf([{ precision: { h3: 5 } }], [{}])).toEqual([]);
  });

  it('is what goes further than the statement of its own basis', () => {
    const before: Partial<Atom>[] = [{ basis: 'contract', precision: { h3: 5 } }, { basis: 'consent' }];
    expect(rulesOf(before, before)).toEqual([]);
    expect(rulesOf(before, [{ basis: 'contract', precision: { h3: 3 } }, { basis: 'consent' }])).toEqual([]);
    expect(rulesOf(before, [{ basis: 'contract', precision: { h3: 8 } }, { basis: 'consent' }])).toEqual([
      ['collection.precisionIncreased'],
    ]);
  });

  it('is a consent that lasts longer, and a requirement that is new', () => {
    const before: Partial<Atom>[] = [{ basis: 'consent', validFor: 'P30D' }, { basis: 'separateConsent' }];
    expect(rulesOf(before, [{ basis: 'consent', validFor: 'P90D' }, { basis: 'separateConsent' }])).toEqual([
      ['consentValidity.lengthened'],
    ]);
    expect(rulesOf(before, [{ basis: 'consent', validFor: 'P30D', isRequired: true }])).toEqual([
      ['collection.becameRequired'],
    ]);
  });

  it('is what one statement became beside another', () => {
    expect(rulesOf([{ basis: 'consent' }], [{ basis: 'consent' }, { basis: 'contract' }])).toEqual([
      ['basis.weakened'],
    ]);
  });

  it('is another ground of the same weight, and nothing on a stronger one', () => {
    const before: Partial<Atom>[] = [{ basis: 'legitimateInterest' }, { basis: 'consent' }];
    expect(rulesOf(before, [{ basis: 'publicInterest' }, { basis: 'consent' }])).toEqual([['basis.changed']]);
    expect(rulesOf(before, [{ basis: 'contract' }, { basis: 'consent' }])).toEqual([]);
  });

  it('is told from the statement of its own ground, else from that of the nearest', () => {
    const coarse = { precision: { h3: 5 } } as const;
    const alike: Partial<Atom>[] = [
      { basis: 'legitimateInterest', ...coarse },
      { basis: 'publicised', ...coarse },
    ];
    expect(rulesOf(alike, [{ basis: 'publicised' }])).toEqual([['collection.precisionIncreased']]);
    const far: Partial<Atom>[] = [{ basis: 'legalObligation', ...coarse }, { basis: 'consent' }];
    expect(rulesOf(far, [{ basis: 'contract' }])).toEqual([['basis.weakened']]);
  });

  it('is told from the one of several statements that it differs from least', () => {
    const before: Partial<Atom>[] = [{ precision: { h3: 5 } }, {}];
    for (const stated of [before, before.toReversed()])
      expect(rulesOf(stated, [{ isRequired: true }])).toEqual([['collection.becameRequired']]);
  });

  it('counts what left the device as new, whatever else stays on it', () => {
    const before: Partial<Atom>[] = [{ isOnDevice: true }, { isOnDevice: true, basis: 'separateConsent' }];
    expect(rulesOf(before, [{}])).toEqual([['collection.leavesDevice']]);
    expect(rulesOf(before, [{ isOnDevice: true }])).toEqual([]);
  });

  it('counts sources that were stated apart before', () => {
    const apart: Partial<Atom>[] = [{ sources: ['device'] }, { sources: ['subject'] }];
    expect(rulesOf(apart, [{ sources: ['device', 'subject'] }])).toEqual([]);
    expect(rulesOf(apart, [{ sources: ['device', 'others'] }])).toEqual([['collection.sourceAdded']]);
  });
});
