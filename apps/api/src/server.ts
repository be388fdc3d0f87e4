import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp, type Config } from '@abide/platform';
import { AppModule } from './app.module.js';
import { serveConsole } from './console/serve-console.js';
import { serveDocs } from './docs/serve-docs.js';
import { createOpenApi } from './openapi.js';

/** The whole product, wired and not yet listening: API, public pages, console, Swagger. */
export async function createServer(config: Config): Promise<NestFastifyApplication> {
  return createHttpApp(AppModule.forRoot(config), config, async (app) => {
    await serveDocs(app, createOpenApi(app));
    await serveConsole(app);
  });
}
