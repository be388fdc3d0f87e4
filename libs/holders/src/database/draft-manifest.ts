import type { ClientBase } from 'pg';
import { ledgerSql, ledgerTable } from './ledger.js';
import { gap, notPersonal } from './manifest.schema.js';
import { fingerprintOf, readCatalogue, type CatalogueTable } from './schema-catalogue.js';

interface ForeignKey {
  readonly table: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
}

interface Path {
  readonly through: string;
  readonly on: readonly (readonly [own: string, other: string])[];
  readonly isGuessed: boolean;
}

/** How columns are called that hold an identifier, in English, pinyin and Chinese. */
const identifierNames: readonly (readonly [identifier: string, names: RegExp])[] = [
  ['email', /e_?mail|youxiang|yx_?dz|邮箱|邮件/i],
  ['phone', /phone|mobile|^cell|msisdn|^tel(_|$)|shouji|sjh|dianhua|lianxi_?fangshi|手机|电话|联系方式/i],
  ['idNumber', /id_?card|id_?(no|num|number)$|identity|passport|shenfen|sfz|zhengjian|身份证|证件号/i],
  [
    'externalId',
    /external_?id|^uid$|open_?id|union_?id|account_?id|yonghu_?(id|hao|bh)|huiyuan|会员号|用户编号|用户号/i,
  ],
];
const sinceNames =
  /^(created|inserted|added|registered|signed|uploaded|sent)(_?(at|on|time|date))?$|create_?time|gmt_?create|chuangjian|创建|登记时间/i;
const dueNames = /expires?|expiry|due|valid_?(until|to)|daoqi|guoqi|到期|过期|有效期/i;
const isTime = (type: string) => /^(timestamp|date)/.test(type);

/**
 * A manifest to be edited by a person, as YAML: every table that there is, the columns that people seem to be known by, the ways to them by
 * foreign keys and by names. What only a person knows is `unknown`, and does not validate.
 */
export async function draftManifest(client: ClientBase, schemas: readonly string[] | null): Promise<string> {
  await client.query('SET search_path = pg_catalog');
  const found = await readCatalogue(client, { schemas, except: null });
  const catalogue = found.filter(({ table }) => !table.endsWith(`.${ledgerTable}`));
  const { rows } = await client.query<{ role: string }>('SELECT current_user AS role');
  return new Draft(catalogue, await foreignKeys(client), await primaryKeys(client)).text(rows[0]?.role ?? '');
}

class Draft {
  private readonly paths = new Map<string, Path>();
  private readonly depths = new Map<string, number>();

  constructor(
    private readonly catalogue: readonly CatalogueTable[],
    private readonly foreign: readonly ForeignKey[],
    private readonly primary: ReadonlyMap<string, readonly string[]>,
  ) {
    for (const { table, columns } of catalogue) if (identifiersIn(columns).length > 0) this.depths.set(table, 0);
    this.findPaths();
  }

  text(role: string): string {
    const schemas = [...new Set(this.catalogue.map(({ table }) => table.slice(0, table.indexOf('.'))))];
    const ledger = `${schemas[0] ?? 'public'}.${ledgerTable}`;
    const about = [
      '# What lies where. Fill in every "unknown": the kinds of data as the catalogue names them, or "none" for columns that say nothing',
      '# about anybody; what erasing does: delete, blank, leave (only a way to other tables), or { keep: { ground, article } }.',
      '# Tables that hold nothing about anybody move to "without". Nothing is changed there without the ledger, which its owner makes once:',
      ...ledgerSql(ledger, role)
        .split('\n')
        .map((line) => `#   ${line}`),
    ];
    const head = [
      'version: 1',
      `fingerprint: ${fingerprintOf(this.catalogue)}`,
      `schemas: [${schemas.map(plain).join(', ')}]`,
      'timeZone: Asia/Shanghai',
      `ledger: ${plain(ledger)}`,
      'tables:',
    ];
    return [...about, ...head, ...this.catalogue.flatMap((one) => this.tableLines(one)), 'without: []', ''].join('\n');
  }

  /** From the tables that know people outwards, by foreign keys, else by names such as `order_id` for a table `orders`. */
  private findPaths(): void {
    for (const isGuessed of [false, true]) {
      let isFurther = true;
      while (isFurther) {
        const found = this.catalogue
          .filter(({ table }) => !this.depths.has(table))
          .flatMap((one) => this.pathOf(one, isGuessed) ?? []);
        for (const { table, path } of found) {
          this.paths.set(table, path);
          this.depths.set(table, (this.depths.get(path.through) ?? 0) + 1);
        }
        isFurther = found.length > 0;
      }
    }
  }

  private pathOf({ table, columns }: CatalogueTable, isGuessed: boolean): { table: string; path: Path } | null {
    if (!isGuessed) {
      const key = this.foreign.find((one) => one.table === table && this.depths.has(one.target));
      if (!key) return null;
      const on = key.columns.map((own, index) => [own, key.targetColumns[index] ?? own] as const);
      return { table, path: { through: key.target, on, isGuessed } };
    }
    for (const { name } of columns)
      for (const known of this.depths.keys()) {
        const [key, ...more] = this.primary.get(known) ?? [];
        if (key !== undefined && more.length === 0 && pointsAt(name, known, key))
          return { table, path: { through: known, on: [[name, key]], isGuessed } };
      }
    return null;
  }

