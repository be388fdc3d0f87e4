import { Worker } from 'node:worker_threads';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { refusal } from '../policy.errors.js';
import type { CalculationName, Calculations } from './calculations.js';
import type { Answered, Asked } from './calculations.worker.js';

/** For whom something is calculated: what operators wait for goes before what anybody may ask for. */
export type Lane = 'operator' | 'public';

interface Job {
  readonly asked: Asked;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The tests run from the sources, the product from what is built. */
const entry = new URL(
  import.meta.url.endsWith('.ts') ? './from-source.mjs' : './calculations.worker.js',
  import.meta.url,
);
const mostMegabytes = 1024;
const remembersFailureMilliseconds = 5 * 60_000;
const mostWaiting = 100;
const mostKept = 80;

/**
 * Calculates in a thread of its own what takes too long for the one that answers requests, one thing after the other.
 * Each has a limit of time and of memory, whoever asks for the same meanwhile waits for the one answer, and the newest
 * answers are kept.
 */
@Injectable()
export class Calculator implements OnModuleDestroy {
  protected readonly longestMilliseconds: number = 30_000;
  private readonly kept = new Map<string, Promise<unknown>>();
  private readonly waiting: Readonly<Record<Lane, Job[]>> = { operator: [], public: [] };
  private thread: Worker | null = null;
  private running: Job | null = null;
  private limit: NodeJS.Timeout | undefined;

  async onModuleDestroy(): Promise<void> {
    const { thread } = this;
    this.thread = null;
    await thread?.terminate();
  }

  /**
   * The answer kept under `key`, which must hold everything it depends on; else as calculated now.
   * @throws DomainError `policy.too_extensive` when it takes more time or memory than one thing may, `policy.calculating` when too many wait
   */
  recall<Name extends CalculationName>(
    key: string,
    name: Name,
    given: Parameters<Calculations[Name]>,
    lane: Lane = 'operator',
  ): Promise<ReturnType<Calculations[Name]>> {
    const known = this.kept.get(key) ?? this.keep(key, this.calculate(name, given, lane));
    return known as Promise<ReturnType<Calculations[Name]>>;
  }

  /** The same without keeping the answer. */
  calculate<Name extends CalculationName>(
    name: Name,
    given: Parameters<Calculations[Name]>,
    lane: Lane = 'operator',
  ): Promise<ReturnType<Calculations[Name]>> {
    if (this.waiting[lane].length >= mostWaiting) {
      return Promise.reject(
        refusal('policy.calculating', {
          detail: 'Too much is being compared and checked at this moment. Nothing was changed; try again shortly.',
        }),
      );
    }
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.waiting[lane].push({ asked: { name, given }, resolve, reject });
    this.next();
    return promise as Promise<ReturnType<Calculations[Name]>>;
  }

  /** What was too extensive once is so for a while; any other failure is forgotten at once. */
  private keep(key: string, answer: Promise<unknown>): Promise<unknown> {
    const oldest = this.kept.size >= mostKept ? this.kept.keys().next().value : undefined;
    if (oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, answer);
    const forget = () => {
      if (this.kept.get(key) === answer) this.kept.delete(key);
    };
    answer.catch((error: unknown) =>
      isTooExtensive(error) ? setTimeout(forget, remembersFailureMilliseconds).unref() : forget(),
    );
    return answer;
  }

  private next(): void {
    if (this.running) return;
    const job = this.waiting.operator.shift() ?? this.waiting.public.shift();
    if (!job) return;
    this.running = job;
    this.limit = setTimeout(() => this.giveUp(tooExtensive()), this.longestMilliseconds);
    this.thread ??= this.startThread();
    this.thread.ref();
    this.thread.postMessage(job.asked);
  }

  private startThread(): Worker {
    const thread = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: mostMegabytes } });
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
        this.giveUp(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooExtensive() : error),
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
    else job?.reject(answer.isTooMuch ? tooExtensive() : new Error(answer.thrown));
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

function tooExtensive(): Error {
  return refusal('policy.too_extensive', {
    detail:
      'This text is too extensive to be checked or compared. Nothing was changed; shorten it or say the same in fewer terms.',
  });
}

function isTooExtensive(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'policy.too_extensive';
}
