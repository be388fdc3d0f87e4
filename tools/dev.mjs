/**
 * `npm run dev`: the product while it is written, on one port as in production. Vite serves the console and replaces in
 * the page what changes; everything else goes to the API, which starts anew when a source of the server changes. The
 * database and the demo stay. Ctrl-C ends everything.
 */
import { spawn } from 'node:child_process';
import { createServer as createSocket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../libs/platform/src/config/config.ts';
import { readDemo } from '../apps/api/src/demo/load-demo.ts';
import { claimDataFolder, defaultDataFolder } from '../apps/api/src/start/data-folder.ts';
import { startEmbeddedDatabase } from '../apps/api/src/start/embedded-database.ts';
import { explainFailure } from '../apps/api/src/start/explain-failure.ts';
import { keepDatabaseUp } from '../apps/api/src/start/keep-database-up.ts';
import { requireOurDatabase } from '../apps/api/src/start/our-database.ts';
import { printWelcome } from '../apps/api/src/start/welcome.ts';
import { DevApi } from './dev-api.mjs';
import { serveDevConsole } from './dev-console.mjs';
import { serverSources, watchFolders } from './dev-watch.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const host = process.env.HOST || '127.0.0.1';
const port = Number(process.env.PORT || 3000);
const folder = process.env.ABIDE_DATA_DIR || defaultDataFolder();
const usesEmbedded = !process.env.DATABASE_URL;

/** How to end what runs by now, in the order it was started. */
const endings = [];
let ending;
let isWelcomed = false;

async function start() {
  await freePort(port, host);
  const apiPort = await freePort(0, '127.0.0.1');
  const config = loadConfig({ ...process.env, ABIDE_DATA_DIR: folder, ...(await openDatabase()) });
  await requireOurDatabase(config.migratorUrl);
  await buildSample();
  const api = new DevApi(root, {
    LOG_LEVEL: 'warn',
    ...process.env,
    ABIDE_PUBLIC_URL: config.publicUrl,
    ABIDE_REQUEST_PAGE: config.get('ABIDE_REQUEST_PAGE') ?? `${config.publicUrl}/sample/#requests/{id}`,
    ABIDE_DATA_DIR: folder,
    ABIDE_DEMO: String(usesEmbedded && config.get('ABIDE_DEMO') !== false),
    DATABASE_URL: config.get('DATABASE_URL'),
    DATABASE_MIGRATOR_URL: config.migratorUrl,
    HOST: '127.0.0.1',
    PORT: String(apiPort),
  });
  endings.push(() => api.stop());
  endings.push(await serveDevConsole({ root, host, port, api, apiUrl: `http://127.0.0.1:${apiPort}` }));
  const welcome = async () => {
    if (isWelcomed || !(await api.isUp())) return;
    isWelcomed = true;
    printWelcome(config, { demo: usesEmbedded ? readDemo(folder) : null, usesEmbedded });
  };
  endings.push(watchFolders(serverSources(root), () => void api.restart().then(welcome)));
  endings.push(watchFolders(['apps/sample/src', 'apps/sample/public', 'libs/client/src'].map(inRoot), buildSample));
  await api.start();
  await welcome();
}

/** The embedded server of the data folder, which outlives every start of the API; or nothing, where DATABASE_URL names one. */
async function openDatabase() {
  if (!usesEmbedded) return {};
  endings.push(await claimDataFolder(folder));
  const database = await startEmbeddedDatabase({ folder, isAnew: readDemo(folder)?.state === 'loading' });
  endings.push(() => database.stop());
  endings.push(keepDatabaseUp(database, endWith));
  return { DATABASE_URL: database.appUrl, DATABASE_MIGRATOR_URL: database.migratorUrl };
}

/** The API serves the sample app from what is built, because its service worker knows only those files. */
function buildSample() {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const env = { ...process.env, NODE_ENV: 'production' };
  const options = { cwd: inRoot('apps/sample'), env, stdio: 'inherit' };
  return new Promise((done) =>
    spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], options).once('exit', done),
  );
}

function inRoot(path) {
  return join(root, path);
}

/** @returns {Promise<number>} the port, or any that is free for 0; fails where it is taken */
function freePort(wanted, address) {
  return new Promise((done, failed) => {
    const socket = createSocket();
    socket.once('error', failed);
    socket.listen(wanted, address, () => {
      const { port: found } = socket.address();
      socket.close(() => done(found));
    });
  });
}

function endWith(error) {
  const line = ['ConfigError', 'StartError'].includes(error?.name) ? error.message : explainFailure(error);
  console.error(`Abide cannot run. ${line}`);
  void endAndExit(1);
}

function endAndExit(code) {
  ending ??= (async () => {
    for (const end of endings.reverse()) await end();
    process.exit(code);
  })();
  return ending;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void endAndExit(0));
start().catch(endWith);
