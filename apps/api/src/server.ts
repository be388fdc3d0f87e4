import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp, requireDeclaredAccess, type Config } from '@abide/platform';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module.js';
import { serveConsole } from './console/serve-console.js';
import { serveDocs } from './docs/serve-docs.js';
import { createOpenApi } from './openapi.js';
import { requireReachableRoutes } from './reachable-access.js';
import { serveSample } from './sample/serve-sample.js';

/** The whole product, wired and not yet listening: API, public pages, console, Swagger; with a demo the sample app too. */
export async function createServer(config: Config, { hasDemo = false } = {}): Promise<NestFastifyApplication> {
  return createHttpApp(AppModule.forRoot(config), config, async (app) => {
    requireReachableRoutes(requireDeclaredAccess(app));
    if (config.showsDocs) await serveDocs(app, createOpenApi(app));
    await serveConsole(app);
    if (hasDemo) await serveSample(app.getHttpAdapter().getInstance() as unknown as FastifyInstance, config);
  });
}
