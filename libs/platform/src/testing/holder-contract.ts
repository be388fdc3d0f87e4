import assert from 'node:assert/strict';
import { newId } from '@abide/kernel';
import type { Database } from '../database/database.js';
import type {
  AffectedCount,
  HeldRecord,
  Holder,
  HolderAnswer,
  SuppliedRecord,
  SupplyRequest,
  HoldingSummary,
} from '../personal-data/holder.js';
import { rowsIn } from '../personal-data/holder-answers.js';
import { SchemaSnapshot, type OpenSealed } from './schema-snapshot.js';

/** One holder on trial: how people come to be in its tables, and what is to be expected of it. */
export interface HolderTrial {
  readonly holder: Holder;
  readonly db: Database;
  /** Of a superuser: the suite looks for itself what is in the schema. */
  readonly databaseUrl: string;
  readonly schema: string;
  /** Makes a person of whom the holder keeps one of everything that it can keep, these words in every text; resolves to the subject's id. */
  seed(words: string): Promise<string>;
  /** The words to seed with, where they are no text; other ones each time. */
  readonly newWords?: () => string;
  /** Where the words can be found: `nowhere` where only ids and codes are kept, or beyond that in the export too. */
  readonly words: 'nowhere' | 'kept' | 'exported';
  /** A category, and the field of it that holds the words, that can be supplied; null where nothing is. */
  readonly supplies: { readonly category: string; readonly field: string } | null;
  /** A category that can be corrected, and to what. */
  readonly corrects?: { readonly category: string; readonly value: string };
  /** Ends the subject's ordinary key, in the transaction of the erasure. */
  destroyKeys(subjectId: string): Promise<unknown>;
  readonly open?: OpenSealed;
  /** Lets what is kept of these people fall due; resolves to the instant at which some of it of each of them is. Null where nothing goes by age. */
  readonly fallDue: ((subjectIds: readonly string[]) => Promise<Date>) | null;
  /** Tables in which something of an erased person stays, or comes to be, by design, each with the reason. */
  readonly stays?: Readonly<Record<string, string>>;
}

export interface HolderCheck {
  readonly title: string;
  /** @throws AssertionError where the holder does not keep to the contract */
  run(trial: HolderTrial): Promise<void>;
}

/** What every holder keeps to. Each check seeds people of its own, and looks into the schema by the catalogue, never by the holder's list. */
export const holderContract: readonly HolderCheck[] = [
  { title: 'describes what it holds, with counts', run: describes },
  { title: 'exports what it describes, and of nobody else', run: exports },
  { title: 'exports the kinds that are asked for, and no other', run: exportsByKind },
  { title: 'supplies what was asked for, and nothing else', run: supplies },
  { title: 'corrects what it can, and says so', run: corrects },
  { title: 'restricts once, and deletes nothing by it', run: restricts },
  { title: 'erases one person whole, and counts what went', run: erases },
  { title: 'erases the kinds that are asked for, while the account goes on', run: erasesByKind },
  { title: 'erases in the transaction of the caller', run: joins },
  { title: 'lets expire what is due, within the limit, and spares what is held', run: expires },
  { title: 'has nothing to do for whom it does not know', run: knowsNobody },
];

/** Runs the whole contract as tests of the file that calls it, within its `describe`. */
export function keepsTheHolderContract(trial: () => HolderTrial): void {
  for (const { title, run } of holderContract) it(title, () => run(trial()));
}

/** What is described, by category alone. */
function countedOf(held: readonly HoldingSummary[]): HoldingSummary[] {
  const instants = (dates: readonly (Date | null | undefined)[]) => dates.flatMap((date) => date?.getTime() ?? []);
  return [...Map.groupBy(held, ({ category }) => category)].map(([category, parts]) => ({
    category,
    count: parts.reduce((sum, { count }) => sum + count, 0),
    since: new Date(Math.min(...instants(parts.map(({ since }) => since)))),
    until: new Date(Math.max(...instants(parts.map(({ until }) => until)))),
  }));
}

async function describes(trial: HolderTrial): Promise<void> {
  const { words, subjectId } = await aPerson(trial);
  const held = await trial.holder.describe(subjectId);
  assert.ok(held.length > 0, 'Nothing is described');
  for (const { category, count } of held) assert.ok(count > 0, `${category} is described with a count of ${count}`);
  if (trial.holder.count)
    assert.deepEqual(await trial.holder.count(subjectId), countedOf(held), 'It counts other than it describes');
  const seeded = await snapshot(trial);
  for (const table of trial.holder.tables)
    assert.ok(table in seeded.naming(subjectId) || table in (trial.stays ?? {}), `The seeding leaves ${table} empty`);
  if (trial.words === 'nowhere') return;
  const found = await seeded.findings(words, trial.open);
  assert.ok(found.length > 0, 'The words are nowhere, so that an erasure could prove nothing');
}

