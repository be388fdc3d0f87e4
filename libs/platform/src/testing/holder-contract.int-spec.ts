import { newId } from '@abide/kernel';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../database/data-source.js';
import { Database } from '../database/database.js';
import type {
  AffectedCount,
  Correction,
  Expiry,
  Holder,
  HolderAnswer,
  Restriction,
  SuppliedRecord,
  SupplyRequest,
} from '../personal-data/holder.js';
import { answerOf, deleteCounted, isAskedFor, nothingToDo } from '../personal-data/holder-answers.js';
import { isSpared, sparedParameter } from '../personal-data/spared.sql.js';
import { platformPersistence } from '../persistence.js';
import { holderContract, keepsTheHolderContract, type HolderTrial } from './holder-contract.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

const category = 'feedback.opinion';
const inSql = `'${category}'`;
const dueAt = new Date('2030-01-01');

/** Stands for the vault: bytes that nobody reads, which open where they were sealed. */
function sealed(table: string, words: string): Buffer {
  return Buffer.concat([Buffer.from([1]), Buffer.from(`${table} ${words}`).map((byte) => 255 - byte)]);
}

async function open({ table }: { readonly table: string }, bytes: Buffer): Promise<string> {
  const text = Buffer.from(bytes.subarray(1).map((byte) => 255 - byte)).toString();
  if (!text.startsWith(`${table} `)) throw new Error('It was sealed elsewhere');
  return text;
}

/** Keeps notes about people in two tables of its own. */
class NotesHolder implements Holder {
  readonly name: string = 'trial.notes';
  readonly phase = 'dependents';
  readonly tables: readonly string[] = ['trial.notes', 'trial.drafts'];

  constructor(protected readonly db: Database) {}

  async describe(subjectId: string) {
    const [held] = await this.db.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM trial.notes WHERE subject_id = $1',
      [subjectId],
    );
    return held && held.count > 0 ? [{ category, count: held.count, since: null }] : [];
  }

  async *export(subjectId: string, categories?: readonly string[]) {
    if (!isAskedFor(category, categories)) return;
    for (const { id, note } of await this.notesOf([subjectId]))
      yield { category, table: 'trial.notes', id, since: new Date(0), values: { note } };
  }

  async *supply({ subjectIds, categories, fields }: SupplyRequest): AsyncIterable<SuppliedRecord> {
    if (!categories.includes(category) || (fields && !fields.includes('note'))) return;
    for (const { subjectId, note } of await this.notesOf(subjectIds))
      yield { subjectId, category, service: null, at: new Date(0), values: { note } };
  }

  async correct(subjectId: string, correction: Correction): Promise<HolderAnswer> {
    if (correction.category !== category) return nothingToDo;
    const count = await this.db.execute('UPDATE trial.notes SET note = $2 WHERE subject_id = $1', [
      subjectId,
      correction.value,
    ]);
    return answerOf([{ category, table: 'trial.notes', count }]);
  }

  async restrict(_subjectId: string, _restriction: Restriction): Promise<HolderAnswer> {
    return nothingToDo;
  }

  async erase(subjectId: string, categories?: readonly string[]): Promise<HolderAnswer> {
    if (!isAskedFor(category, categories)) return nothingToDo;
    return answerOf([...(await this.clear('notes', subjectId)), ...(await this.clear('drafts', subjectId))]);
  }

  async expire({ now, limit, except }: Expiry): Promise<HolderAnswer> {
    const spared = isSpared({ subjectId: 'held.subject_id', category: inSql, occurredAt: 'held.at' }, '$3');
    const where = `(subject_id, id) IN (SELECT subject_id, id FROM trial.notes AS held WHERE due_at <= $1 AND NOT ${spared} LIMIT $2)`;
    const due = { table: 'trial.notes', category: inSql, where };
    return answerOf(await deleteCounted(this.db, due, [now, limit, sparedParameter(except)]));
  }

  protected clear(table: 'notes' | 'drafts', subjectId: string): Promise<AffectedCount[]> {
    const own = { table: `trial.${table}`, category: inSql, where: 'subject_id = $1' };
    return deleteCounted(this.db, own, [subjectId]);
  }

  private notesOf(subjectIds: readonly string[]): Promise<{ subjectId: string; id: string; note: string }[]> {
    return this.db.query('SELECT subject_id AS "subjectId", id, note FROM trial.notes WHERE subject_id = ANY($1)', [
      subjectIds,
    ]);
  }
}

