import type { Database } from '../database/database.js';
import { eventually } from './eventually.js';

/** Whether a statement in this test's database waits for a lock now. */
export async function someoneWaits(db: Database): Promise<boolean> {
  const waiting =
    'SELECT 1 FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid) WHERE NOT l.granted AND a.datname = current_database()';
  return (await db.outside(() => db.query(waiting))).length > 0;
}

/** Resolves once a statement in this test's database waits for a lock. @throws Error where none does within ten seconds */
export async function untilSomeoneWaits(db: Database): Promise<void> {
  await eventually(() => someoneWaits(db));
}
