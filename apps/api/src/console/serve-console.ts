import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pageContentSecurityPolicy } from '@abide/platform';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const folder = fileURLToPath(new URL('../../../admin/dist/', import.meta.url));
const oneYear = 'public, max-age=31536000, immutable';

/** The operators' console at `/console`: hashed assets for ever, the page fresh with a nonce for its styles. */
export async function serveConsole(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  if (!existsSync(`${folder}index.html`)) return;
  const html = readFileSync(`${folder}index.html`, 'utf8');
  await fastify.register(fastifyStatic, {
    root: `${folder}assets`,
    prefix: '/console/assets/',
    index: false,
    decorateReply: false,
    setHeaders: (reply) => void reply.header('cache-control', oneYear),
  });
  const sendPage = (_request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const nonce = randomBytes(16).toString('base64url');
    return reply
      .header('content-security-policy', pageContentSecurityPolicy(nonce))
      .type('text/html; charset=utf-8')
      .send(html.replaceAll('__CSP_NONCE__', nonce));
  };
  fastify.get('/console', sendPage);
  fastify.get('/console/*', sendPage);
  fastify.get('/', (_request, reply) => reply.redirect('/console'));
}
