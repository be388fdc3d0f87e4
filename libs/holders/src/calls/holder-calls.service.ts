import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, dayInMilliseconds } from '@abide/kernel';
import { Database, nothingToDo, ScheduledTasks, type AffectedCount, type HolderAnswer } from '@abide/platform';
import {
  descriptionSchema,
  holderAnswerSchema,
  type ChangingOperation,
  type Description,
  type ExportedRecord,
} from '../protocol/holder-answers.js';
import type { HolderQuestion, HolderSubject } from '../protocol/holder-client.js';
import type { HolderConnection } from '../protocol/holder-connection.js';
import { HolderFailure } from '../protocol/holder-failure.js';
import type { OutsideHolder } from '../registry/outside-holder.entity.js';
import { HolderConnections } from '../registry/holder-connections.js';
import { OutsideHolders } from '../registry/outside-holders.service.js';
import type { CallFailure, HolderCall } from './holder-call.entity.js';
import { HolderCallQueries, type CallsOf } from './holder-calls.queries.js';

/** What is asked for a request, and about whom; `requestId` is the same in every attempt. */
export interface OutsideQuestion {
  /** The request that it is asked for. */
  readonly reference: string;
  readonly requestId: string;
  readonly subject: HolderSubject;
  readonly categories: readonly string[];
  readonly [more: string]: unknown;
}

/** What was found out about a holder: as it said, or why it said nothing. */
export interface KnownDescription {
  readonly outcome: Description['outcome'] | 'unreachable' | 'withdrawn';
  readonly holdings: Description['holdings'];
  /** What it was registered for: what it may have where it does not answer. */
  readonly categories: readonly string[];
}

const [minute, hour] = [60_000, 3_600_000];
/** The pauses after failed attempts; after the last it is given up until somebody begins it anew. */
const pauses = [minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 12 * hour, 24 * hour, 24 * hour];
/** How long a holder may take that answered 202, before it is asked again. */
const callbackHours = 24;
/** Longer than any attempt takes. */
const leaseMilliseconds = 15 * minute;
/** An operator waits for it. */
const describeMilliseconds = 5_000;
const duePerRound = 200;
const keptDays = 90;

const leftToAPerson: HolderAnswer = { ...nothingToDo, outcome: 'manual' };
export const unreachable: HolderAnswer = { ...nothingToDo, outcome: 'unreachable' };
export const withdrawn: HolderAnswer = { ...nothingToDo, outcome: 'withdrawn' };

