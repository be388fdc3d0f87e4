import pg from 'pg';

/** A row as JSON has it; `bytea` as `\x…`. */
export type SnapshotRow = Readonly<Record<string, unknown>>;

/** Opens what is sealed in a row, or throws. */
export type OpenSealed = (
  place: { readonly subjectId: string; readonly table: string; readonly column: string; readonly rowId: string },
  sealed: Buffer,
) => Promise<string>;

/** Everything in one schema at one moment, found in the catalogue; partitions belong to their table. */
export class SchemaSnapshot {
  private constructor(private readonly rows: ReadonlyMap<string, readonly SnapshotRow[]>) {}

  /** @param databaseUrl of a superuser, from whom nothing is hidden */
  static async take(databaseUrl: string, schema: string): Promise<SchemaSnapshot> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      const tables = await client.query<{ name: string }>(
        `SELECT format('%I.%I', nspname, relname) AS name FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
         WHERE nspname = $1 AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1`,
        [schema],
      );
      const rows = new Map<string, SnapshotRow[]>();
      for (const { name } of tables.rows) {
        const found = await client.query<{ row: SnapshotRow }>(`SELECT to_jsonb(t) AS row FROM ${name} t`);
        rows.set(
          name,
          found.rows.map(({ row }) => row),
        );
      }
      return new SchemaSnapshot(rows);
    } finally {
      await client.end();
    }
  }

  get tables(): string[] {
    return [...this.rows.keys()];
  }

  count(table: string): number {
    return this.of(table).length;
  }

  /** The rows that name somebody anywhere, as text, by table. */
  naming(id: string, but?: string): Record<string, string[]> {
    const found: Record<string, string[]> = {};
    for (const [table, rows] of this.rows) {
      const texts = rows.map((row) => JSON.stringify(row));
      const own = texts.filter((text) => text.includes(id) && (but === undefined || !text.includes(but)));
      if (own.length > 0) found[table] = own.sort();
    }
    return found;
  }

  /** Where the words stand in plain, also as bytes, or can be opened: `schema.table.column`. */
  async findings(words: string, open?: OpenSealed): Promise<string[]> {
    const found = new Set<string>();
    for (const [table, rows] of this.rows)
      for (const row of rows)
        for (const [column, value] of Object.entries(row)) {
          const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
          if (text.includes(words) || text.includes(Buffer.from(words).toString('hex')))
            found.add(`${table}.${column}`);
          else if (open && (await canOpen({ table, column, row, words }, open)))
            found.add(`${table}.${column} (sealed)`);
        }
    return [...found].sort();
  }

  private of(table: string): readonly SnapshotRow[] {
    return this.rows.get(table) ?? [];
  }
}

/** Which row id a value was sealed with is the module's secret: every value of the row is tried. */
async function canOpen(
  { table, column, row, words }: { table: string; column: string; row: SnapshotRow; words: string },
  open: OpenSealed,
): Promise<boolean> {
  const [value, subjectId] = [row[column], row['subject_id']];
  if (typeof value !== 'string' || !value.startsWith('\\x01') || typeof subjectId !== 'string') return false;
  const sealed = Buffer.from(value.slice(2), 'hex');
  for (const rowId of Object.values(row)) {
    if (typeof rowId !== 'string' || rowId === value) continue;
    const text = await open({ subjectId, table, column, rowId }, sealed).catch(() => '');
    if (text.includes(words)) return true;
  }
  return false;
}
