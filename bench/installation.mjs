/** A installation to measure: an embedded PostgreSQL with full durability, migrated, and one API process of the built product. */
import { fork, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EmbeddedPostgres, migrate } from '@abide/platform';
import pg from 'pg';
import { persistence } from '../apps/api/dist/modules.js';

const main = fileURLToPath(new URL('../apps/api/dist/main.js', import.meta.url));
const commandLine = fileURLToPath(new URL('../apps/api/dist/cli.js', import.meta.url));
const echoServer = fileURLToPath(new URL('echo.mjs', import.meta.url));
const client = { id: 'bench', secret: 'a-secret-that-only-the-bench-knows' };

/** @returns {Promise<{ url: string, databaseUrl: string, pid: number, env: object, rss: () => number, close: () => Promise<void> }>} */
export function openInstallation(env = {}) {
  return open(env, () => undefined);
}

/**
 * A installation with the demo in it: its policies in force, its registries, the next revision announced. Loaded before the API starts, since loading
 * moves the clock. `keptIn`: a folder that it stays in, to be found there as it was left.
 */
export function openDemoInstallation(env = {}, keptIn = undefined) {
  return open(
    env,
    (settings) => {
      const { status, stderr } = spawnSync(process.execPath, [commandLine, 'demo'], {
        env: settings,
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`The demo could not be loaded: ${stderr}`);
    },
    keptIn,
  );
}

/** `furnish`: fills the migrated database before the API starts for the first time. */
async function open(env, furnish, keptIn) {
  const folder = keptIn ?? mkdtempSync(join(tmpdir(), 'abide-bench-'));
  const isNew = !existsSync(join(folder, 'postgres'));
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  const server = await EmbeddedPostgres.start({ directory: folder });
  if (isNew) await onDatabase(server.url, (client) => client.query('CREATE DATABASE abide'));
  const databaseUrl = server.url.replace(/\/postgres$/, '/abide');
  await migrate(databaseUrl, persistence);
  const port = await freePort();
  const settings = {
    ...process.env,
    LOG_LEVEL: 'error',
    DATABASE_URL: databaseUrl,
    ABIDE_DATA_DIR: folder,
    PORT: String(port),
    ABIDE_TRUSTED_PROXY: '127.0.0.1',
    ABIDE_BOOTSTRAP_CLIENT: `${client.id}:${client.secret}`,
    ...env,
  };
  if (isNew) furnish(settings);
  const api = spawn(process.execPath, [...(process.env.BENCH_NODE?.split(' ') ?? []), main], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: settings,
  });
  const ended = new Promise((done) => api.on('exit', done));
  process.once('exit', () => api.kill());
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url);
  return {
    url,
    databaseUrl,
    pid: api.pid,
    env: settings,
    rss: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${api.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024,
    close: async () => {
      api.kill('SIGTERM');
      await ended;
      await server.stop();
      if (!keptIn) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An access token of the installation's service client, which has every scope; it lives ten minutes. */
export async function clientToken(installation) {
  const { access_token: token } = await callInstallation(installation, {
    method: 'POST',
    path: 'oauth/token',
    body: { grant_type: 'client_credentials', client_id: client.id, client_secret: client.secret },
  });
  return token;
}

/** One call of the installation's API. @throws Error naming the path and the answer when it is refused */
export async function callInstallation(installation, { method, path, body, token, headers = {} }) {
  const answer = await fetch(`${installation.url}/api/v1/${path}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
  });
  if (!answer.ok) throw new Error(`${path} was refused: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? undefined : answer.json();
}

/** Signs an operator in. @returns {Promise<(method: string, path: string, body?: object) => Promise<unknown>>} calls as them; @throws Error as `callInstallation` */
export async function signInOperator(installation, { email, password }) {
  const answer = await fetch(`${installation.url}/api/v1/operator/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const cookie = answer.headers.getSetCookie()[0].split(';')[0];
  const { csrfToken } = await answer.json();
  const headers = { cookie, 'x-abide-csrf': csrfToken };
  return (method, path, body) => callInstallation(installation, { method, path, body, headers });
}

/** The bare echo server, as a process of its own. @returns {Promise<{ url: string, close: () => Promise<void> }>} */
export async function openEcho() {
  return openFork(echoServer, {});
}

/** Starts a module that sends `{ url }` once it listens and ends when its parent lets go of it. */
export async function openFork(module, options) {
  const server = fork(module, options);
  const ended = new Promise((done) => server.on('exit', done));
  const url = await new Promise((done, failed) => {
    server.once('message', (message) => done(message.url));
    server.once('exit', (code) => failed(new Error(`${module} ended with ${code}`)));
  });
  const close = async () => {
    server.disconnect();
    await ended;
  };
  return { url, close };
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
    const isReady = await fetch(`${url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
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
