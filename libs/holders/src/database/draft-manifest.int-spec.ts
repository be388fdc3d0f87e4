import pg from 'pg';
import { createOutsideDatabase, createSigningDatabase, type OutsideDatabase } from '../testing/index.js';
import { draftManifest } from './draft-manifest.js';
import { readManifest } from './manifest.js';

describe('the draft of a manifest', () => {
  let database: OutsideDatabase;
  afterEach(() => database.drop());

  const draft = async (schemas: string[] | null = null): Promise<string> => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    return draftManifest(client, schemas).finally(() => client.end());
  };

  it('follows foreign keys, and is no manifest while it has gaps', async () => {
    database = await createSigningDatabase();
    const text = await draft();
    expect(text).toContain('subject: { through: signing.signers, on: { signer_id: id } }\n');
    expect(text).toContain('- { column: email, identifier: email, ignoreCase: true }');
    expect(text).toContain('- { column: mobile, identifier: phone }');
    expect(text).toContain('since: { column: created_at }');
    expect(text).toContain('due: expires_at');
    expect(text).toContain(`#   GRANT SELECT, INSERT, UPDATE ON "signing"."abide_ledger" TO "${database.login}";`);
    const { manifest, problems } = readManifest(text);
    expect(manifest).toBeNull();
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['gap']));
    expect(problems).toContainEqual({ path: 'tables.signing.fonts.subject', code: 'gap' });
  });

  it('reads once its gaps are filled', async () => {
    database = await createSigningDatabase();
    const filled = (await draft())
      .replaceAll(/^( {6}\w+): unknown.*$/gm, '$1: content.stored')
      .replaceAll(/erase: unknown/g, 'erase: delete')
      .replaceAll(/since: unknown.*$/gm, 'since: { day: 2026-01-31 }')
      .replaceAll(/ {2}- table: signing\.(fonts|letters)\n(?: {4}.*\n)+/g, '')
      .replace('without: []', 'without: [signing.fonts, signing.letters]');
    expect(readManifest(filled).problems).toEqual([]);
  });

  it('knows identifiers in English, pinyin and Chinese, and guesses ways by names where there is no key', async () => {
    database = await createOutsideDatabase(`
      CREATE TABLE public.buyers (id int PRIMARY KEY, shoujihao text, "电子邮箱" text, sfz_no text, cancelled_at date, member text);
      CREATE TABLE public.orders (id int PRIMARY KEY, buyer_id int, chuangjian_time timestamp);
      CREATE TABLE public.order_lines (order_id int, "null" text, "x: y # z" text, PRIMARY KEY (order_id, "null"));
      CREATE TABLE public.parts (id int, day date) PARTITION BY RANGE (day);
      CREATE TABLE public.parts_1 PARTITION OF public.parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`);
    const text = await draft();
    expect(text).toContain('- { column: shoujihao, identifier: phone }');
    expect(text).toContain('- { column: "电子邮箱", identifier: email, ignoreCase: true }');
    expect(text).toContain('- { column: sfz_no, identifier: idNumber }');
    expect(text).not.toContain('column: cancelled_at, identifier');
    expect(text).toContain('through: public.buyers, on: { buyer_id: id } } # by its name');
    expect(text).toContain('through: public.orders, on: { order_id: id } } # by its name');
    expect(text).toContain('key: [order_id, "null"]');
    expect(text).toContain('"x: y # z": unknown # text');
    expect(text).not.toContain('parts_1');
    expect(readManifest(text).problems.every(({ code }) => code === 'gap')).toBe(true);
  });

  it('is of the schemas that are asked for', async () => {
    database = await createOutsideDatabase(
      'CREATE SCHEMA a; CREATE TABLE a.x (id int); CREATE TABLE public.y (id int)',
    );
    expect(await draft(['a'])).toContain('schemas: [a]');
    expect(await draft(['a'])).not.toContain('public.y');
  });
});
