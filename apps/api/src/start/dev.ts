import { ConfigError, loadConfig, migrate, type Config } from '@abide/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadDemo } from '../demo/load-demo.js';
import { persistence } from '../modules.js';
import { createServer } from '../server.js';
import { explainFailure } from './explain-failure.js';
import { keepReceiptKeys } from './receipt-keys-file.js';

let app: NestFastifyApplication | undefined;

/** The API as tools/dev.mjs runs it: on the database that its parent keeps, and started anew with each change. */
async function start(config: Config): Promise<void> {
  await migrate(config.migratorUrl, persistence);
  const hasDemo = config.get('ABIDE_DEMO') === true;
  app = await createServer(config, { hasDemo });
  if (hasDemo) await loadDemo(app);
  await app.listen(config.get('PORT'), config.get('HOST'));
  await keepReceiptKeys(app, config.get('ABIDE_DATA_DIR'));
  process.send?.('ready');
}

async function stop(): Promise<void> {
  await app?.close();
  process.exit(0);
}

function fail(error: unknown): void {
  const isBadSetting = error instanceof ConfigError;
  process.stderr.write(`${isBadSetting ? error.message : explainFailure(error)}\n`);
  if (!isBadSetting && error instanceof Error && error.stack) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}

let stopping: Promise<void> | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => (stopping ??= stop()));
process.on('disconnect', () => (stopping ??= stop()));

try {
  await start(loadConfig(process.env));
} catch (error) {
  fail(error);
}
