import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgres, type Database, type ScheduledTasks } from '@abide/platform';
import pg from 'pg';
import { ChangeLog, type Changes } from './change-log.js';
import { changeLogSql } from './change-log.sql.js';

describe('a log of changes on a server that a crash has stopped', () => {
  it('comes from another source once the server has recovered, which may give numbers anew', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'abide-crash-'));
    chmodSync(directory, 0o755);
    const server = await EmbeddedPostgres.start({ directory });
    const pool = new pg.Pool({ connectionString: server.url, max: 1 }).on('error', () => undefined);
    const query = async (sql: string, values: readonly unknown[] = []) => (await pool.query(sql, [...values])).rows;
    const db = { prepared: (_name: string, sql: string, values: readonly unknown[]) => query(sql, values) };
    const log = new ChangeLog(db as unknown as Database, {} as ScheduledTasks);
    try {
      await pool.query(`CREATE ROLE abide_app; CREATE SCHEMA identity; ${changeLogSql}`);
      const { seen } = await log.since(null);
      expect((await log.since(seen)).changed).toEqual([]);
      const [row] = await query('SELECT pg_backend_pid() AS pid');
      process.kill(row.pid, 'SIGKILL');
      const again = (): Promise<Changes> => log.since(seen).catch(() => sleep(100).then(again));
      const after = await again();
      expect(after.seen.source).not.toBe(seen.source);
      expect(after.changed).toBeNull();
    } finally {
      await pool.end();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    }
  }, 60_000);
});
