import { PgBoss } from 'pg-boss';
import { createDataSource } from './data-source.js';
import type { Persistence } from './persistence-set.js';
import { grantJobsSchema, jobsSchema } from './jobs-schema.js';

const migrationLock = 4_207_001;

/**
 * Brings the database at `url` to the newest schema: every module's migrations, then the job tables.
 * Safe to start from several processes at once (an advisory lock lets one run). Returns the names applied.
 */
export async function migrate(url: string, persistence: Persistence): Promise<string[]> {
  const source = createDataSource(
    { url, poolSize: 2, statementTimeout: 0, as: 'migrator', applicationName: 'abide-migrate' },
    persistence,
  );
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const applied = await source.runMigrations();
    await migrateJobs(url);
    await runner.query(grantJobsSchema);
    return applied.map((migration) => migration.name);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
    await runner.release();
    await source.destroy();
  }
}

async function migrateJobs(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, schema: jobsSchema, schedule: false, supervise: false, max: 1 });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.stop({ graceful: false });
}
