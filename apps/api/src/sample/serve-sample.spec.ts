import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, type Config } from '@abide/platform';
import Fastify from 'fastify';
import { serveSample } from './serve-sample.js';

describe('the sample app', () => {
  const folder = `${mkdtempSync(join(tmpdir(), 'abide-sample-'))}/`;
  const development = loadConfig({ NODE_ENV: 'development', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' });
  const production = loadConfig({
    NODE_ENV: 'production',
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
    ABIDE_PUBLIC_URL: 'https://privacy.example',
    ABIDE_TRUSTED_PROXY: '127.0.0.1',
    ABIDE_KEY_FILE: '/nowhere',
  });
  beforeAll(() => writeFileSync(`${folder}index.html`, '<!doctype html><title>Sample</title>'));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function page(config: Config, from = folder) {
    const fastify = Fastify();
    await serveSample(fastify, config, from);
    const { statusCode, headers } = await fastify.inject({ url: '/sample/' });
    return { statusCode, policy: headers['content-security-policy'] };
  }

  it('is served in development, without inline scripts and with nothing from elsewhere', async () => {
    const { statusCode, policy } = await page(development);
    expect(statusCode).toBe(200);
    expect(policy).toMatch(/default-src 'none'.*script-src 'self'.*style-src 'self';.*connect-src 'self'/);
    expect(policy).not.toContain('unsafe');
  });

  it('is not there in production', async () => {
    expect((await page(production)).statusCode).toBe(404);
  });

  it('is not there where it was not built', async () => {
    expect((await page(development, `${folder}nowhere/`)).statusCode).toBe(404);
  });
});
