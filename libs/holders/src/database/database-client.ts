import { Injectable } from '@nestjs/common';
import { nothingToDo, type HolderAnswer } from '@abide/platform';
import pg, { type Client } from 'pg';
import type {
  ChangingOperation,
  Description,
  ExportedRecord,
  HolderIdentity,
  OutsideHolding,
} from '../protocol/holder-answers.js';
import { contractVersion } from '../protocol/holder-answers.js';
import type { HolderQuestion, HolderSubject } from '../protocol/holder-client.js';
import { HolderFailure, SchemaChanged } from '../protocol/holder-failure.js';
import { correct, erase, restrict, type Acting } from './database-acts.js';
import type { DatabaseAddress } from './database-address.js';
import { exportRecords } from './database-export.js';
import { DatabaseSessions, sqlState } from './database-sessions.js';
import { countHeld, type HeldTable } from './held-rows.js';
import { once } from './ledger.js';
import { categoriesOf, kindsOf } from './manifest.js';
import type { DatabaseManifest } from './manifest.schema.js';
import { driftOf, readCatalogue } from './schema-catalogue.js';
import { quotedTable } from './subject-rows.js';

/** A database outside, and what was agreed about it. */
export interface MappedDatabase extends DatabaseAddress {
  readonly manifest: DatabaseManifest;
}

const timeouts = { answer: 10_000, export: 10 * 60_000 };
const manual: HolderAnswer = { ...nothingToDo, outcome: 'manual' };

/** Asks databases outside what a service would answer by docs/holder-protocol.yaml, by their manifest. Call it outside transactions. */
@Injectable()
export class DatabaseClient {
  constructor(private readonly sessions: DatabaseSessions) {}

  /** Whether it is as its manifest says. @throws HolderFailure, `SchemaChanged` where it is not */
  async identify(database: MappedDatabase): Promise<HolderIdentity> {
    await this.reading(database, timeouts.answer, () => Promise.resolve());
    const name = new URL(database.url).pathname.slice(1);
    return { name, contract: contractVersion, categories: categoriesOf(database.manifest) };
  }

  /** @throws HolderFailure */
  async describe(
    database: MappedDatabase,
    question: HolderQuestion,
    timeoutMilliseconds = timeouts.answer,
  ): Promise<Description> {
    const { manifest } = database;
    const subject = subjectOf(question);
    return this.reading(database, timeoutMilliseconds, async (client) => {
      const tables: HeldTable[] = [];
      for (const mapped of manifest.tables)
        if (kindsOf(mapped).size > 0) tables.push(await countHeld(client, { manifest, subject }, mapped));
      return described(tables);
    });
  }

  /** @throws HolderFailure */
  async *export(database: MappedDatabase, question: HolderQuestion): AsyncGenerator<ExportedRecord> {
    const session = await this.sessions.open(database, termsOf(database, timeouts.export, false));
    try {
      await requireSchema(session.client, database.manifest);
      yield* exportRecords(session.client, actingOf(database, question));
    } catch (error) {
      throw session.failure(error);
    } finally {
      await session.end();
    }
  }

  /** Done once for each request; what nobody mapped a person does. @throws HolderFailure */
  async act(database: MappedDatabase, operation: ChangingOperation, question: HolderQuestion): Promise<HolderAnswer> {
    const { manifest } = database;
    const { ledger } = manifest;
    if (ledger === null || !isMapped(operation)) return manual;
    return this.writing(database, async (client) => {
      const { requestId } = question;
      const answer = await once(client, { ledger, requestId, operation }, () =>
        done(client, database, operation, question),
      );
      await client.query('COMMIT');
      return answer;
    });
  }

  /** What erasing somebody would do: done, counted and taken back. @throws HolderFailure */
  async shadow(database: MappedDatabase, subject: HolderSubject): Promise<HolderAnswer> {
    const question = { requestId: 'shadow', subject, categories: [] };
    return this.writing(database, (client) => done(client, database, 'erase', question));
  }

  private reading<T>(
    database: MappedDatabase,
    timeoutMilliseconds: number,
    work: (client: Client) => Promise<T>,
  ): Promise<T> {
    return this.sessions.run(database, termsOf(database, timeoutMilliseconds, false), async (client) => {
      await requireSchema(client, database.manifest);
      return work(client);
    });
  }

  /** What the database does not let, such as a row that others point at, a person sees to: nothing was done. */
  private async writing(
    database: MappedDatabase,
    work: (client: Client) => Promise<HolderAnswer>,
  ): Promise<HolderAnswer> {
    return this.sessions.run(database, termsOf(database, timeouts.answer, true), async (client) => {
      await requireSchema(client, database.manifest);
      try {
        return await work(client);
      } catch (error) {
        if (sqlState(error)?.startsWith('23')) return manual;
        throw error;
      }
    });
  }
}

type MappedOperation = 'correct' | 'restrict' | 'erase';

function isMapped(operation: ChangingOperation): operation is MappedOperation {
  return operation !== 'unshare' && operation !== 'expire';
}

function done(
  client: Client,
  database: MappedDatabase,
  operation: MappedOperation,
  question: HolderQuestion,
): Promise<HolderAnswer> {
  const acting = actingOf(database, question);
  if (operation === 'correct') return correct(client, acting, (question['corrections'] ?? []) as never);
  if (operation === 'restrict')
    return restrict(client, acting, question['state'] === 'lifted' ? 'lifted' : 'restricted');
  return erase(client, acting);
}

/** Its tables stay as they are until the transaction ends, and are as the manifest says. @throws SchemaChanged */
async function requireSchema(client: Client, manifest: DatabaseManifest): Promise<void> {
  const tables = manifest.tables.map(({ table }) => quotedTable(table)).join(', ');
  await client.query('SAVEPOINT looked');
  try {
    await client.query(`LOCK TABLE ${tables} IN ACCESS SHARE MODE`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || !/^(42P01|3F000)$/.test(error.code ?? '')) throw error;
    await client.query('ROLLBACK TO SAVEPOINT looked');
  }
  const drift = driftOf(manifest, await readCatalogue(client, { schemas: manifest.schemas, except: manifest.ledger }));
  if (drift) throw new SchemaChanged(drift);
}

function described(tables: readonly HeldTable[]): Description {
  const kinds = tables.flatMap((table) => table.kinds ?? []);
  const holdings = [...Map.groupBy(kinds, ({ category }) => category)].map(([category, parts]): OutsideHolding => {
    const times = (which: 'since' | 'until') => parts.flatMap((part) => part[which]?.getTime() ?? []);
    const bound = (milliseconds: number) => (Number.isFinite(milliseconds) ? new Date(milliseconds) : null);
    return {
      category,
      count: parts.reduce((sum, { count }) => sum + count, 0),
      since: bound(Math.min(...times('since'))),
      until: bound(Math.max(...times('until'))),
    };
  });
  if (holdings.length > 0) return { outcome: 'done', holdings };
  return { outcome: tables.some((table) => table.kinds === null) ? 'needsIdentifier' : 'nothing', holdings };
}

function actingOf({ manifest }: MappedDatabase, question: HolderQuestion): Acting {
  return { manifest, subject: subjectOf(question), categories: (question['categories'] ?? []) as readonly string[] };
}

/** @throws HolderFailure where a question names nobody */
function subjectOf({ subject }: HolderQuestion): HolderSubject {
  if (!subject) throw new HolderFailure('unfit');
  return subject;
}

function termsOf({ manifest }: MappedDatabase, timeoutMilliseconds: number, mayWrite: boolean) {
  return { timeoutMilliseconds, timeZone: manifest.timeZone, mayWrite };
}