async function exports(trial: HolderTrial): Promise<void> {
  const [one, other] = [await aPerson(trial), await aPerson(trial)];
  const records = await Array.fromAsync(trial.holder.export(one.subjectId));
  const described = new Set((await trial.holder.describe(one.subjectId)).map(({ category }) => category));
  for (const { category, table } of records) {
    assert.ok(described.has(category), `${category} is exported and not described`);
    assert.equal(table.split('.')[0], trial.schema);
  }
  const text = JSON.stringify(records);
  assert.ok(!text.includes(other.words), 'Somebody else is in the export');
  if (trial.words === 'exported') assert.ok(text.includes(one.words), 'The words are not in the export');
}

async function exportsByKind({ holder, ...trial }: HolderTrial): Promise<void> {
  const { subjectId } = await aPerson({ holder, ...trial });
  const asked = async (categories?: readonly string[]) =>
    (await Array.fromAsync(holder.export(subjectId, categories))).map(named).sort();
  const all = await Array.fromAsync(holder.export(subjectId));
  for (const category of new Set(all.map((record) => record.category))) {
    const wanted = all
      .filter((record) => record.category === category)
      .map(named)
      .sort();
    assert.deepEqual(await asked([category]), wanted, `More or less than ${category} is exported`);
    assert.deepEqual(await asked(['no.suchCategory', category]), wanted);
  }
  assert.deepEqual(await asked(all.map(({ category }) => category)), all.map(named).sort());
  assert.deepEqual(await asked(['no.suchCategory']), [], 'What nobody asked for is exported');
}

function named({ category, table, id }: HeldRecord): string {
  return `${category} ${table} ${id}`;
}

async function supplies(trial: HolderTrial): Promise<void> {
  const [one, other] = [await aPerson(trial), await aPerson(trial)];
  const all = (await trial.holder.describe(one.subjectId)).map(({ category }) => category);
  const supply = (asked: Partial<SupplyRequest>): Promise<SuppliedRecord[]> =>
    Array.fromAsync(
      trial.holder.supply({ subjectIds: [one.subjectId], categories: all, fields: null, precision: 'exact', ...asked }),
    );
  if (trial.supplies === null) return assert.deepEqual(await supply({}), []);
  const { category, field } = trial.supplies;
  const own = await supply({ categories: [category] });
  assert.ok(JSON.stringify(own).includes(one.words), 'The words are not supplied');
  for (const record of own) assert.deepEqual([record.subjectId, record.category], [one.subjectId, category]);
  for (const { subjectId, values } of await supply({ subjectIds: [one.subjectId, other.subjectId] }))
    assert.ok(
      !JSON.stringify(values).includes(subjectId === one.subjectId ? other.words : one.words),
      'Somebody is supplied as somebody else',
    );
  for (const { values } of await supply({ fields: [field] })) assert.deepEqual(Object.keys(values), [field]);
  assert.deepEqual(await supply({ fields: ['noSuchField'] }), []);
  assert.deepEqual(await supply({ categories: ['no.suchCategory'] }), []);
  assert.deepEqual(await supply({ subjectIds: [] }), []);
}

async function corrects(trial: HolderTrial): Promise<void> {
  const { subjectId } = await aPerson(trial);
  const unknown = await trial.holder.correct(subjectId, { category: 'no.suchCategory', value: 'x' });
  assert.equal(unknown.outcome, 'nothing');
  if (!trial.corrects) return;
  const answer = await trial.holder.correct(subjectId, trial.corrects);
  assert.equal(answer.outcome, 'done');
  requireFacts(answer);
  const exported = JSON.stringify(await Array.fromAsync(trial.holder.export(subjectId)));
  assert.ok(exported.includes(trial.corrects.value), 'The corrected value is not held');
}

