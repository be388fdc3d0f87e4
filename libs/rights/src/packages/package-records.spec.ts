import fc from 'fast-check';
import { buffer } from 'node:stream/consumers';
import { inflateRawSync } from 'node:zlib';
import { heldInTurn, inTurn, type OneHeld } from '../testing/held-records.js';
import { PackageRecords } from './package-records.js';

const since = new Date('2026-01-01T00:00:00Z');
const head = { number: 'R-1', madeAt: since, grounds: new Map() };
const noise = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(',\n', '\n', '\u2028', '"values":', '","values":{', '海港', 'x'.repeat(100_000)),
);
const record = fc
  .record({
    holder: noise,
    category: noise,
    values: fc.dictionary(noise, fc.oneof(noise, fc.integer()), { maxKeys: 4 }),
  })
  .map((parts): OneHeld => ({ ...parts, table: 't', id: 'i', since }));

/** Kept as it was packed, and read in pieces of `size` bytes. */
async function packed(records: readonly OneHeld[], size: number): Promise<PackageRecords> {
  let whole = Buffer.alloc(0);
  const pieces = () =>
    inTurn(
      Array.from({ length: Math.ceil(whole.length / size) }, (_, piece) =>
        whole.subarray(piece * size, (piece + 1) * size),
      ),
    );
  const kept = new PackageRecords(pieces);
  whole = await buffer(kept.packed(heldInTurn(records), new Set(), head));
  return kept;
}

describe('the records of a package', () => {
  it('are read as they were held, however they come in pieces, in data.json and for the page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record), fc.integer({ min: 1, max: 5000 }), async (records, size) => {
        const kept = await packed(records, size);
        const expected = records.map(({ holder, category, values }) => ({
          holder,
          category,
          since: since.toISOString(),
          values: JSON.parse(JSON.stringify(values)),
        }));
        const json = inflateRawSync(await buffer(kept.file('json').content));
        expect(json).toHaveLength(kept.file('json').size);
        expect(JSON.parse(json.toString()).records).toEqual(expected);
        expect((await Array.fromAsync(kept.shown())).flat()).toEqual(expected);
      }),
    );
  });
});
