import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pageContentSecurityPolicy, type Config } from '@abide/platform';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const built = fileURLToPath(new URL('../../../sample/dist/', import.meta.url));

/**
 * The sample app at `/sample/`, for the people of the demo: never in production. Its service worker is a file like the others
 * and obeys the same policy.
 */
export async function serveSample(fastify: FastifyInstance, config: Config, folder = built): Promise<void> {
  if (config.isProduction || !existsSync(`${folder}index.html`)) return;
  const contentSecurityPolicy = pageContentSecurityPolicy();
  await fastify.register(fastifyStatic, {
    root: folder,
    prefix: '/sample/',
    cacheControl: false,
    decorateReply: false,
    setHeaders: (reply) => void reply.header('content-security-policy', contentSecurityPolicy),
  });
  fastify.get('/sample', (_request, reply) => reply.redirect('/sample/'));
}
