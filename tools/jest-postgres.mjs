/** Starts one throw-away PostgreSQL for all integration tests; Jest calls it once before the workers start. */
import { chmodSync, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../libs/platform/src/database/embedded-postgres.ts';

export default async function startPostgres() {
  if (process.env.ABIDE_TEST_DATABASE_URL) return;
  const directory = mkdtempSync(join(place(), 'abide-test-'));
  chmodSync(directory, 0o755);
  const server = await EmbeddedPostgres.start({ directory, isDisposable: true });
  process.env.ABIDE_TEST_DATABASE_URL = server.url;
  globalThis.abideTestPostgres = { server, directory };
}

/** Memory where it can hold all of it (in containers it often cannot): each of a thousand databases is written, read a little and dropped. */
function place() {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > 8 * 2 ** 30 ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}