class ErasesEveryKind extends NotesHolder {
  override async erase(subjectId: string): Promise<HolderAnswer> {
    return super.erase(subjectId);
  }
}

class ForgetsATable extends NotesHolder {
  override async erase(subjectId: string): Promise<HolderAnswer> {
    return answerOf(await this.clear('notes', subjectId));
  }
}

class MissesTheCount extends NotesHolder {
  override async erase(subjectId: string): Promise<HolderAnswer> {
    await this.clear('drafts', subjectId);
    return answerOf(await this.clear('notes', subjectId));
  }
}

class KeepsTheId extends NotesHolder {
  override async erase(subjectId: string): Promise<HolderAnswer> {
    await this.db.execute('INSERT INTO trial.leftovers (text) VALUES ($1)', [`once ${subjectId}`]);
    return super.erase(subjectId);
  }
}

class KeepsTheWords extends NotesHolder {
  override async erase(subjectId: string): Promise<HolderAnswer> {
    await this.db.execute('INSERT INTO trial.leftovers (text) SELECT note FROM trial.notes WHERE subject_id = $1', [
      subjectId,
    ]);
    return super.erase(subjectId);
  }
}

class KeepsItOpenable extends NotesHolder {
  override async erase(subjectId: string): Promise<HolderAnswer> {
    const [note] = await this.db.query<{ note: string }>('SELECT note FROM trial.notes WHERE subject_id = $1', [
      subjectId,
    ]);
    if (note)
      await this.db.execute('INSERT INTO trial.drafts VALUES ($1, $2)', [newId(), sealed('trial.drafts', note.note)]);
    return super.erase(subjectId);
  }
}

class ErasesEverybody extends NotesHolder {
  override async erase(): Promise<HolderAnswer> {
    const counts: AffectedCount[] = [];
    for (const table of ['notes', 'drafts'])
      counts.push(...(await deleteCounted(this.db, { table: `trial.${table}`, category: inSql, where: 'true' }, [])));
    return answerOf(counts);
  }
}

class IsNeverDone extends NotesHolder {
  override async erase(subjectId: string): Promise<HolderAnswer> {
    return { ...(await super.erase(subjectId)), outcome: 'done' };
  }
}

class GoesItsOwnWay extends NotesHolder {
  override erase(subjectId: string): Promise<HolderAnswer> {
    return this.db.outside(() => super.erase(subjectId));
  }
}

class SparesNobody extends NotesHolder {
  override expire({ now, limit }: Expiry): Promise<HolderAnswer> {
    return super.expire({ now, limit, except: [] });
  }
}

class KnowsNoLimit extends NotesHolder {
  override expire(expiry: Expiry): Promise<HolderAnswer> {
    return super.expire({ ...expiry, limit: 1_000_000 });
  }
}

class GivesAllFields extends NotesHolder {
  override supply(request: SupplyRequest): AsyncIterable<SuppliedRecord> {
    return super.supply({ ...request, fields: null });
  }
}

class GivesAllCategories extends NotesHolder {
  override supply(request: SupplyRequest): AsyncIterable<SuppliedRecord> {
    return super.supply({ ...request, categories: [category] });
  }
}

class RestrictsAgain extends NotesHolder {
  override async restrict(): Promise<HolderAnswer> {
    return answerOf([{ category, table: 'trial.notes', count: 1 }]);
  }
}

class CorrectsNothing extends NotesHolder {
  override async correct(): Promise<HolderAnswer> {
    return answerOf([{ category, table: 'trial.notes', count: 1 }]);
  }
}

class ExportsEveryKind extends NotesHolder {
  override export(subjectId: string) {
    return super.export(subjectId);
  }
}

class CountsOtherwise extends NotesHolder {
  async count(subjectId: string) {
    return (await this.describe(subjectId)).map((part) => ({ ...part, count: part.count + 1 }));
  }
}

class TellsNothing extends NotesHolder {
  override async describe() {
    return [];
  }
}