/** Asks holders outside for requests until they have answered, and keeps what they said. Never call it inside a transaction. */
@Injectable()
export class HolderCalls implements OnModuleInit {
  private readonly logger = new Logger('HolderCalls');
  private readonly listeners: ((reference: string) => Promise<void>)[] = [];

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tasks: ScheduledTasks,
    private readonly holders: OutsideHolders,
    private readonly connections: HolderConnections,
    private readonly queries: HolderCallQueries,
  ) {}

  onModuleInit(): void {
    this.tasks.every(60, 'holders.calls_due', () => this.queueDue());
    this.tasks.every(3600, 'holders.forget_calls', () =>
      this.queries.forgetBefore(new Date(this.clock.now().getTime() - keptDays * dayInMilliseconds)),
    );
  }

  /** Runs `goOn` whenever something that a request waits for may have changed: an answer came, or it is time to ask again. Call it while modules initialise. */
  whenMoved(goOn: (reference: string) => Promise<void>): void {
    this.listeners.push(goOn);
  }

  /** Asks what a holder has of somebody, now, and keeps what it said. */
  async describe(holderName: string, question: OutsideQuestion): Promise<KnownDescription> {
    const asked = await this.attempt(holderName, 'describe', question, (connection, told) =>
      connection.describe(told, describeMilliseconds),
    );
    return this.described(asked.holder, asked.value ?? null);
  }

  /** What it said the last time, without asking; null where it was never asked. Joins an open transaction. */
  async lastDescription(holderName: string, requestId: string): Promise<KnownDescription | null> {
    const holder = await this.holders.find(holderName);
    if (!holder || holder.state === 'removed') return this.described(holder, null);
    const call = await this.queries.find({ holderId: holder.id, requestId, operation: 'describe' });
    if (!call) return null;
    const said = call.answer && descriptionSchema.parse(call.answer);
    return this.described(holder, said);
  }

  /** What it did; null while its answer is on the way. Asked again only when it is time to. */
  async act(holderName: string, operation: ChangingOperation, question: OutsideQuestion): Promise<HolderAnswer | null> {
    const holder = await this.holders.find(holderName);
    if (!holder || holder.state === 'removed') return this.gone(holder, question);
    const { requestId } = question;
    const known = await this.queries.find({ holderId: holder.id, requestId, operation });
    if (known?.state === 'answered') return holderAnswerSchema.parse(known.answer);
    if (known && this.isWaiting(known)) return known.state === 'accepted' ? null : unreachable;
    const { value } = await this.attempt(holderName, operation, question, (connection, told) =>
      connection.act(operation, told),
    );
    return value === undefined ? unreachable : value;
  }

  /**
   * Has `keep` read what a holder has of somebody, to the end. The answer of a holder that exports nothing: it is gone, did not come to an end, is not asked
   * again yet, or a person has to look.
   */
  async export<T>(
    holderName: string,
    question: OutsideQuestion,
    keep: (records: AsyncIterable<ExportedRecord>) => Promise<T>,
  ): Promise<{ readonly kept: T; readonly counts: readonly AffectedCount[] } | HolderAnswer> {
    const holder = await this.holders.find(holderName);
    if (!holder || holder.state === 'removed') return this.gone(holder, question);
    const known = await this.queries.find({
      holderId: holder.id,
      requestId: question.requestId,
      operation: 'export',
    });
    if (known && known.state !== 'answered' && this.isWaiting(known)) return unreachable;
    const { value } = await this.attempt(holderName, 'export', question, async (connection, told) => {
      const records = connection.export(told);
      if (!records) return leftToAPerson;
      const counts = new Map<string, number>();
      const kept = await keep(counting(records, counts));
      return { kept, counts: [...counts].map(([category, count]) => ({ category, count })) };
    });
    return value ?? unreachable;
  }

  /**
   * Takes the answer of a holder that had answered 202, in the open transaction; a second one changes nothing.
   * False where nobody waits for it.
   */
  async take(
    holder: OutsideHolder,
    told: Pick<HolderCall, 'requestId' | 'operation'> & { readonly answer: HolderAnswer },
  ): Promise<boolean> {
    const call = await this.queries.find({ holderId: holder.id, requestId: told.requestId, operation: told.operation });
    if (!call) return false;
    if (await this.queries.answer(call.id, told.answer, this.clock.now())) await this.tell(call.reference);
    return true;
  }

  /** Begins anew what one request asked, or one holder was asked, and did not get. */
  async revive(which: CallsOf): Promise<void> {
    await this.queries.revive(which, this.clock.now());
  }

  /** Nobody is asked again for what one request asked: it waits for nothing any more. */
  async forgo(reference: string): Promise<void> {
    await this.queries.giveUp({ reference });
  }

  /** A holder is gone: what it owed is given up, and each request that waits for it hears of that, once. Joins the open transaction. */
  async leave(holderId: string): Promise<void> {
    for (const reference of await this.queries.giveUp({ holderId })) await this.tell(reference);
  }

  private async attempt<T extends object | null>(
    holderName: string,
    operation: HolderCall['operation'],
    question: OutsideQuestion,
    ask: (connection: HolderConnection, question: HolderQuestion) => Promise<T>,
  ): Promise<{ readonly holder: OutsideHolder | null; readonly value: T | undefined }> {
    if (this.db.isInTransaction) throw new Error('A holder outside is asked inside a transaction');
    const holder = await this.holders.find(holderName);
    if (!holder || holder.state === 'removed') return { holder, value: undefined };
    const { reference, ...told } = question;
    const { requestId } = told;
    const now = this.clock.now();
    const call = await this.queries.begin(
      { holderId: holder.id, reference, requestId, operation },
      now,
      this.in(leaseMilliseconds),
    );
    if (holder.state === 'suspended') return this.failed(holder, call, 'suspended');
    try {
      const value = await ask(await this.connections.to(holder), told);
      await this.holders.noteHealth(holder, null);
      if (value === null) await this.queries.accept(call.id, this.in(callbackHours * hour));
      else await this.queries.answer(call.id, value, this.clock.now());
      return { holder, value };
    } catch (error) {
      if (!(error instanceof HolderFailure)) throw error;
      await this.holders.noteHealth(holder, error.code);
      return this.failed(holder, call, error.code);
    }
  }

  /** An attempt may have begun while it was removed: that is given up as well. */
  private async gone(holder: OutsideHolder | null, { reference }: OutsideQuestion): Promise<HolderAnswer> {
    if (holder) await this.queries.giveUp({ holderId: holder.id, reference });
    return withdrawn;
  }

  private async failed(
    holder: OutsideHolder,
    call: HolderCall,
    failure: CallFailure,
  ): Promise<{ holder: OutsideHolder; value: undefined }> {
    const pause = failure === 'suspended' ? hour : pauses[call.attempts - 1];
    await this.queries.fail(call.id, failure, pause === undefined ? null : this.in(pause));
    this.logger.warn(
      `The holder ${holder.code} gave no answer to ${call.operation} (${failure}${pause === undefined ? ', given up' : ''})`,
    );
    return { holder, value: undefined };
  }

  private described(holder: OutsideHolder | null, said: Description | null): KnownDescription {
    const categories = holder?.categories ?? [];
    if (said) return { ...said, categories };
    const isGone = !holder || holder.state === 'removed';
    return { outcome: isGone ? 'withdrawn' : 'unreachable', holdings: [], categories };
  }

  private isWaiting({ state, nextAttemptAt }: HolderCall): boolean {
    return state === 'dead' || (nextAttemptAt !== null && nextAttemptAt > this.clock.now());
  }

  private async queueDue(): Promise<void> {
    for (const reference of await this.queries.due(this.clock.now(), duePerRound)) await this.tell(reference);
  }

  private async tell(reference: string): Promise<void> {
    for (const goOn of this.listeners) await goOn(reference);
  }

  private in(milliseconds: number): Date {
    return new Date(this.clock.now().getTime() + milliseconds);
  }
}

async function* counting(
  records: AsyncIterable<ExportedRecord>,
  counts: Map<string, number>,
): AsyncGenerator<ExportedRecord> {
  for await (const record of records) {
    counts.set(record.category, (counts.get(record.category) ?? 0) + 1);
    yield record;
  }
}
