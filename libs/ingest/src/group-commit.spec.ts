import { setImmediate as turn } from 'node:timers/promises';
import { DomainError } from '@abide/kernel';
import fc from 'fast-check';
import { GroupCommit } from './group-commit.js';

type Parts = ConstructorParameters<typeof GroupCommit<string, string>>[0] & { readonly patienceMilliseconds: number };

/** A group whose works all have the same patience from when they are submitted. */
class PatientGroup {
  private readonly group: GroupCommit<string, string>;

  constructor(private readonly parts: Parts) {
    this.group = new GroupCommit(parts);
  }

  submit(work: string, weight: number): Promise<string> {
    return this.group.submit(work, { weight, until: performance.now() + this.parts.patienceMilliseconds });
  }
}

/** Commits of which each ends when the test says so. */
class Commits {
  readonly groups: (readonly string[])[] = [];
  private readonly ends: PromiseWithResolvers<void>[] = [];
  private isOver = false;

  readonly commit = async (works: readonly string[]): Promise<string[]> => {
    const end = Promise.withResolvers<void>();
    this.groups.push(works);
    this.ends.push(end);
    if (this.isOver) end.resolve();
    await end.promise;
    return works.map((work) => `${work} is stored`);
  };

  async end(index: number): Promise<void> {
    this.ends[index]?.resolve();
    await settled();
  }

  async fail(index: number, error: Error): Promise<void> {
    this.ends[index]?.reject(error);
    await settled();
  }

  /** Of this one and every later one. */
  async endAll(): Promise<void> {
    this.isOver = true;
    for (const end of this.ends) end.resolve();
    await settled();
  }
}