class ExportsOthers extends NotesHolder {
  override async *export() {
    for (const { note } of await this.db.query<{ note: string }>('SELECT note FROM trial.notes'))
      yield { category, table: 'trial.notes', id: note, since: new Date(0), values: { note } };
  }
}

describe('the contract of holders', () => {
  let own: TestDatabase;
  let source: DataSource;
  let db: Database;
  beforeAll(async () => {
    own = await createTestDatabase(platformPersistence);
    source = createDataSource(
      { url: own.url, poolSize: 4, statementTimeout: 5000, as: 'app', applicationName: 'test' },
      platformPersistence,
    );
    await source.initialize();
    db = new Database(source);
    const owner = new pg.Client({ connectionString: own.url });
    await owner.connect();
    await owner.query(`
      CREATE SCHEMA trial;
      CREATE TABLE trial.notes (subject_id uuid, id uuid, note text, at timestamptz, due_at timestamptz, PRIMARY KEY (subject_id, id));
      CREATE TABLE trial.drafts (subject_id uuid PRIMARY KEY, draft bytea);
      CREATE TABLE trial.leftovers (text text);
      GRANT USAGE ON SCHEMA trial TO abide_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA trial TO abide_app;
    `);
    await owner.end();
  });
  afterAll(async () => {
    await source.destroy();
    await own.drop();
  });

  async function seed(words: string): Promise<string> {
    const subjectId = newId();
    for (const part of ['first', 'second'])
      await db.execute('INSERT INTO trial.notes VALUES ($1, $2, $3, now(), $4)', [
        subjectId,
        newId(),
        `${part} ${words}`,
        dueAt,
      ]);
    await db.execute('INSERT INTO trial.drafts VALUES ($1, $2)', [subjectId, Buffer.from(words)]);
    return subjectId;
  }

  const trialOf = (holder: Holder): HolderTrial => ({
    holder,
    db,
    databaseUrl: own.url,
    schema: 'trial',
    seed,
    words: 'exported',
    open,
    supplies: { category, field: 'note' },
    corrects: { category, value: 'corrected' },
    destroyKeys: async () => undefined,
    fallDue: async () => dueAt,
  });

  describe('is kept by a holder that', () => keepsTheHolderContract(() => trialOf(new NotesHolder(db))));

  it.each([
    ['forgets a table', ForgetsATable, 'erases one person', /still there: trial.drafts.draft/],
    ['leaves what can be opened', KeepsItOpenable, 'erases one person', /still there: trial.drafts.draft \(sealed\)/],
    ['counts less than went', MissesTheCount, 'erases one person', /count of trial.drafts is not what went/],
    [
      'leaves the id elsewhere',
      KeepsTheId,
      'erases one person',
      /1 rows name the erased person still, in trial.leftovers/,
    ],
    ['leaves the words elsewhere', KeepsTheWords, 'erases one person', /still there: trial.leftovers.text/],
    ['erases everybody', ErasesEverybody, 'erases one person', /Somebody else was touched/],
    ['is done each time anew', IsNeverDone, 'erases one person', /done/],
    ['leaves the transaction', GoesItsOwnWay, 'erases in the transaction', /deep-equal/],
    ['spares nobody', SparesNobody, 'lets expire', /What is held went/],
    ['knows no limit', KnowsNoLimit, 'lets expire', /The limit does not hold/],
    ['supplies every field', GivesAllFields, 'supplies what', /deep-equal/],
    ['supplies every category', GivesAllCategories, 'supplies what', /deep-equal/],
    ['erases what nobody asked for', ErasesEveryKind, 'erases the kinds', /nobody asked for is erased/],
    ['restricts again and again', RestrictsAgain, 'restricts once', /restricted twice/],
    ['says that it corrected', CorrectsNothing, 'corrects what', /nothing/],
    ['counts otherwise', CountsOtherwise, 'describes what', /counts other than it describes/],
    ['tells nothing', TellsNothing, 'describes what', /Nothing is described/],
    ['exports every kind', ExportsEveryKind, 'exports the kinds', /What nobody asked for/],
    ['exports others too', ExportsOthers, 'exports what', /Somebody else is in the export/],
  ])('refuses one that %s', async (_fault, Broken, title, message) => {
    const check = holderContract.find((one) => one.title.startsWith(title));
    await expect(check?.run(trialOf(new Broken(db)))).rejects.toThrow(message);
  });
});
