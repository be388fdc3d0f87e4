import { Logger } from '@nestjs/common';
import { ConfigError, loadConfig } from '@abide/platform';
import { createServer } from './server.js';
import { explainFailure } from './start/explain-failure.js';

/** Production entry: one API process against DATABASE_URL. Run `abide migrate` before it. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const app = await createServer(config);
  app.enableShutdownHooks();
  await app.listen(config.get('PORT'), config.get('HOST'));
  new Logger('Abide').log(`Listening on ${config.get('HOST')}:${config.get('PORT')} as ${config.get('ABIDE_ROLE')}`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : explainFailure(error)}\n`);
  process.exit(1);
});
