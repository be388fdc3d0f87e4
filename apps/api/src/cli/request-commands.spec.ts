import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clockOfKept, type KeptClock } from '@abide/rights';
import { requestClock } from './request-commands.js';

describe('abide request clock', () => {
  const folder = mkdtempSync(join(tmpdir(), 'abide-clock-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const facts: KeptClock = {
    profile: 'cn-pipl',
    utcOffsetHours: 8,
    start: { at: '2026-02-10T02:00:00.000Z', on: 'receipt', article: 'Abide default' },
    answer: { within: { workingDays: 15 }, article: 'App violation criteria 2019' },
    extension: null,
    pauses: [],
  };

  async function run(content: unknown, ...more: string[]): Promise<{ code: number; out: string; err: string }> {
    const file = join(folder, 'request.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    let [out, err] = ['', ''];
    const code = await requestClock([file, ...more], { out: (text) => (out += text), err: (text) => (err += text) });
    return { code, out, err };
  }

  const { dueAt, trace } = clockOfKept(facts);
  const told = { dueAt: dueAt?.toISOString(), clock: { facts, trace: JSON.parse(JSON.stringify(trace)) } };

  it('comes to the deadline that a request says, over the Spring Festival', async () => {
    const { code, out } = await run(told);
    expect(code).toBe(0);
    expect(out).toContain('The same: 2026-03-09T15:59:59.999Z');
    expect(out).toContain('2026-02-16 Spring Festival');
  });

  it('says where a deadline or its way was changed', async () => {
    expect((await run({ ...told, dueAt: '2026-03-10T15:59:59.999Z' })).code).toBe(1);
    const [first, second] = told.clock.trace;
    const other = { ...told, clock: { facts, trace: [first, { ...second, days: 14 }] } };
    expect((await run(other)).code).toBe(1);
    expect(JSON.parse((await run(other, '--json')).out)).toMatchObject({
      same: false,
      dueAt: '2026-03-09T15:59:59.999Z',
    });
  });

  it('computes nothing from what is no request', async () => {
    for (const content of [
      '',
      '[',
      '{}',
      '"x"',
      { clock: { facts: { ...facts, answer: { within: { workingDays: -1 } } } } },
    ])
      expect((await run(content)).code).toBe(2);
    expect(await requestClock([join(folder, 'missing.json')], { out: () => undefined, err: () => undefined })).toBe(2);
  });
});
