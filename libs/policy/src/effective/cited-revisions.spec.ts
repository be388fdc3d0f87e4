import type { Database } from '@abide/platform';
import type { Revisions } from '../revisions/revisions.js';
import { CitedRevisions } from './cited-revisions.js';

describe('the names of cited revisions', () => {
  const everyNumber = {
    query: async (_sql: string, [ids]: [readonly string[]]) =>
      ids.map((id) => ({ id, policy: 'privacy', number: Number(id) })),
  };
  const cited = () => new CitedRevisions(everyNumber as unknown as Database, {} as Revisions);

  it('are all told, also when there are more than are remembered', async () => {
    const names = cited();
    await names.namesOf(Array.from({ length: 10_001 }, (_, n) => String(n)));
    const told = await names.namesOf(['5', '20000']);
    expect([told.get('5')?.number, told.get('20000')?.number]).toEqual([5, 20_000]);
  });

  it('stay with whoever was told while others are learned', async () => {
    const names = cited();
    const first = names.namesOf(['1']);
    await Promise.all(
      Array.from({ length: 3 }, (_, n) =>
        names.namesOf(Array.from({ length: 10_001 }, (_one, m) => String(m + 2 + n * 20_000))),
      ),
    );
    expect((await first).get('1')?.number).toBe(1);
  });
});
