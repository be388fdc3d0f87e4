import { randomBytes } from 'node:crypto';
import { eventually } from '@abide/platform/testing';
import { filesIn } from '../testing/zip-files.js';
import { packageContent } from './package-content.js';
import { shownOfEachKind, type PackageFacts } from './package-page.js';
import { recordLines, type PackedRecord } from './record-lines.js';

const facts: PackageFacts = {
  number: 'R-1',
  locale: 'zh-CN',
  utcOffsetHours: 8,
  nameOf: () => undefined,
  holderName: () => undefined,
  madeAt: new Date('2026-11-30T00:00:00Z'),
  grounds: new Map(),
};

const since = new Date('2026-01-01T00:00:00Z');
const names = (...values: readonly string[]) =>
  values.map((name) => ({
    holder: 'identity',
    table: 'identity.profile_fields',
    id: 'name',
    category: 'registration.name',
    since,
    values: { name },
  }));
/** As a package reads them. */
async function* linesOf(records: readonly PackedRecord[]): AsyncGenerator<Uint8Array> {
  yield* recordLines(
    (async function* () {
      yield* records;
    })(),
    new Set(),
  );
}

describe('the content of a package', () => {
  it.each([1, 2, 3])('fails as its records do, in their pass number %i', async (failing) => {
    let passes = 0;
    const content = packageContent(facts, async function* () {
      passes += 1;
      yield* linesOf(names('林小禾'));
      if (passes === failing) throw new Error('the database is away');
    });
    await expect(Array.fromAsync(content)).rejects.toThrow('the database is away');
    expect(passes).toBe(failing);
  });

  it('shows on the page as much of each kind as a browser can, says how much more there is, and leaves nothing out elsewhere', async () => {
    const [last] = names('林小禾');
    const records = names(...Array.from({ length: shownOfEachKind + 3 }, (_, number) => `N${number}N`));
    if (last) records.push({ ...last, category: 'registration.phone' });
    const content = packageContent(facts, () => linesOf(records));
    const files = await filesIn(Buffer.concat(await Array.fromAsync(content)));
    const page = files['index.html'] ?? '';
    expect(page.split('<article>')).toHaveLength(shownOfEachKind + 2);
    expect(page).toContain(`N${shownOfEachKind - 1}N`);
    expect(page).not.toContain(`N${shownOfEachKind}N`);
    expect(page.indexOf('另有 3 条')).toBeLessThan(page.indexOf('林小禾'));
    expect(JSON.parse(files['data.json'] ?? '').records).toHaveLength(records.length);
    expect(files['data.csv']?.trim().split('\n')).toHaveLength(records.length + 1);
  });

  it('quotes every cell of the CSV, and shows formulas as text', async () => {
    const [record] = names('say "=1+1"');
    const records = record ? [{ ...record, holder: '=cmd' }] : [];
    const files = await filesIn(Buffer.concat(await Array.fromAsync(packageContent(facts, () => linesOf(records)))));
    const values = JSON.stringify({ name: 'say "=1+1"' }).replaceAll('"', '""');
    expect(files['data.csv']?.split('\n')).toEqual([
      '\ufeffholder,category,since,redacted,values',
      `"'=cmd","registration.name","2026-01-01T00:00:00.000Z","false","${values}"`,
      '',
    ]);
  });

  it('says when something happened in the words of the reader', async () => {
    const [record] = names('林小禾');
    const records = record ? [{ ...record, values: { occurredAt: new Date('2026-11-20T01:30:00Z') } }] : [];
    const files = await filesIn(Buffer.concat(await Array.fromAsync(packageContent(facts, () => linesOf(records)))));
    expect(files['index.html']).toContain('<dt>发生时间</dt><dd>2026年11月20日 09:30</dd>');
  });

  it('reads nothing before it is asked for, and lets go of its records when whoever asks has stopped', async () => {
    const steps: string[] = [];
    const content = packageContent(facts, async function* () {
      steps.push('begun');
      try {
        while (true) {
          yield* linesOf(names(randomBytes(100).toString('hex')));
          yield Buffer.from(',\n');
        }
      } finally {
        steps.push('let go');
      }
    });
    await new Promise(setImmediate);
    expect(steps).toEqual([]);
    for await (const _ of content) if (steps.length > 0) break;
    await eventually(() => steps.length > 1);
    expect(steps).toEqual(['begun', 'let go']);
  });
});