async function restricts(trial: HolderTrial): Promise<void> {
  const [one, other] = [await aPerson(trial), await aPerson(trial)];
  const before = await snapshot(trial);
  const turn = (state: 'restricted' | 'lifted') =>
    trial.holder.restrict(one.subjectId, { category: null, state, at: new Date(), ground: 'asked for' });
  const first = await turn('restricted');
  requireFacts(first);
  assert.equal((await turn('restricted')).outcome, 'nothing', 'It was restricted twice');
  assert.equal((await turn('lifted')).outcome, first.outcome);
  assert.equal((await turn('lifted')).outcome, 'nothing', 'It was lifted twice');
  const after = await snapshot(trial);
  assert.deepEqual(after.naming(other.subjectId), before.naming(other.subjectId));
  for (const table of trial.holder.tables) assert.ok(after.count(table) >= before.count(table), `${table} lost rows`);
}

async function erases(trial: HolderTrial): Promise<void> {
  const [one, other] = [await aPerson(trial), await aPerson(trial)];
  const before = await snapshot(trial);
  const staying = (await trial.holder.staying?.(one.subjectId)) ?? [];
  const answer = await erase(trial, one.subjectId);
  for (const { category, count, article, ground } of staying) {
    const kept = answer.retained.find((one) => one.category === category && one.ground === ground);
    assert.ok(kept && kept.count >= count && kept.article === article, `Of ${category} less stays than it says before`);
  }
  if (answer.retained.some(({ ground }) => ground === 'evidence'))
    assert.ok(staying.length > 0, 'Evidence stays of which it says nothing before');
  const after = await snapshot(trial);
  requireFacts(answer);
  // What is retained can be opened, under its own key.
  const left = await after.findings(one.words, answer.retained.length > 0 ? undefined : trial.open);
  assert.deepEqual(left, [], `The words are still there: ${left.join(', ')}`);
  requireRetained(trial, answer, after.naming(one.subjectId));
  requireCounts(trial, answer.counts, before, after);
  assert.deepEqual(
    after.naming(other.subjectId, one.subjectId),
    before.naming(other.subjectId, one.subjectId),
    'Somebody else was touched',
  );
  const again = await erase(trial, one.subjectId);
  assert.deepEqual(again, { outcome: 'nothing', counts: [], retained: answer.retained });
}

async function erasesByKind(trial: HolderTrial): Promise<void> {
  const [one, other] = [await aPerson(trial), await aPerson(trial)];
  const before = await snapshot(trial);
  const unknown = await trial.holder.erase(one.subjectId, ['no.suchCategory']);
  assert.deepEqual([unknown.outcome, unknown.counts], ['nothing', []], 'What nobody asked for is erased');
  assert.deepEqual((await snapshot(trial)).naming(one.subjectId), before.naming(one.subjectId));
  const described = await countsOf(trial, one.subjectId);
  for (const [category] of described) {
    const held = await countsOf(trial, one.subjectId);
    const { counts, retained } = await trial.holder.erase(one.subjectId, [category]);
    requireFacts({ outcome: counts.length > 0 ? 'done' : 'nothing', counts, retained });
    for (const facts of [...counts, ...retained])
      assert.equal(facts.category, category, 'Another kind is answered for');
    held.delete(category);
    const left = await countsOf(trial, one.subjectId);
    left.delete(category);
    assert.deepEqual(left, held, `More than ${category} is gone`);
  }
  const after = await snapshot(trial);
  assert.deepEqual(
    after.naming(other.subjectId, one.subjectId),
    before.naming(other.subjectId, one.subjectId),
    'Somebody else was touched',
  );
}

async function countsOf({ holder }: HolderTrial, subjectId: string): Promise<Map<string, number>> {
  return new Map(countedOf(await holder.describe(subjectId)).map(({ category, count }) => [category, count]));
}

async function joins(trial: HolderTrial): Promise<void> {
  const { subjectId } = await aPerson(trial);
  const before = await snapshot(trial);
  await assert.rejects(
    trial.db.transaction(async () => {
      await trial.holder.erase(subjectId);
      throw new Error('undone');
    }),
    { message: 'undone' },
  );
  assert.deepEqual((await snapshot(trial)).naming(subjectId), before.naming(subjectId));
}

