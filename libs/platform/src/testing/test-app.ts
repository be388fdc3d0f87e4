import { Module, type DynamicModule, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig, type Config } from '../config/config.js';
import type { Persistence } from '../database/persistence-set.js';
import { createHttpApp } from '../http-app.js';
import { PlatformModule } from '../platform.module.js';
import { createTestDatabase } from './test-database.js';

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly config: Config;
  /** Superuser address of this test's own database. */
  readonly databaseUrl: string;
  /** Sends a request through the whole HTTP stack, without a socket. Bodies are objects or text. */
  request(options: TestRequest): Promise<TestAnswer>;
  get<T>(token: Type<T> | (abstract new (...args: never[]) => T)): T;
  close(): Promise<void>;
}

export interface TestRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly text: string;
  /** The parsed JSON body; null when there is none. */
  readonly body: any;
}

/** Paths without a leading `/api` are taken below `/api/v1`, except pages and health. */
export async function createTestApp(
  modules: readonly (Type | DynamicModule)[],
  persistence: Persistence,
  env: Record<string, string> = {},
): Promise<TestApp> {
  const database = await createTestDatabase(persistence);
  const config = loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.appUrl,
    DATABASE_POOL_SIZE: '10',
    ABIDE_DATA_DIR: '.abide/test',
    ...env,
  });

  @Module({ imports: [PlatformModule.forRoot(config, persistence), ...modules] })
  class TestRoot {}

  const app = await createHttpApp(TestRoot, config);
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    config,
    databaseUrl: database.url,
    request: (options) => inject(app, options),
    get: (token) => app.get(token as Type, { strict: false }),
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}

async function inject(
  app: NestFastifyApplication,
  { method, path, body, headers = {}, token }: TestRequest,
): Promise<TestAnswer> {
  const response = await app.inject({
    method,
    url: path.startsWith('/') ? path : `/api/v1/${path}`,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const isJson = String(response.headers['content-type'] ?? '').includes('json');
  return {
    status: response.statusCode,
    headers: response.headers,
    text: response.payload,
    body: isJson ? (JSON.parse(response.payload) as unknown) : null,
  };
}
