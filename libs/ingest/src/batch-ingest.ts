import { Logger } from '@nestjs/common';
import { DomainError } from '@abide/kernel';
import type { Database } from '@abide/platform';
import type { ClientPrincipal, SubjectPrincipal } from '@abide/platform';
import { outsideRequests } from '@abide/platform';
import { BatchAnswers, keyOf } from './batch-answers.js';
import { CopyRows, type CopyType, type CopyValue } from './copy-rows.js';
import { GroupCommit, inTime } from './group-commit.js';
import { monthOf, MonthPartitions } from './month-partitions.js';
import type { IngestBatch, IngestAnswer, Ingested, Answered, IngestRow, BatchDecision } from './batch.js';

interface BatchIngestParts {
  readonly schema: string;
  /** Partitioned by `due_month`; beside it the schema has `batches` and `add_month`. */
  readonly table: string;
  readonly columns: readonly (readonly [name: string, type: CopyType])[];
  readonly now: () => Date;
}

/** `alone` inserts as well, and tries again. */
type How = 'copy' | 'insert' | 'alone';

const concurrency = 4;
const worthAnother = 300;
const mostPerCommit = 5000;
const mostPending = 40_000;
/** From the arrival of a request, so that it is answered within five seconds. */
const patienceMilliseconds = 4500;
const dayMilliseconds = 86_400_000;
const mostAttempts = 4;
const uniqueViolation = '23505';
const deadlock = '40P01';
const checkViolation = '23514';

/**
 * Where items come in that are stored only as far as a gate allows: several requests share a commit and are answered after
 * it; a batch sent again is answered as it was the first time, and an item is stored once however often it is sent.
 */
export abstract class BatchIngest<Item> {
  private readonly partitions: MonthPartitions;
  private readonly answers: BatchAnswers;
  private readonly logger = new Logger('BatchIngest');
  private readonly group: GroupCommit<IngestBatch<Item>, Answered>;
  /** Buffers of rows that have arrived, one a commit under way: large ones made anew for each commit would leave the memory in pieces. */
  private readonly spares: Buffer[] = [];

  constructor(
    private readonly db: Database,
    private readonly parts: BatchIngestParts,
  ) {
    this.partitions = new MonthPartitions(db, parts.schema);
    this.answers = new BatchAnswers(db, parts.schema, parts.now);
    this.group = new GroupCommit({
      commit: (batches) => outsideRequests(() => this.commit(batches)),
      concurrency,
      worthAnother,
      mostPerCommit,
      mostPending,
    });
  }

  /**
   * Resolves after the commit. @throws DomainError `batch.reused` where its id was answered for other content; `service.busy` (503) when too
   * much is waiting or the database is slow
   */
  async submit(batch: IngestBatch<Item>): Promise<Ingested> {
    const weight = batch.items.length + batch.refused.length + 1;
    const { answer, alreadyStored, content } = await this.group.submit(batch, {
      weight,
      until: batch.arrivedAt + patienceMilliseconds,
    });
    if (content !== null && !content.equals(batch.content)) throw reused();
    return { answer, alreadyStored };
  }

  /** Does what comes before `submit`, as long as there is time. @throws DomainError `service.busy` */
  prepareBatch<T>(arrivedAt: number, work: Promise<T>): Promise<T> {
    return inTime(arrivedAt + patienceMilliseconds, work);
  }

  /** Makes the partitions that what is collected from now on goes to, with those of the two months after, and forgets batches of which no row can live any more. */
  async maintain(): Promise<void> {
    const ahead = [0, 31, 62].map((days) => days * dayMilliseconds);
    const dueInstants = await this.dueInstants();
    await this.partitions.ensure(dueInstants.flatMap((dueAt) => ahead.map((more) => monthOf(dueAt + more))));
    await this.answers.forget();
  }

  /** Decides about batches in the open transaction, which has begun after they arrived. */
  protected abstract decide(batches: readonly IngestBatch<Item>[]): Promise<readonly BatchDecision[]>;

  /** When what is collected now falls due (epoch milliseconds), one instant for each promise. */
  protected abstract dueInstants(): Promise<readonly number[]>;