async function expires(trial: HolderTrial): Promise<void> {
  if (trial.fallDue === null) {
    const nothing = await trial.holder.expire({ now: new Date('2199-01-01'), limit: 1000, except: [] });
    return assert.equal(nothing.outcome, 'nothing');
  }
  const [one, other] = [await aPerson(trial), await aPerson(trial)];
  const now = await trial.fallDue([one.subjectId, other.subjectId]);
  const before = await snapshot(trial);
  const except = [{ subjectId: one.subjectId }];
  const foreseen = await trial.holder.due?.({ now, except });
  const unspared = await trial.holder.due?.({ now, except: [] });
  const answer = await expireCounted(trial, { now, limit: 1000, except });
  if (foreseen) {
    assert.equal(rowsIn(foreseen), rowsIn(answer.counts), 'What was due is not what went');
    const spared = foreseen.reduce((sum, one) => sum + one.spared, 0);
    assert.equal(spared, rowsIn(unspared ?? []) - rowsIn(answer.counts), 'What is held is not what was spared');
  }
  assert.ok(answer.counts.length > 0, 'Nothing fell due');
  assert.deepEqual((await snapshot(trial)).naming(one.subjectId), before.naming(one.subjectId), 'What is held went');
  const categories = [...new Set(answer.counts.map(({ category }) => category))];
  const spared = await expireCounted(trial, { now, limit: 1000, except: categories.map((category) => ({ category })) });
  assert.deepEqual(spared.counts, [], 'A category that is held went');
  const [past, future] = [new Date('1970-01-01'), new Date('2199-01-01')];
  const within = await expireCounted(trial, { now, limit: 1000, except: [{ from: past, until: future }] });
  assert.deepEqual(within.counts, [], 'A period that is held went');
  const beside = { now, limit: 1, except: [{ until: past }, { from: future }] };
  assert.equal(rowsIn((await expireCounted(trial, beside)).counts), 1, 'The limit does not hold');
}

async function knowsNobody({ holder }: HolderTrial): Promise<void> {
  const subjectId = newId();
  assert.deepEqual(await holder.describe(subjectId), []);
  assert.deepEqual(await Array.fromAsync(holder.export(subjectId)), []);
  const answers = [
    await holder.correct(subjectId, { category: 'registration.name', value: 'x' }),
    await holder.restrict(subjectId, { category: null, state: 'restricted', at: new Date(), ground: 'asked for' }),
    await holder.erase(subjectId),
  ];
  for (const answer of answers) assert.deepEqual(answer, { outcome: 'nothing', counts: [], retained: [] });
}

/** `done` has counts and `nothing` has none; what stays says why and until when. */
function requireFacts({ outcome, counts, retained }: HolderAnswer): void {
  assert.equal(outcome, counts.length > 0 ? 'done' : 'nothing');
  for (const { count } of [...counts, ...retained]) assert.ok(count > 0);
  for (const { article, ground } of retained)
    assert.ok(article.length > 0 && ground.length > 0, 'It stays for no reason');
}

function requireCounts(
  { holder, schema, stays = {} }: HolderTrial,
  counts: readonly AffectedCount[],
  before: SchemaSnapshot,
  after: SchemaSnapshot,
): void {
  const counted = counts.flatMap(({ table }) => (table?.startsWith(`${schema}.`) ? [table] : []));
  for (const table of new Set([...holder.tables, ...counted])) {
    if (table in stays) continue;
    assert.ok(before.tables.includes(table), `There is no table ${table}`);
    const said = rowsIn(counts.filter((count) => count.table === table));
    assert.equal(said, before.count(table) - after.count(table), `The count of ${table} is not what went`);
  }
}

function requireRetained(
  { stays = {} }: HolderTrial,
  { retained }: HolderAnswer,
  left: Readonly<Record<string, readonly string[]>>,
): void {
  const tables = Object.entries(left).filter(([table]) => !(table in stays));
  const rows = tables.reduce((sum, [, texts]) => sum + texts.length, 0);
  const said = retained.reduce((sum, { count }) => sum + count, 0);
  assert.equal(
    rows,
    said,
    `${rows} rows name the erased person still, in ${tables.map(([table]) => table).join(', ')}`,
  );
}

async function expireCounted(trial: HolderTrial, expiry: Parameters<Holder['expire']>[0]): Promise<HolderAnswer> {
  const before = await snapshot(trial);
  const answer = await trial.holder.expire(expiry);
  requireFacts(answer);
  requireCounts(trial, answer.counts, before, await snapshot(trial));
  return answer;
}

function erase({ db, holder, destroyKeys }: HolderTrial, subjectId: string): Promise<HolderAnswer> {
  return db.transaction(async () => {
    const answer = await holder.erase(subjectId);
    await destroyKeys(subjectId);
    return answer;
  });
}

async function aPerson(trial: HolderTrial): Promise<{ words: string; subjectId: string }> {
  const words = trial.newWords?.() ?? `canary-${newId()}`;
  return { words, subjectId: await trial.seed(words) };
}

function snapshot({ databaseUrl, schema }: HolderTrial): Promise<SchemaSnapshot> {
  return SchemaSnapshot.take(databaseUrl, schema);
}
