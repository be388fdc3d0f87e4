import fc from 'fast-check';
import { comparable, withoutOthers } from './others-data.js';

const own = new Set(['lin@example.com', '+8613912345678', '11010119900101001x'].map(comparable));
const redact = (text: string) => withoutOthers({ text }, own);

describe('others’ data in what is held of somebody', () => {
  it('is masked and marked, wherever it stands', () => {
    const { json, isRedacted } = withoutOthers(
      { note: '请转告 wang@example.com 或 13800138000', parts: [{ peer: '+86 138-0013-8000' }, '110101199001010028'] },
      own,
    );
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
    expect(withoutOthers(kept, own)).toEqual({ json: JSON.stringify(kept), isRedacted: false });
  });
});