  private async commit(batches: readonly IngestBatch<Item>[]): Promise<Answered[]> {
    const first = new Map(batches.map((batch) => [keyOf(batch), batch] as const).reverse());
    const firsts = [...first.values()].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    const answers = await this.commitEach(firsts);
    return batches.map((batch) => {
      const answered = answers.get(keyOf(batch));
      if (!answered) throw new Error('A batch was left without an answer');
      return first.get(keyOf(batch)) === batch
        ? answered
        : { ...answered, answer: { ...answered.answer, duplicate: true } };
    });
  }

  /**
   * Together by COPY; where one of their items is stored already, together past what is there; where somebody else answers one of the batches
   * at the same time, each alone.
   */
  private async commitEach(batches: readonly IngestBatch<Item>[]): Promise<Map<string, Answered>> {
    for (const how of ['copy', 'insert'] as const) {
      try {
        return await this.attempt(batches, how);
      } catch (error) {
        if (!isContention(error)) throw error;
      }
    }
    const answers = new Map<string, Answered>();
    for (const batch of batches)
      for (const [key, answer] of await this.attempt([batch], 'alone')) answers.set(key, answer);
    return answers;
  }

  private async attempt(batches: readonly IngestBatch<Item>[], how: How): Promise<Map<string, Answered>> {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await this.db.outside(() => this.db.pipelined(() => this.store(batches, how)));
      } catch (error) {
        if (attempts === mostAttempts || !(await this.mayTryAgain(error, how))) throw error;
      }
    }
  }

  /** What is missing is made; a batch that is alone and met another of its kind finds out next time what became of that. */
  private async mayTryAgain(error: unknown, how: How): Promise<boolean> {
    if (error instanceof MissingPartitions) await this.partitions.ensure(error.months);
    else if (isSqlState(error, checkViolation)) this.partitions.forget();
    else return how === 'alone' && isContention(error);
    this.logger.warn(`A partition of ${this.parts.schema} was missing when it was needed`);
    return true;
  }

  private async store(batches: readonly IngestBatch<Item>[], how: How): Promise<Map<string, Answered>> {
    const known = await this.begin(batches);
    const fresh = batches.filter((batch) => !known.has(keyOf(batch)));
    if (fresh.length === 0) return known;
    const decisions = await this.decide(fresh);
    const rows = await this.notElsewhere(oncePerItem(decisions.flatMap((decision) => decision.rows)));
    const missing = this.partitions.missingAmong(rows.map(({ month }) => month));
    if (missing.length > 0) throw new MissingPartitions(missing);
    const stored = how === 'copy' ? await this.copy(rows) : await this.insert(rows);
    const answers = fresh.map((batch, index) => answerOf(batch, decisions[index] ?? { rows: [], refused: [] }, stored));
    await this.db.beforeCommit(() => this.answers.remember(fresh, decisions, answers));
    fresh.forEach((batch, index) => {
      const answer = answers[index];
      const alreadyStored = (decisions[index]?.rows ?? []).flatMap((row) => (stored.has(row) ? [] : [row.index]));
      if (answer) known.set(keyOf(batch), { answer, alreadyStored, content: batch.content });
    });
    return known;
  }

  /**
   * Gives the transaction its number before anybody's data is read in it, so that whoever cleans up after a change of mind can tell when
   * every transaction that may have read the old mind has ended. Resolves to the answers of batches that were answered before.
   */
  private async begin(batches: readonly IngestBatch<Item>[]): Promise<Map<string, Answered>> {
    await this.db.beforeCommit(() => this.db.prepared('ingest.transaction_number', 'SELECT pg_current_xact_id()'));
    return this.answers.known(batches);
  }

  /**
   * Without those that are stored already under another month, which no unique index sees: at the turn of a month, or of a promise, the same
   * item can fall due in two.
   */
  private async notElsewhere(rows: readonly IngestRow[]): Promise<readonly IngestRow[]> {
    const elsewhere = rows.flatMap((row) =>
      [...row.months].filter((month) => month !== row.month).map((month) => ({ row, month })),
    );
    if (elsewhere.length === 0) return rows;
    const [subject, id] = this.parts.columns.map(([name]) => name);
    const found = await this.db.query<{ subject: string; id: string }>(
      `SELECT held.${subject} AS subject, held.${id} AS id FROM unnest($1::uuid[], $2::uuid[], $3::date[]) AS sought (subject, id, month)
       JOIN ${this.parts.schema}.${this.parts.table} held ON held.${subject} = sought.subject AND held.${id} = sought.id AND held.due_month = sought.month`,
      [
        elsewhere.map(({ row }) => row.values[0]),
        elsewhere.map(({ row }) => row.values[1]),
        elsewhere.map(({ month }) => month),
      ],
    );
    if (found.length === 0) return rows;
    const stored = new Set(found.map(({ subject: of, id: item }) => `${of}${item}`));
    return rows.filter((row) => !stored.has(identityOf(row)));
  }

  private async copy(rows: readonly IngestRow[]): Promise<ReadonlySet<IngestRow>> {
    if (rows.length === 0) return new Set();
    const encoded = new CopyRows(
      this.parts.columns.map(([, type]) => type),
      this.spares.pop(),
    );
    for (const row of rows) encoded.add(row.values);
    await this.db.beforeCommit(async () => {
      await this.db.copy(`COPY ${this.target} FROM STDIN (FORMAT binary)`, encoded.finish());
      this.spares.push(encoded.release());
    });
    return new Set(rows);
  }

  /** The same past what is there already. */
  private async insert(rows: readonly IngestRow[]): Promise<ReadonlySet<IngestRow>> {
    if (rows.length === 0) return new Set();
    const { columns } = this.parts;
    const arrays = columns.map(([, type], index) => `$${index + 1}::${type}[]`);
    const [subject, id] = columns.map(([name]) => name);
    const stored = await this.db.query<{ subject: string; id: string }>(
      `INSERT INTO ${this.target} SELECT * FROM unnest(${arrays.join(', ')}) ON CONFLICT DO NOTHING RETURNING ${subject} AS subject, ${id} AS id`,
      columns.map(([, type], index) => rows.map(({ values }) => parameterOf(type, values[index] ?? null))),
    );
    const keys = new Set(stored.map(({ subject: of, id: item }) => `${of}${item}`));
    return new Set(rows.filter((row) => keys.has(identityOf(row))));
  }

  private get target(): string {
    return `${this.parts.schema}.${this.parts.table} (${this.parts.columns.map(([name]) => name).join(', ')})`;
  }
}