/** As many turns of the loop as the longest chain of groups that a test lets begin one after another. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) await turn();
}

describe('GroupCommit', () => {
  let commits: Commits;
  beforeEach(() => {
    commits = new Commits();
  });
  afterEach(() => commits.endAll());

  const aGroup = (changes: Partial<Parts> = {}) =>
    new PatientGroup({
      commit: commits.commit,
      concurrency: 2,
      worthAnother: 1,
      mostPerCommit: 10,
      mostPending: 30,
      patienceMilliseconds: 60_000,
      ...changes,
    });
  /** What became of a work: its result, the code of its refusal, or the message of its error. */
  const outcome = (asked: Promise<string>) =>
    asked.catch((error: Error) =>
      error instanceof DomainError ? `${error.code} ${String(error.details.extra?.['httpStatus'])}` : error.message,
    );

  it('commits together what arrives together, and answers each with its own', async () => {
    const group = aGroup();
    const asked = Promise.all(['a', 'b', 'c'].map((work) => group.submit(work, 1)));
    await settled();
    expect(commits.groups).toEqual([['a', 'b', 'c']]);
    await commits.end(0);
    expect(await asked).toEqual(['a is stored', 'b is stored', 'c is stored']);
  });

  it('puts no more weight into a commit than may be, except a work that has more by itself', async () => {
    const group = aGroup({ concurrency: 10 });
    for (const [work, weight] of [
      ['a', 6],
      ['b', 4],
      ['c', 1],
      ['d', 15],
      ['e', 3],
    ] as const)
      void group.submit(work, weight);
    await settled();
    expect(commits.groups).toEqual([['a', 'b'], ['c'], ['d'], ['e']]);
  });

  it('has no more commits under way than it may have, and shares the next among who came meanwhile, in their order', async () => {
    const group = aGroup();
    for (const work of ['a', 'b']) {
      void group.submit(work, 1);
      await settled();
    }
    for (const work of ['c', 'd', 'e']) {
      void group.submit(work, 1);
      await settled();
    }
    expect(commits.groups).toEqual([['a'], ['b']]);
    await commits.end(1);
    expect(commits.groups).toEqual([['a'], ['b'], ['c', 'd', 'e']]);
  });

  it('lets nobody overtake a heavy work that waits', async () => {
    const group = aGroup({ concurrency: 1 });
    void group.submit('first', 1);
    await settled();
    for (const [work, weight] of [
      ['heavy', 10],
      ['light', 1],
    ] as const)
      void group.submit(work, weight);
    await commits.end(0);
    expect(commits.groups).toEqual([['first'], ['heavy']]);
  });

  it('refuses at once what would be too much with what is waiting and under way, but never the only work', async () => {
    const group = aGroup({ mostPending: 20 });
    const big = group.submit('bigger than everything', 50);
    await settled();
    expect(await outcome(group.submit('one more', 1))).toBe('service.busy 503');
    await commits.end(0);
    expect(await big).toBe('bigger than everything is stored');
    void group.submit('a', 20);
    expect(await outcome(group.submit('b', 1))).toBe('service.busy 503');
    await settled();
    await commits.end(1);
    void group.submit('c', 20);
    await settled();
    expect(commits.groups.at(-1)).toEqual(['c']);
  });

  it('tells who waits too long to come again, does not commit what still waited, and has room for others at once', async () => {
    const group = aGroup({ concurrency: 1, patienceMilliseconds: 50, mostPending: 20 });
    const underWay = outcome(group.submit('under way', 5));
    await settled();
    const waiting = outcome(group.submit('waiting', 15));
    expect(await Promise.all([underWay, waiting])).toEqual(['service.busy 503', 'service.busy 503']);
    const late = group.submit('late', 15);
    await commits.end(0);
    expect(commits.groups).toEqual([['under way'], ['late']]);
    await commits.end(1);
    expect(await late).toBe('late is stored');
  });

  it('keeps the weight of what is under way until it has ended, however long ago it was given up on', async () => {
    const group = aGroup({ concurrency: 1, patienceMilliseconds: 20, mostPending: 20 });
    expect(await outcome(group.submit('under way', 15))).toBe('service.busy 503');
    expect(await outcome(group.submit('another', 15))).toBe('service.busy 503');
    await commits.end(0);
    void group.submit('another', 15).catch(() => undefined);
    await settled();
    expect(commits.groups).toEqual([['under way'], ['another']]);
  });

  it('tells everybody in a commit that failed why, and goes on with the next', async () => {
    const group = aGroup({ concurrency: 1 });
    const failed = ['a', 'b'].map((work) => outcome(group.submit(work, 1)));
    await settled();
    const next = group.submit('c', 1);
    await commits.fail(0, new Error('the disk is full'));
    expect(await Promise.all(failed)).toEqual(['the disk is full', 'the disk is full']);
    await commits.end(1);
    expect(await next).toBe('c is stored');
  });

  it('answers every work once and with its own, whatever the weights, and commits each once', async () => {
    const weights = fc.array(fc.integer({ min: 1, max: 14 }), { minLength: 1, maxLength: 60 });
    const check = async (works: readonly number[], concurrency: number) => {
      const committed: string[] = [];
      let [underWay, most] = [0, 0];
      const commit = async (group: readonly string[]): Promise<string[]> => {
        most = Math.max(most, (underWay += 1));
        await new Promise(setImmediate);
        underWay -= 1;
        committed.push(...group);
        return group.map((work) => `${work} is stored`);
      };
      const group = aGroup({ commit, concurrency, mostPending: 1000 });
      const names = works.map((_, index) => `work ${index}`);
      expect(await Promise.all(works.map((weight, index) => group.submit(names[index] ?? '', weight)))).toEqual(
        names.map((name) => `${name} is stored`),
      );
      expect(committed.toSorted()).toEqual(names.toSorted());
      expect(most).toBeLessThanOrEqual(concurrency);
    };
    await fc.assert(fc.asyncProperty(weights, fc.integer({ min: 1, max: 3 }), check), { numRuns: 60 });
  });

  it('lets little wait for the commit under way and share the next, and begins another beside it once it is worth it', async () => {
    const group = aGroup({ worthAnother: 5, mostPerCommit: 100, mostPending: 100 });
    const asked = ['a', 'b', 'c'].map((work) => group.submit(work, 2));
    await settled();
    expect(commits.groups).toEqual([['a', 'b', 'c']]);
    asked.push(group.submit('d', 2), group.submit('e', 2));
    await settled();
    expect(commits.groups).toHaveLength(1);
    asked.push(group.submit('f', 2));
    await settled();
    expect(commits.groups).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e', 'f'],
    ]);
    await commits.endAll();
    expect(await Promise.all(asked)).toHaveLength(6);
  });
});
