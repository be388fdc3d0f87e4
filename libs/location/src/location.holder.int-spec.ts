import { aClause, aServiceToken, PolicyStaff } from '@abide/consent/testing';
import { Database } from '@abide/platform';
import { keepsTheHolderContract, type TestApp } from '@abide/platform/testing';
import { Vault } from '@abide/vault';
import { latLngToCell } from 'h3-js';
import { LocationHolder } from './location.holder.js';
import { aFix, allowExactly, aTraveller, createLocationApp, locationPolicy, send } from './testing/app.js';

const day = 86_400_000;

/** Where somebody was by their network, the law has kept for ten days. */
const keepsPlaces = aClause({
  id: 'keep.places',
  terms: [
    { type: 'retention', categories: ['location.gps'], period: 'P30D', then: 'delete' },
    {
      type: 'retention',
      categories: ['location.wifi'],
      period: 'P20D',
      then: 'delete',
      minimum: { period: 'P10D', ground: 'Transport records, log clause' },
    },
  ],
});
const policy = {
  ...locationPolicy,
  clauses: locationPolicy.clauses.map((clause) => (clause.id === keepsPlaces.id ? keepsPlaces : clause)),
};

describe('the holder of fixes', () => {
  let test: TestApp;
  let service: string;
  let revisionId: string;
  let holder: LocationHolder;
  beforeAll(async () => {
    test = await createLocationApp({ ABIDE_ROLE: 'web' });
    revisionId = await (await PolicyStaff.open(test)).inForce(policy);
    service = await aServiceToken(test);
    holder = test.get(LocationHolder);
  });
  afterAll(() => test.close());

  async function seed(latitude: string): Promise<string> {
    const person = await aTraveller(test, revisionId);
    await allowExactly(person);
    const { body } = await send(test, person.token, [aFix(person.id, { latitude: Number(latitude) })]);
    const { body: kept } = await send(test, service, [aFix(person.id, { source: 'wifi' })]);
    if (body.accepted !== 1 || kept.accepted !== 1) throw new Error(JSON.stringify([body, kept]));
    return person.id;
  }

  keepsTheHolderContract(() => ({
    holder,
    db: test.get(Database),
    databaseUrl: test.databaseUrl,
    schema: 'location',
    seed,
    newWords: () => `30.${Math.ceil(Math.random() * 899_999_999) + 100_000_000}`.replace(/0$/, '7'),
    words: 'exported',
    supplies: { category: 'location.gps', field: 'latitude' },
    destroyKeys: (subjectId) => test.get(Vault).destroyKeys(subjectId, 'ordinary'),
    open: (place, sealed) => test.get(Vault).open(place, sealed),
    fallDue: async () => new Date(Date.now() + 31 * day),
  }));

  it('keeps no cell in plain of what the law has kept', async () => {
    const subjectId = await seed('30.25');
    expect(await holder.erase(subjectId)).toMatchObject({
      retained: [
        { category: 'location.wifi', count: 1, ground: 'legalMinimum', article: 'Transport records, log clause' },
      ],
    });
    await test.get(Vault).destroyKeys(subjectId, 'ordinary');
    const rows = await test
      .get(Database)
      .query('SELECT coarse_cell, lineage FROM location.fixes WHERE subject_id = $1', [subjectId]);
    expect(rows).toEqual([{ coarse_cell: '', lineage: [] }]);
    expect(await Array.fromAsync(holder.export(subjectId))).toHaveLength(1);
  });

  it('supplies a cell in place of a position where nothing finer is agreed', async () => {
    const subjectId = await seed('30.25');
    const asked = { subjectIds: [subjectId], categories: ['location.gps'], fields: null, precision: { h3: 5 } };
    const [record] = await Array.fromAsync(holder.supply(asked));
    expect(record?.values).toEqual({ cell: latLngToCell(30.25, 120.205237, 5) });
  });
});
