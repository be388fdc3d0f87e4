import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Optional } from '@nestjs/common';
import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import {
  DataSource,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
  type EntityManager,
  type QueryRunner,
} from 'typeorm';
import { copiedRows, type CopiedColumns } from './copied-rows.js';
import { copyOf, copyOver } from './copy-query.js';
import { corkThisTurn, PipelinedReads } from './pipelined-reads.js';
import { PipelinedSource } from './pipelined-source.js';

interface OpenTransaction {
  readonly runner: QueryRunner;
  /** The runner's own connection, for statements that are prepared by name. */
  readonly client: PoolClient;
  readonly afterCommit: (() => void)[];
  /** What has to succeed before the commit, and that nobody waits for but the commit. */
  readonly beforeCommit: Promise<unknown>[];
  /** Statements are sent as they are asked for, several at a time. */
  readonly isPipelined: boolean;
  /** Its work is over: a statement that came after it would be outside. */
  hasEnded: boolean;
  /** Why it may not commit any more. */
  refusal?: { readonly reason: unknown };
}

interface Context {
  readonly transaction?: OpenTransaction;
  readonly isBackground: boolean;
}

/**
 * The one way to a transaction. `transaction(work)` joins the one that is open in this asynchronous context or opens one, and
 * everything over the data source follows it: `manager`, injected repositories, query builders. Whoever opens a transaction closes it.
 */
@Injectable()
export class Database {
  private readonly context = new AsyncLocalStorage<Context>();

  constructor(
    readonly dataSource: DataSource,
    @Optional() private readonly reads?: PipelinedReads,
    @Optional() private readonly pipelines?: PipelinedSource,
  ) {
    // TypeORM asks its manager for the connection of every statement; repositories go through the same manager.
    Object.defineProperty(dataSource.manager, 'queryRunner', { configurable: true, get: () => this.openRunner });
  }

  /** The open transaction's own manager, which tells one transaction from another; the data source's where none is open. */
  get manager(): EntityManager {
    return this.openRunner?.manager ?? this.dataSource.manager;
  }

  /** @throws Error where the transaction of this context is over */
  private get openRunner(): QueryRunner | undefined {
    if (this.open) clientOf(this.open);
    return this.open?.runner;
  }

  get isInTransaction(): boolean {
    return this.open !== undefined;
  }

  /**
   * Runs `work` in the open transaction, or in a new READ COMMITTED one that commits when `work` resolves. Nobody but its opener releases
   * the connection, unless it broke.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.open) return work();
    const isBackground = this.context.getStore()?.isBackground ?? false;
    const runner = this.dataSource.createQueryRunner();
    return this.over(
      runner,
      async (client) => {
        const transaction = begun(runner, client, { isPipelined: false });
        await runner.startTransaction();
        if (isBackground) await runner.query('SET LOCAL statement_timeout = 0');
        const result = await this.within(transaction, isBackground, work);
        await this.commit(runner, client);
        for (const callback of transaction.afterCommit) callback();
        return result;
      },
      async (client) => {
        if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => client?.end());
      },
    );
  }

  /** PostgreSQL answers COMMIT with a ROLLBACK where a statement failed, also one whose failure nobody waited for. */
  private async commit(runner: QueryRunner, client: PoolClient): Promise<void> {
    if (runner.isReleased) throw new QueryRunnerAlreadyReleasedError();
    const { command } = await client.query('COMMIT');
    Object.assign(runner, { isTransactionActive: false, transactionDepth: 0 });
    if (command !== 'COMMIT') throw new Error('A statement failed and nobody said so');
  }

  /**
   * Like `transaction`, over a connection on which statements are sent as they are asked for, without waiting for each other's answers: BEGIN goes with the
   * first of `work`, which therefore only reads, COMMIT right behind the last. For a busy path of lookups by key, which are planned once and by the index.
   */
  async pipelined<T>(work: () => Promise<T>): Promise<T> {
    if (this.open || !this.pipelines) return this.transaction(work);
    const runner = (await this.pipelines.open()).createQueryRunner();
    return this.over(
      runner,
      async (client) => {
        const transaction = begun(runner, client, { isPipelined: true });
        corkThisTurn(client);
        transaction.beforeCommit.push(this.begin(transaction));
        const result = await this.within(transaction, false, work);
        corkThisTurn(client);
        const [{ command }] = await Promise.all([client.query('COMMIT'), ...transaction.beforeCommit]);
        if (command !== 'COMMIT') throw new Error('The transaction was rolled back by PostgreSQL');
        for (const callback of transaction.afterCommit) callback();
        return result;
      },
      (client) => client && rolledBack(client),
    );
  }

