import pg from 'pg';
import { StartError } from './data-folder.js';

/**
 * Refuses a database that holds somebody else's tables, before anything is written to it.
 * @throws StartError, or the driver's error when it cannot be reached.
 */
export async function requireOurDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ ours: boolean; tables: string }>(`
      SELECT to_regclass('public.abide_migrations') IS NOT NULL AS ours,
             (SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')) AS tables`);
    const [found] = rows;
    if (found && !found.ours && Number(found.tables) > 0) {
      throw new StartError(
        `DATABASE_URL: this database holds ${found.tables} tables of something else. Name an empty database; nothing was changed.`,
      );
    }
  } finally {
    await client.end();
  }
}
