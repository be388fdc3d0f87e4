/** Starts one throw-away PostgreSQL for all integration tests; Jest calls it once before the workers start. */
import { mkdtempSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../libs/platform/src/database/embedded-postgres.ts';

export default async function startPostgres() {
  if (process.env.ABIDE_TEST_DATABASE_URL) return;
  const directory = mkdtempSync(join(tmpdir(), 'abide-test-'));
  chmodSync(directory, 0o755);
  const server = await EmbeddedPostgres.start({ directory, isDisposable: true });
  process.env.ABIDE_TEST_DATABASE_URL = server.url;
  globalThis.abideTestPostgres = { server, directory };
}
