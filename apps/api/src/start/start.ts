import { createServer as createSocket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigError, loadConfig, migrate, type Config } from '@abide/platform';
import { loadDemo, readDemo } from '../demo/load-demo.js';
import { startSigning } from '../demo/signing/start-signing.js';
import { startTicketing } from '../demo/ticketing/start-ticketing.js';
import { persistence } from '../modules.js';
import { createServer } from '../server.js';
import { requireOurDatabase } from './our-database.js';
import { claimDataFolder, defaultDataFolder, StartError } from './data-folder.js';
import { startEmbeddedDatabase, type EmbeddedDatabase } from './embedded-database.js';
import { explainFailure } from './explain-failure.js';
import { keepDatabaseUp } from './keep-database-up.js';
import { keepReceiptKeys } from './receipt-keys-file.js';
import { printWelcome } from './welcome.js';

interface Running {
  app?: NestFastifyApplication;
  database?: EmbeddedDatabase;
  stopKeepingKeys?: () => void;
  stopTicketing?: () => void;
  stopKeepingUp?: () => Promise<void>;
  release?: () => void;
}

const running: Running = {};
let stopping: Promise<void> | undefined;

async function start(): Promise<void> {
  const usesEmbedded = !process.env['DATABASE_URL'];
  const folder = process.env['ABIDE_DATA_DIR'] || defaultDataFolder();
  const port = Number(process.env['PORT'] || 3000);
  await requireFreePort(port);
  if (usesEmbedded) {
    running.release = await claimDataFolder(folder);
    running.database = await startEmbeddedDatabase({ folder, isAnew: readDemo(folder)?.state === 'loading' });
    running.stopKeepingUp = keepDatabaseUp(running.database, endWith);
  }
  const publicUrl = (process.env['ABIDE_PUBLIC_URL'] || `http://localhost:${port}`).replace(/\/$/, '');
  const config = loadConfig({
    LOG_LEVEL: 'warn',
    ...(process.env['NODE_ENV'] === 'production' ? {} : { ABIDE_REQUEST_PAGE: `${publicUrl}/sample/#requests/{id}` }),
    ...process.env,
    ABIDE_DATA_DIR: folder,
    ...(running.database
      ? { DATABASE_URL: running.database.appUrl, DATABASE_MIGRATOR_URL: running.database.migratorUrl }
      : {}),
  });
  await requireOurDatabase(config.migratorUrl);
  await migrate(config.migratorUrl, persistence);
  await serve(config, usesEmbedded);
}

async function serve(config: Config, usesEmbedded: boolean): Promise<void> {
  const hasDemo = usesEmbedded && config.get('ABIDE_DEMO') !== false;
  const app = await createServer(config, { hasDemo });
  running.app = app;
  const demo = hasDemo ? await loadDemo(app) : null;
  await app.listen(config.get('PORT'), config.get('HOST'));
  if (demo && !config.isProduction) {
    const folder = config.get('ABIDE_DATA_DIR');
    running.stopTicketing = await startTicketing(app, folder);
    await startSigning(app, { serverUrl: config.migratorUrl, folder });
  }
  running.stopKeepingKeys = await keepReceiptKeys(app, config.get('ABIDE_DATA_DIR'));
  process.send?.('ready');
  printWelcome(config, { demo, usesEmbedded });
}

function requireFreePort(port: number): Promise<void> {
  return new Promise((done, failed) => {
    const socket = createSocket();
    socket.once('error', failed);
    socket.listen(port, process.env['HOST'] || '127.0.0.1', () => socket.close(() => done()));
  });
}

/** Drains the API, then stops the database. Called once, however often it is asked for. */
function stop(): Promise<void> {
  stopping ??= (async () => {
    running.stopKeepingKeys?.();
    running.stopTicketing?.();
    await running.app?.close();
    await running.stopKeepingUp?.();
    await running.database?.stop();
    running.release?.();
  })();
  return stopping;
}

function stopAndExit(code: number): void {
  stop().then(
    () => process.exit(code),
    () => process.exit(1),
  );
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopAndExit(0));
process.on('disconnect', () => stopAndExit(0));

/** Ends with one line on why; where it ran already, the watcher starts it anew. */
function endWith(error: unknown): void {
  const line = error instanceof ConfigError || error instanceof StartError ? error.message : explainFailure(error);
  process.stderr.write(`${running.app ? 'Abide cannot go on' : 'Abide did not start'}. ${line}\n`);
  stopAndExit(1);
}

start().catch(endWith);
