import { Database } from '@abide/platform';
import { createTestApp, type TestApp } from '@abide/platform/testing';
import type { EntityMetadata } from 'typeorm';
import { appModules, persistence } from './modules.js';

interface TableColumn {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly primary: boolean;
}

/** TypeORM has no name for `xid8`. */
const columnsOfTables = `
  SELECT n.nspname || '.' || c.relname AS table, a.attname AS column, replace(format_type(a.atttypid, NULL), 'xid8', 'text') AS type, NOT a.attnotnull AS nullable,
    EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])) AS primary
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'jobs') ORDER BY 1, 2`;

/** A log without a primary key, which an entity cannot describe: transaction numbers, and the id of whom something changed for. */
const logs = ['identity.changed_subjects'];

/** Entities describe the tables that migrations make: whoever changes one without the other is told which column differs. */
describe('entities and the tables that migrations make', () => {
  let test: TestApp;
  let tables: ReadonlyMap<string, readonly string[]>;
  let entities: readonly EntityMetadata[];

  beforeAll(async () => {
    test = await createTestApp(appModules, persistence);
    entities = test.get(Database).dataSource.entityMetadatas;
    const columns = await test.get(Database).query<TableColumn>(columnsOfTables);
    tables = new Map(
      [...Map.groupBy(columns, ({ table }) => table)].map(([table, own]) => [table, own.map(columnText)]),
    );
  });
  afterAll(() => test.close());

  const described = (entity: EntityMetadata): string[] => {
    const { driver } = test.get(Database).dataSource;
    return entity.columns
      .map((column) => {
        const type = driver.normalizeType(column) + (column.isArray ? '[]' : '');
        return columnText({
          column: column.databaseName,
          type,
          nullable: column.isNullable,
          primary: column.isPrimary,
        });
      })
      .sort();
  };

  it('say the same of every column: its name, type, nullability and place in the primary key', () => {
    expect(entities.length).toBeGreaterThan(40);
    const differences = entities.flatMap((entity) => {
      const table = `${entity.schema}.${entity.tableName}`;
      const [inEntity, inTable] = [described(entity), tables.get(table) ?? []];
      return [
        ...inEntity
          .filter((column) => !inTable.includes(column))
          .map((column) => `${table}: only the entity has ${column}`),
        ...inTable
          .filter((column) => !inEntity.includes(column))
          .map((column) => `${table}: only the table has ${column}`),
      ];
    });
    expect(differences).toEqual([]);
  });

  it('both know every table about a subject', () => {
    const described = new Set(entities.map(({ schema, tableName }) => `${schema}.${tableName}`));
    const aboutSubjects = [...tables].filter(([, columns]) =>
      columns.some((column) => column.startsWith('subject_id ')),
    );
    expect(aboutSubjects.length).toBeGreaterThan(20);
    expect(
      aboutSubjects.map(([table]) => table).filter((table) => !described.has(table) && !logs.includes(table)),
    ).toEqual([]);
  });
});

function columnText({ column, type, nullable, primary }: Omit<TableColumn, 'table'>): string {
  return `${column} ${type}${nullable ? ' null' : ''}${primary ? ' primary' : ''}`;
}
