import fc from 'fast-check';
import { linesIn, readLine, recordLines, type PackedRecord } from './record-lines.js';

const since = new Date('2026-01-01T00:00:00Z');
const noise = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(',\n', '"values":', '","values":{', '海港'));
const record = fc
  .record({
    holder: noise,
    category: noise,
    values: fc.dictionary(noise, fc.oneof(noise, fc.integer()), { maxKeys: 4 }),
  })
  .map((parts): PackedRecord => ({ ...parts, table: 't', id: 'i', since }));

async function* of<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

describe('the lines of records', () => {
  it('are read as they were written, however they come in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record), fc.integer({ min: 1, max: 50 }), async (records, size) => {
        const whole = Buffer.concat(await Array.fromAsync(recordLines(of(records), new Set())));
        const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, piece) =>
          whole.subarray(piece * size, (piece + 1) * size),
        );
        const lines = (await Array.fromAsync(linesIn(of(pieces)))).flat().map(readLine);
        expect(lines.map(({ head, values }) => ({ ...head, values: JSON.parse(values) }))).toEqual(
          records.map(({ holder, category, values }) => ({
            holder,
            category,
            since: since.toISOString(),
            values: JSON.parse(JSON.stringify(values)),
          })),
        );
      }),
    );
  });

  it('are a list in JSON as they stand', async () => {
    const records = [1, 2, 3].map((n) => ({ holder: 'h', category: 'c', table: 't', id: 'i', since, values: { n } }));
    const text = Buffer.concat(await Array.fromAsync(recordLines(of(records), new Set()))).toString();
    expect(JSON.parse(`[${text}]`).map(({ values }: { values: object }) => values)).toEqual([
      { n: 1 },
      { n: 2 },
      { n: 3 },
    ]);
  });
});
