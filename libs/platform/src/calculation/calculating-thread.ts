import { Worker } from 'node:worker_threads';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Answered, Asked, CalculationsByName } from './answering.js';

/** For whom something is calculated: what operators wait for goes before what anybody may ask for. */
export type Lane = 'operator' | 'public';

interface Job {
  readonly asked: Asked;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const mostMegabytes = 1024;
const mostWaiting = 100;

/**
 * Calculates in a thread of its own what takes too long for the one that answers requests, one thing after the other.
 * Each has a limit of time and of memory. The file at `entry` calls `answerWith` with the same calculations.
 */
export abstract class CalculatingThread<Calculations extends CalculationsByName> implements OnModuleDestroy {
  protected readonly longestMilliseconds: number = 30_000;
  protected abstract readonly entry: URL;
  private readonly waiting: Readonly<Record<Lane, Job[]>> = { operator: [], public: [] };
  private thread: Worker | null = null;
  private running: Job | null = null;
  private limit: NodeJS.Timeout | undefined;

  async onModuleDestroy(): Promise<void> {
    const { thread } = this;
    this.thread = null;
    await thread?.terminate();
  }

  /** @throws what `tooExtensive` and `tooManyWaiting` make where a limit is reached */
  calculate<Name extends keyof Calculations & string>(
    name: Name,
    given: Parameters<Calculations[Name]>,
    lane: Lane = 'operator',
  ): Promise<Awaited<ReturnType<Calculations[Name]>>> {
    if (this.waiting[lane].length >= mostWaiting) return Promise.reject(this.tooManyWaiting());
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.waiting[lane].push({ asked: { name, given }, resolve, reject });
    this.next();
    return promise as Promise<Awaited<ReturnType<Calculations[Name]>>>;
  }

  /** The refusal of what takes more time or memory than one thing may. */
  protected abstract tooExtensive(): Error;

  /** The refusal where too much waits already. */
  protected abstract tooManyWaiting(): Error;

  private next(): void {
    if (this.running) return;
    const job = this.waiting.operator.shift() ?? this.waiting.public.shift();
    if (!job) return;
    this.running = job;
    this.limit = setTimeout(() => this.giveUp(this.tooExtensive()), this.longestMilliseconds);
    this.thread ??= this.startThread();
    this.thread.ref();
    this.thread.postMessage(job.asked);
  }

  private startThread(): Worker {
    const thread = new Worker(this.entry, { resourceLimits: { maxOldGenerationSizeMb: mostMegabytes } });
    const whileOurs =
      <Told>(act: (told: Told) => void) =>
      (told: Told) => {
        if (this.thread === thread) act(told);
      };
    thread.on(
      'message',
      whileOurs((answer: Answered) => this.settle(answer)),
    );
    thread.on(
      'error',
      whileOurs((error: Error & { code?: string }) =>
        this.giveUp(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? this.tooExtensive() : error),
      ),
    );
    thread.on(
      'exit',
      whileOurs(() => this.giveUp(new Error('The calculating thread ended.'))),
    );
    return thread;
  }

  private settle(answer: Answered): void {
    const job = this.finish();
    if ('result' in answer) job?.resolve(answer.result);
    else job?.reject(answer.isTooMuch ? this.tooExtensive() : new Error(answer.thrown));
    this.next();
  }

  /** Ends the thread with what it is calculating; the next thing gets a new one. */
  private giveUp(error: Error): void {
    void this.thread?.terminate();
    this.thread = null;
    this.finish()?.reject(error);
    this.next();
  }

  private finish(): Job | null {
    const job = this.running;
    this.running = null;
    clearTimeout(this.limit);
    this.thread?.unref();
    return job;
  }
}
