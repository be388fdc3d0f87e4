import { aPolicy, withClause } from '../testing/documents.js';
import { Calculator } from './calculator.js';

const random = (word: string, length: number) =>
  Array.from({ length }, (_, index) => `${word}${(index * 7919) % 9973}`).join(' ');
const longClause = (word: string) => ({
  id: 'keep.periods',
  body: { 'zh-CN': random(word, 3000), en: random(word, 3000) },
});
const texts = (word: string) =>
  aPolicy({
    clauses: withClause(aPolicy(), longClause(word)).clauses.map((clause, index) => ({ ...clause, id: `c${index}` })),
  }).clauses;

/** Two texts that take long to compare; different ones for each `salt`. */
function hardTexts(salt: string) {
  const [before, after] = [texts(`a${salt}`), texts(`b${salt}`)];
  const paired = after.map(({ id, heading }, index) => ({
    id,
    state: 'changed' as const,
    isMoved: false,
    number: index + 1,
    numberBefore: index + 1,
    heading,
  }));
  return { before, after, paired };
}

const easyTexts = { before: [], after: [], paired: [] };

describe('what takes long to calculate', () => {
  const calculator = new Calculator();
  afterAll(() => calculator.onModuleDestroy());

  it('does not keep the thread that answers requests', async () => {
    const [here, everywhere] = [process.threadCpuUsage(), process.cpuUsage()];
    await calculator.calculate('comparedClauses', [hardTexts('x')]);
    const spentHere = process.threadCpuUsage(here);
    const spent = process.cpuUsage(everywhere);
    expect(spentHere.user + spentHere.system).toBeLessThan((spent.user + spent.system) / 3);
  });

  it('is calculated once for all who ask while it lasts, and kept', async () => {
    const ask = () => calculator.recall('one', 'comparedClauses', [easyTexts]);
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(answers).size).toBe(1);
    expect(await ask()).toBe(answers[0]);
  });

  it('goes before what the public waits for when an operator asks', async () => {
    const order: string[] = [];
    const ask = (name: string, lane: 'operator' | 'public') =>
      calculator.calculate('comparedClauses', [easyTexts], lane).then(() => order.push(name));
    await Promise.all([ask('first', 'public'), ask('second', 'public'), ask('urgent', 'operator')]);
    expect(order).toEqual(['first', 'urgent', 'second']);
  });

  it('is refused where too much waits already', async () => {
    const asked = Array.from({ length: 130 }, (_, index) =>
      calculator.calculate('comparedClauses', [easyTexts], index < 129 ? 'public' : 'operator'),
    );
    const settled = await Promise.allSettled(asked);
    expect(
      settled.filter(({ status }) => status === 'rejected').map((one) => 'reason' in one && one.reason.code),
    ).toEqual(Array(28).fill('policy.calculating'));
    expect(settled.at(-1)?.status).toBe('fulfilled');
  });

  it('is given up when it takes longer than one thing may, which is remembered, and the next is calculated', async () => {
    const impatient = new Impatient();
    const ask = () => impatient.recall('hard', 'comparedClauses', [hardTexts('z')]);
    await expect(ask()).rejects.toMatchObject({ code: 'policy.too_extensive', kind: 'conflict' });
    await expect(ask()).rejects.toMatchObject({ code: 'policy.too_extensive' });
    await impatient.onModuleDestroy();
  });
});

class Impatient extends Calculator {
  protected override readonly longestMilliseconds = 1;
}