/** The owner of what a subject or a client sends. */
export function ownerOf(from: SubjectPrincipal | ClientPrincipal): string {
  return from.kind === 'subject' ? `subject:${from.subjectId}` : `client:${from.clientId}`;
}

function reused(): DomainError {
  return new DomainError('conflict', 'batch.reused', {
    detail:
      'Another batch was sent under this id before. Nothing of this one was stored; give it an id of its own and send it again.',
  });
}

class MissingPartitions extends Error {
  constructor(readonly months: readonly string[]) {
    super('A partition is missing');
  }
}

function identityOf({ values: [subject, id] }: IngestRow): string {
  return `${String(subject)}${String(id)}`;
}

/** Sorted by subject and id, as every process does, so that transactions which store the same wait for each other in one order; the first of several alike. */
function oncePerItem(rows: readonly IngestRow[]): IngestRow[] {
  const keyed = rows
    .map((row) => ({ row, key: identityOf(row) }))
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
  return keyed.filter(({ key }, index) => keyed[index - 1]?.key !== key).map(({ row }) => row);
}

function answerOf(batch: IngestBatch<unknown>, decision: BatchDecision, stored: ReadonlySet<IngestRow>): IngestAnswer {
  const refused = [...batch.refused, ...decision.refused].sort((one, other) => one.index - other.index);
  const alreadyStored = decision.rows.reduce((count, row) => (stored.has(row) ? count : count + 1), 0);
  return { accepted: decision.rows.length, alreadyStored, refused, duplicate: false };
}

function parameterOf(type: CopyType, value: CopyValue): unknown {
  return type === 'timestamptz' && value !== null ? new Date(value as number) : value;
}

/** Somebody else stores the same at the same time. */
function isContention(error: unknown): boolean {
  return isSqlState(error, uniqueViolation) || isSqlState(error, deadlock);
}

/** PostgreSQL's error code, within an error of the ORM or by itself. */
function isSqlState(error: unknown, state: string): boolean {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  return (driverError?.code ?? code) === state;
}
