import { DomainError } from '@abide/kernel';

interface Waiting<Work, Result> {
  readonly work: Work;
  readonly weight: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

interface GroupCommitParts<Work, Result> {
  /** Commits several works together; answers in their order. */
  readonly commit: (works: readonly Work[]) => Promise<readonly Result[]>;
  /** How many commits are under way at a time. */
  readonly concurrency: number;
  /** The weight that has to wait before another commit begins beside one that is under way: small ones wait for it, and share the next. */
  readonly worthAnother: number;
  /** The weight that goes into one commit, more than which only a single work may have. */
  readonly mostPerCommit: number;
  /** The weight that may be waiting and under way; beyond it works are refused at once. */
  readonly mostPending: number;
}

interface Terms {
  readonly weight: number;
  /** By `performance.now()`: when it is to be answered at the latest. */
  readonly until: number;
}

/**
 * Lets works that arrive while others are being committed share the next commit. Bounded in memory and in time: whoever would
 * have to wait too long is told to come back, and a work given up on while it was under way may have been committed.
 */
export class GroupCommit<Work, Result> {
  private waiting: Waiting<Work, Result>[] = [];
  private waitingWeight = 0;
  private underWay = 0;
  private pending = 0;
  private isScheduled = false;

  constructor(private readonly parts: GroupCommitParts<Work, Result>) {}

  /** @throws DomainError `service.busy` (503), or what the commit throws */
  submit(work: Work, { weight, until }: Terms): Promise<Result> {
    if (this.pending > 0 && this.pending + weight > this.parts.mostPending) return Promise.reject(busy());
    this.pending += weight;
    const asked = Promise.withResolvers<Result>();
    const one = { work, weight, resolve: asked.resolve, reject: asked.reject };
    this.waiting.push(one);
    this.waitingWeight += weight;
    this.schedule();
    const timer = setTimeout(() => this.giveUp(one), until - performance.now());
    return asked.promise.finally(() => clearTimeout(timer));
  }

  private schedule(): void {
    if (this.isScheduled || this.waiting.length === 0 || !this.mayBegin()) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      void this.run(this.nextGroup());
      this.schedule();
    });
  }

  private mayBegin(): boolean {
    if (this.underWay === 0) return true;
    return this.underWay < this.parts.concurrency && this.waitingWeight >= this.parts.worthAnother;
  }

  private nextGroup(): Waiting<Work, Result>[] {
    let taken = 0;
    for (let weight = 0; taken < this.waiting.length; taken += 1) {
      weight += this.waiting[taken]?.weight ?? 0;
      if (taken > 0 && weight > this.parts.mostPerCommit) break;
    }
    const group = this.waiting.splice(0, taken);
    for (const { weight } of group) this.waitingWeight -= weight;
    return group;
  }

  private async run(group: readonly Waiting<Work, Result>[]): Promise<void> {
    if (group.length === 0) return;
    this.underWay += 1;
    try {
      const results = await this.parts.commit(group.map(({ work }) => work));
      group.forEach(({ resolve }, index) => resolve(results[index] as Result));
    } catch (error) {
      for (const { reject } of group) reject(error);
    } finally {
      this.underWay -= 1;
      for (const { weight } of group) this.pending -= weight;
      this.schedule();
    }
  }

  /** What still waits goes; what is under way keeps its weight until it has ended. */
  private giveUp(one: Waiting<Work, Result>): void {
    const index = this.waiting.indexOf(one);
    if (index >= 0) {
      this.waiting.splice(index, 1);
      this.waitingWeight -= one.weight;
      this.pending -= one.weight;
    }
    one.reject(busy());
  }
}

/** What `work` comes to, or that too much is waiting once it takes longer than `until` (by `performance.now()`). */
export function inTime<T>(until: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(busy()), until - performance.now());
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

function busy(): DomainError {
  return new DomainError('tooMany', 'service.busy', {
    detail: 'More arrives than can be stored at the moment. Nothing was acknowledged; send the same again later.',
    extra: { httpStatus: 503, retryAfterSeconds: 2 },
  });
}
