import { randomUUID } from 'node:crypto';
import { Logger, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import { DomainError } from '@abide/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Config, ConfigError } from './config/config.js';
import { PinoLogger } from './observability/pino-logger.js';
import { measureRequests } from './observability/metrics.js';
import { unfoldBody } from './http/content-encoding.js';
import { requireDeclaredAccess } from './http/declared-access.js';
import { sharingWith } from './http/client-origins.js';
import { ignoreBody } from './http/ignored-body.js';
import { keepsText, largeBody, mostMembers } from './http/large-body.js';
import { excessOf } from './http/json-shape.js';
import { keyPosts } from './http/keyed-posts.js';
import { sendProblem } from './http/problem.filter.js';
import { lowerCaseIds, openRequestContext, refuseNul } from './http/request-context.js';
import { secureHeaders, securityHeaders } from './http/secure-headers.js';
import { refuseUploads } from './http/uploads.js';
import { createValidationPipe } from './http/validation.js';

export const apiPrefix = 'api/v1';
/** Pages and well-known addresses live outside the prefix; a controller beside a page of the same name writes the prefix itself. */
const unprefixed = [
  'health/*path',
  'metrics',
  'mandates/*path',
  'policies',
  'policies/*path',
  'requests',
  'requests/*path',
  'unsubscribe/*path',
  '.well-known/*path',
  `${apiPrefix}/*path`,
];
const bodyLimitBytes = 1024 * 1024;
const maximumDepth = 32;
const maximumMembers = 10_000;
const maximumFormFields = 100;

/** The HTTP application over `module`, wired but not connected to anything. Refuses a route that declares no access. */
export async function wireHttpApp(module: Type | object, config: Config): Promise<NestFastifyApplication> {
  const headersOfUnreadable = securityHeaders(config);
  const adapter = new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    genReqId: () => randomUUID(),
    trustProxy: config.get('ABIDE_TRUSTED_PROXY') ?? false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: unknown, _request: unknown, reply: FastifyReply) =>
      sendProblem(reply.headers(headersOfUnreadable), error, new Logger('Http')),
  });
  keyPosts(module as Type);
  const logger = new PinoLogger(config);
  const app = await NestFactory.create<NestFastifyApplication>(module as Type, adapter, {
    logger,
    abortOnError: false,
    bodyParser: false,
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  await fastify.register(cookie);
  secureHeaders(fastify, config);
  fastify.addHook('onRequest', openRequestContext);
  fastify.addHook('onRequest', refuseNul);
  fastify.addHook('preParsing', unfoldBody);
  fastify.addHook('onRequest', ignoreBody);
  fastify.addHook('onRequest', refuseUploads);
  fastify.addHook('preValidation', lowerCaseIds);
  if (config.clientOrigins.length > 0) await fastify.register(cors, { delegator: sharingWith(config.clientOrigins) });
  measureRequests(fastify);
  parseBodies(fastify);
  letLargeBodiesIn(fastify);
  app.setGlobalPrefix(apiPrefix, { exclude: unprefixed });
  app.useGlobalPipes(createValidationPipe());
  requireDeclaredAccess(app);
  return app;
}

/** Like `wireHttpApp`, then connected to the database and initialised; `beforeInit` may add plain Fastify routes. */
export async function createHttpApp(
  module: Type | object,
  config: Config,
  beforeInit?: (app: NestFastifyApplication) => Promise<void>,
): Promise<NestFastifyApplication> {
  const app = await wireHttpApp(module, config);
  await beforeInit?.(app);
  const source = await app.get(DataSource).initialize();
  if (config.isProduction) await refuseSuperuser(source);
  return app.init();
}

/** In production nobody who can run SQL through the product may take more rights than it needs. */
async function refuseSuperuser(source: DataSource): Promise<void> {
  const [login] = (await source.query('SELECT rolsuper FROM pg_roles WHERE rolname = session_user')) as {
    rolsuper: boolean;
  }[];
  if (!login?.rolsuper) return;
  throw new ConfigError(
    'DATABASE_URL: this login is a superuser. Give the product a login of its own that is a member of abide_app, and name the owner in DATABASE_MIGRATOR_URL.',
  );
}

/** Routes that declare `LargeBody` accept more than the others. */
function letLargeBodiesIn(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    const { [largeBody]: bytes } = (route.config ?? {}) as { [largeBody]?: number };
    if (bytes !== undefined) route.bodyLimit = bytes;
  });
}

function parseBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const fromJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    keepWhereAsked(request as FastifyRequest, body as string);
    void fromJson(request as FastifyRequest, body as string, (error, parsed) => {
      if (error) return done(Object.assign(error, { statusCode: 400 }), undefined);
      const { [mostMembers]: members = maximumMembers } = (request.routeOptions.config ?? {}) as {
        [mostMembers]?: number;
      };
      const excess = excessOf(body as string, { levels: maximumDepth, members });
      if (excess === 'depth') return done(tooDeep(), undefined);
      if (excess === 'members') return done(tooMany(members), undefined);
      done(null, parsed);
    });
  });
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    const fields = (body as string).split('&', maximumFormFields + 1);
    if (fields.length > maximumFormFields) return done(tooMany(maximumFormFields), undefined);
    done(null, Object.fromEntries(new URLSearchParams(body as string)));
  });
  fastify.addContentTypeParser(
    ['application/yaml', 'text/yaml', 'application/x-yaml'],
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  );
  fastify.addContentTypeParser('multipart/form-data', (_request, payload, done) => done(null, payload));
}

function keepWhereAsked({ routeOptions, raw }: FastifyRequest, body: string): void {
  if ((routeOptions.config as { [keepsText]?: true } | undefined)?.[keepsText])
    Object.assign(raw, { [keepsText]: body });
}

function tooMany(most: number): DomainError {
  return new DomainError('invalid', 'request.too_many_members', {
    detail: `A body may have ${most} fields and items in all. Nothing was stored; send less at once.`,
  });
}

function tooDeep(): DomainError {
  return new DomainError('invalid', 'request.too_deep', {
    detail: `A body may be nested ${maximumDepth} levels deep. Nothing was stored.`,
  });
}