  private tableLines({ table, columns }: CatalogueTable): string[] {
    const key = this.primary.get(table) ?? [];
    const since = columns.find(({ name, type }) => isTime(type) && sinceNames.test(name));
    const due = columns.find(({ name, type }) => isTime(type) && dueNames.test(name));
    const deepest = Math.max(0, ...this.depths.values());
    return [
      `  - table: ${plain(table)}`,
      `    key: ${key.length > 0 ? `[${key.map(plain).join(', ')}]` : gap}`,
      `    since: ${since ? `{ column: ${plain(since.name)} }` : `${gap} # { column: … } or { day: 2026-01-31 }`}`,
      ...(due ? [`    due: ${plain(due.name)}`] : []),
      ...this.subjectLines(table, columns),
      '    columns:',
      ...columns.map((column) => `      ${plain(column.name)}: ${this.kindWord(table, column)}`),
      '    correctable: []',
      `    erase: ${gap}`,
      `    order: ${(deepest - (this.depths.get(table) ?? 0) + 1) * 10}`,
    ];
  }

  private subjectLines(table: string, columns: CatalogueTable['columns']): string[] {
    const path = this.paths.get(table);
    if (path) {
      const on = path.on.map(([own, other]) => `${plain(own)}: ${plain(other)}`).join(', ');
      const note = path.isGuessed ? ' # by its name: there is no foreign key' : '';
      return [`    subject: { through: ${plain(path.through)}, on: { ${on} } }${note}`];
    }
    const known = identifiersIn(columns);
    if (known.length === 0) return [`    subject: ${gap}`];
    const matches = known.map(({ name, identifier }) => {
      const ignoresCase = identifier === 'email' ? ', ignoreCase: true' : '';
      return `      - { column: ${plain(name)}, identifier: ${identifier}${ignoresCase} }`;
    });
    return ['    subject:', ...matches];
  }

  private kindWord(table: string, { name, type }: CatalogueTable['columns'][number]): string {
    const isLink =
      (this.primary.get(table) ?? []).includes(name) ||
      this.foreign.some((one) => one.table === table && one.columns.includes(name)) ||
      (this.paths.get(table)?.on.some(([own]) => own === name) ?? false);
    return isLink ? notPersonal : `${gap} # ${oneLine(type)}`;
  }
}

function identifiersIn(columns: CatalogueTable['columns']): { name: string; identifier: string }[] {
  return columns.flatMap(({ name, type }) => {
    const identifier =
      !isTime(type) && type !== 'boolean' && identifierNames.find(([, names]) => names.test(name))?.[0];
    return identifier ? [{ name, identifier }] : [];
  });
}

/** Whether `buyer_id`, `buyerId` or `buyer` may be the `id` of `shop.buyers`. */
function pointsAt(column: string, table: string, key: string): boolean {
  const name = table.slice(table.indexOf('.') + 1).toLowerCase();
  const singular = name.replace(/ies$/, 'y').replace(/s$/, '');
  const called = column.toLowerCase();
  return [name, singular].some((one) => [`${one}_${key}`, `${one}${key}`, `${one}_id`, `${one}id`].includes(called));
}

async function foreignKeys(client: ClientBase): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `SELECT rn.nspname || '.' || r.relname AS "table", fn.nspname || '.' || f.relname AS target,
       array(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS c (n, i) JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = c.n ORDER BY c.i) AS columns,
       array(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS c (n, i) JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = c.n ORDER BY c.i) AS "targetColumns"
     FROM pg_constraint k
     JOIN pg_class r ON r.oid = k.conrelid JOIN pg_namespace rn ON rn.oid = r.relnamespace
     JOIN pg_class f ON f.oid = k.confrelid JOIN pg_namespace fn ON fn.oid = f.relnamespace
     WHERE k.contype = 'f' AND k.conrelid <> k.confrelid AND k.conparentid = 0 ORDER BY k.oid`,
  );
  return rows;
}

async function primaryKeys(client: ClientBase): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `SELECT n.nspname || '.' || r.relname AS "table",
       array(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS c (n, i) JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = c.n ORDER BY c.i) AS columns
     FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid JOIN pg_namespace n ON n.oid = r.relnamespace WHERE k.contype = 'p'`,
  );
  return new Map(rows.map(({ table, columns }) => [table, columns]));
}

/** A name as YAML reads it as text. */
function plain(name: string): string {
  const isPlain =
    /^[a-z_][a-z0-9_.]*$/i.test(name) && !/^(y|n|yes|no|on|off|true|false|null|unknown|none)$/i.test(name);
  return isPlain ? name : JSON.stringify(name);
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{C}#]+/gu, ' ');
}
