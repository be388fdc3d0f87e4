/** A house to measure: an embedded PostgreSQL with full durability, migrated, and one API process of the built product. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EmbeddedPostgres, migrate } from '@abide/platform';
import pg from 'pg';
import { persistence } from '../apps/api/dist/persistence.js';

const main = fileURLToPath(new URL('../apps/api/dist/main.js', import.meta.url));

/** @returns {Promise<{ url: string, databaseUrl: string, pid: number, rss: () => number, close: () => Promise<void> }>} */
export async function openHouse(env = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'abide-bench-'));
  chmodSync(folder, 0o755);
  const server = await EmbeddedPostgres.start({ directory: folder });
  await onDatabase(server.url, (client) => client.query('CREATE DATABASE abide'));
  const databaseUrl = server.url.replace(/\/postgres$/, '/abide');
  await migrate(databaseUrl, persistence);
  const port = await freePort();
  const api = spawn(process.execPath, [main], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, LOG_LEVEL: 'warn', DATABASE_URL: databaseUrl, ABIDE_DATA_DIR: folder, PORT: String(port), ABIDE_TRUSTED_PROXY: '127.0.0.1', ...env },
  });
  const ended = new Promise((done) => api.on('exit', done));
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url);
  return {
    url,
    databaseUrl,
    pid: api.pid,
    rss: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${api.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024,
    close: async () => {
      api.kill('SIGTERM');
      await ended;
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function onDatabase(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function untilReady(url) {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const isReady = await fetch(`${url}/health/ready`).then((answer) => answer.ok, () => false);
    if (isReady) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('The API did not become ready in thirty seconds');
}

function freePort() {
  return new Promise((done) => {
    const socket = createServer().listen(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => done(port));
    });
  });
}