  /** Nothing may follow a BEGIN that failed: it would be outside. */
  private begin(transaction: OpenTransaction): Promise<unknown> {
    Object.assign(transaction.runner, { isTransactionActive: true, transactionDepth: 1 });
    const begins = transaction.client.query('BEGIN');
    begins.catch((reason: unknown) => {
      transaction.refusal ??= { reason };
      transaction.hasEnded = true;
    });
    return begins;
  }

  private async within<T>(transaction: OpenTransaction, isBackground: boolean, work: () => Promise<T>): Promise<T> {
    try {
      const result = await this.context.run({ transaction, isBackground }, work);
      if (transaction.refusal) throw transaction.refusal.reason;
      return result;
    } catch (error) {
      throw transaction.hasEnded && transaction.refusal ? transaction.refusal.reason : error;
    } finally {
      transaction.hasEnded = true;
    }
  }

  /** Gives the connection back whatever happens, and what happened as it can be told. */
  private async over<T>(
    runner: QueryRunner,
    work: (client: PoolClient) => Promise<T>,
    undo: (client?: PoolClient) => Promise<void> | undefined,
  ): Promise<T> {
    let client: PoolClient | undefined;
    try {
      client = (await runner.connect()) as PoolClient;
      return await work(client);
    } catch (error) {
      await Promise.resolve(undo(client)).catch(() => undefined);
      throw isReleased(error)
        ? new Error('Connection terminated while a transaction was open', { cause: error })
        : error;
    } finally {
      await runner.release();
    }
  }

  /** Runs `work` outside any inherited transaction: for anything that must survive a rollback. */
  outside<T>(work: () => Promise<T>): Promise<T> {
    return this.context.run({ isBackground: false }, work);
  }

  /** Runs a job's or scheduled task's `work`: outside any inherited transaction, its transactions without a statement time-out. */
  background<T>(work: () => Promise<T>): Promise<T> {
    return this.context.run({ isBackground: true }, work);
  }

  /** Calls `callback` once the open transaction has committed; at once when none is open. */
  afterCommit(callback: () => void): void {
    if (this.open) this.open.afterCommit.push(callback);
    else callback();
  }

  /** A statement that the commit waits for and the work need not: in a pipelined transaction it is sent, by `prepared`, `executePrepared` or `copy`, and the work goes on. */
  async beforeCommit(statement: () => Promise<unknown>): Promise<void> {
    if (this.open?.isPipelined) this.open.beforeCommit.push(handled(statement()));
    else await statement();
  }

  /** Both at once where statements may be sent without waiting for each other, which is everywhere but in a plain transaction. */
  async sideBySide<A, B>(a: () => Promise<A>, b: () => Promise<B>): Promise<[A, B]> {
    if (!this.open || this.open.isPipelined) return Promise.all([a(), b()]);
    return [await a(), await b()];
  }

  /**
   * Makes the open transaction end with `reason` instead of committing, even when somebody catches the error on its way. A failed
   * statement does so by itself: PostgreSQL would answer COMMIT with a silent ROLLBACK.
   */
  refuseCommit(reason: unknown): void {
    if (this.open) this.open.refusal ??= { reason };
  }

