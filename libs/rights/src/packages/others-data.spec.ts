import fc from 'fast-check';
import { comparable, OthersData } from './others-data.js';

const own = new Set(['lin@example.com', '+8613912345678', '11010119900101001x'].map(comparable));
const withoutOthers = (values: Record<string, unknown>) => new OthersData(own).leftOutOf(values);
const redact = (text: string) => withoutOthers({ text });

describe('others’ data in what is held of somebody', () => {
  it('is masked and marked, wherever it stands', () => {
    const { json, isRedacted } = withoutOthers({
      note: '请转告 wang@example.com 或 13800138000',
      parts: [{ peer: '+86 138-0013-8000' }, '110101199001010028'],
    });
    expect(isRedacted).toBe(true);
    for (const hidden of ['wang@example.com', '13800138000', '138-0013-8000', '110101199001010028'])
      expect(json).not.toContain(hidden);
    expect(json).toContain('请转告');
  });

  it('is not what identifies the person themselves, however it is written', () => {
    for (const text of ['Lin@Example.com', '139 1234 5678', '+8613912345678', '11010119900101001X'])
      expect(redact(text)).toEqual({ json: JSON.stringify({ text }), isRedacted: false });
  });

  it('is none of our own numbers, times and ids', () => {
    const none = fc.oneof(
      fc.uuid(),
      fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((at) => at.toISOString()),
      fc
        .integer()
        .map(String)
        .filter((text) => text.length < 10),
    );
    fc.assert(fc.property(none, (text) => !redact(text).isRedacted));
    const kept = { at: new Date(0), count: 13_800_138_000, none: null, list: [true] };
    expect(withoutOthers(kept)).toEqual({ json: JSON.stringify(kept), isRedacted: false });
  });

  it('are told apart from record to record, also where records have something in common', () => {
    const others = new OthersData(own);
    const [shared, theirs] = [{ peer: 'wang@example.com' }, { peer: 'lin@example.com' }];
    const told = [shared, shared, theirs, shared].map((link) => others.leftOutOf({ link, none: undefined }));
    expect(told.map(({ isRedacted }) => isRedacted)).toEqual([true, true, false, true]);
    for (const { json } of told) expect(json).not.toContain('wang@example.com');
    expect(told[2]?.json).toBe(JSON.stringify({ link: theirs }));
  });

  it('is looked for once in what many records have in common', () => {
    let looks = 0;
    const shared = new Proxy(
      { receipt: '01a22eb8-1989-7171-9394-6249eb0a89d1' },
      { ownKeys: (target) => ((looks += 1), Reflect.ownKeys(target)) },
    );
    const others = new OthersData(own);
    const { json } = others.leftOutOf({ lineage: shared });
    const once = looks;
    for (let record = 0; record < 10; record += 1) expect(others.leftOutOf({ lineage: shared }).json).toBe(json);
    expect(looks).toBe(once);
  });

  it('changes nothing of how the rest is put into JSON', () => {
    const values = fc.dictionary(
      fc.string({ unit: 'grapheme' }),
      fc.oneof(fc.jsonValue(), fc.date(), fc.constant(undefined)),
    );
    fc.assert(
      fc.property(values, (held) => {
        const { json, isRedacted } = withoutOthers(held);
        if (!isRedacted) expect(json).toBe(JSON.stringify(held));
      }),
    );
  });
});
