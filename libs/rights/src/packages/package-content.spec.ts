import { randomBytes } from 'node:crypto';
import { eventually } from '@abide/platform/testing';
import { packageContent, type PackageFacts, type PackedRecord } from './package-content.js';

const facts: PackageFacts = {
  number: 'R-1',
  locale: 'zh-CN',
  utcOffsetHours: 8,
  nameOf: () => undefined,
  holderName: () => undefined,
  madeAt: new Date('2026-11-30T00:00:00Z'),
  grounds: new Map(),
};
const record: PackedRecord = {
  holder: 'identity',
  table: 'identity.profile_fields',
  id: 'name',
  category: 'registration.name',
  since: new Date('2026-01-01T00:00:00Z'),
  values: { name: '林小禾' },
};

describe('the content of a package', () => {
  it.each([1, 2, 3])('fails as its records do, in their pass number %i', async (failing) => {
    let passes = 0;
    const content = packageContent(facts, async function* () {
      passes += 1;
      yield record;
      if (passes === failing) throw new Error('the database is away');
    });
    await expect(Array.fromAsync(content)).rejects.toThrow('the database is away');
    expect(passes).toBe(failing);
  });

  it('reads nothing before it is asked for, and lets go of its records when whoever asks has stopped', async () => {
    const steps: string[] = [];
    const content = packageContent(facts, async function* () {
      steps.push('begun');
      try {
        while (true) yield { ...record, values: { name: randomBytes(100).toString('hex') } };
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