  /** Runs one SQL statement with bound parameters, in the open transaction if there is one. */
  async query<Row = Record<string, unknown>>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const { open } = this;
    if (open?.isPipelined)
      return (await this.orRefuseCommit(() => clientOf(open).query({ text: sql, values: [...parameters] })))
        .rows as Row[];
    const result: unknown = await this.orRefuseCommit(() => this.manager.query(sql, [...parameters]));
    return rowsOf<Row>(result);
  }

  /**
   * Like `query`, for a quick SELECT of a busy path: planned once per connection under its `name`, and past the ORM. Outside
   * a transaction it shares a round trip with what is asked at the same moment.
   */
  async prepared<Row = Record<string, unknown>>(
    name: string,
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<Row[]> {
    return (await this.runPrepared({ name, text: sql, values: [...parameters] }, this.reads ?? this.pool))
      .rows as Row[];
  }

  /** Like `execute`, planned once per connection under its `name`. Outside a transaction the statement is one by itself. */
  async executePrepared(name: string, sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.runPrepared({ name, text: sql, values: [...parameters] }, this.pool)).rowCount ?? 0;
  }

  /** Like `query`, for INSERT, UPDATE and DELETE: how many rows it touched. */
  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    const { open } = this;
    if (!open) return this.transaction(() => this.execute(sql, parameters));
    if (open.isPipelined)
      return (
        (await this.orRefuseCommit(() => clientOf(open).query({ text: sql, values: [...parameters] }))).rowCount ?? 0
      );
    const result = await this.orRefuseCommit(() => {
      clientOf(open);
      return open.runner.query(sql, [...parameters], true);
    });
    return result.affected ?? 0;
  }

  /** Sends `rows`, encoded as the statement says, by COPY … FROM STDIN in the open transaction. */
  async copy(sql: string, rows: Buffer): Promise<void> {
    const { open } = this;
    if (!open) throw new Error('Rows are copied in a transaction, and none is open');
    await this.orRefuseCommit(() => copyOver(clientOf(open), sql, rows));
  }

  /**
   * The rows of a SELECT of these columns by COPY … TO STDOUT in the open transaction: for many rows, half of what `query` takes to read them. Rows
   * that follow each other have the values in common that are the same. COPY takes no parameters: each is a setting of the transaction, so that none
   * stands in the statement, and a text, which `(SELECT $1::uuid)` casts once for all rows.
   */
  async copied<Row>(
    columns: CopiedColumns,
    select: string,
    parameters: readonly (string | readonly string[] | null)[] = [],
  ): Promise<Row[]> {
    const { open } = this;
    if (!open) throw new Error('Rows are copied in a transaction, and none is open');
    const settings = parameters.map((_, index) => `set_config('${settingOf(index + 1)}', $${index + 1}, true)`);
    if (settings.length > 0) await this.query(`SELECT ${settings.join(', ')}`, parameters);
    const sql = select.replaceAll(/\$(\d+)/g, (_, number: string) =>
      parameters[Number(number) - 1] === null ? 'NULL' : `current_setting('${settingOf(number)}')`,
    );
    return copiedRows(
      columns,
      await this.orRefuseCommit(() => copyOf(clientOf(open), `COPY (${sql}) TO STDOUT (FORMAT binary)`)),
    );
  }

  /** Over the open transaction's connection, or `outside` of one. */
  private runPrepared(statement: QueryConfig, outside: Pool | PipelinedReads): Promise<QueryResult> {
    const { open } = this;
    return open ? this.orRefuseCommit(() => answerOf(clientOf(open), statement)) : outside.query(statement);
  }

  private get pool(): Pool {
    return (this.dataSource.driver as unknown as { readonly master: Pool }).master;
  }

  private async orRefuseCommit<T>(statement: () => Promise<T>): Promise<T> {
    try {
      return await statement();
    } catch (error) {
      this.refuseCommit(error);
      throw error;
    }
  }

  private get open(): OpenTransaction | undefined {
    return this.context.getStore()?.transaction;
  }
}

function settingOf(parameter: number | string): string {
  return `abide.copied_${parameter}`;
}

function begun(
  runner: QueryRunner,
  client: PoolClient,
  { isPipelined }: Pick<OpenTransaction, 'isPipelined'>,
): OpenTransaction {
  return { runner, client, afterCommit: [], beforeCommit: [], isPipelined, hasEnded: false };
}

/** The connection to send the next statement over. */
function clientOf({ client, isPipelined, hasEnded }: OpenTransaction): PoolClient {
  if (hasEnded) throw new Error('The transaction has ended');
  if (isPipelined) corkThisTurn(client);
  return client;
}

/** What `client.query` resolves to, by a callback: through its promises V8 takes the rows of every answer of a long loop for old, and lets memory grow by them. */
function answerOf(client: PoolClient, statement: QueryConfig): Promise<QueryResult> {
  return new Promise((done, failed) => {
    client.query(statement, (error: Error | null, answer) => (error ? failed(error) : done(answer)));
  });
}

/** A connection that cannot even do this is not used again. */
async function rolledBack(client: PoolClient): Promise<void> {
  await client.query('ROLLBACK').catch(() => client.end());
}

/** Whoever awaits the promise learns of its failure; until then it is nobody's. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** TypeORM releases a connection that breaks, and then says no more than this. */
function isReleased(error: unknown): boolean {
  return error instanceof QueryRunnerAlreadyReleasedError || error instanceof QueryRunnerProviderAlreadyReleasedError;
}

/** TypeORM answers UPDATE and DELETE with `[rows, affected]`, everything else with the rows. */
function rowsOf<Row>(result: unknown): Row[] {
  if (!Array.isArray(result)) return [];
  if (result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number') return result[0] as Row[];
  return result as Row[];
}
