import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock } from '@abide/kernel';
import { ConfigError, Database, loadConfig } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { EpochKeys } from './epoch-keys.service.js';
import type { KeyProvider } from './key-provider.js';
import { LocalKeyFile } from './local-key-file.js';
import { startVault } from './testing/vault.js';

const development = { DATABASE_URL: 'postgres://localhost/unused' };
const production = {
  ...development,
  NODE_ENV: 'production',
  ABIDE_PUBLIC_URL: 'https://abide.example',
  ABIDE_TRUSTED_PROXY: '127.0.0.1',
};

/** What every key provider owes, whoever keeps the key. */
function keepsTheContract(open: () => Promise<{ provider: KeyProvider; another: KeyProvider }>): void {
  it('unwraps what it wrapped, and only in the same context', async () => {
    const { provider } = await open();
    const wrapped = await provider.wrap(Buffer.from('an epoch key'), 'context');
    expect((await provider.unwrap(wrapped, 'context')).toString()).toBe('an epoch key');
    expect(wrapped.includes('epoch')).toBe(false);
    await expect(provider.unwrap(wrapped, 'another context')).rejects.toThrow();
  });

  it('does not unwrap what another key wrapped, and tells the keys apart by name', async () => {
    const { provider, another } = await open();
    await expect(
      another.unwrap(await provider.wrap(Buffer.from('an epoch key'), 'context'), 'context'),
    ).rejects.toThrow();
    expect(await another.keyName()).not.toBe(await provider.keyName());
  });
}

describe('the local key file', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'abide-keys-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const inDevelopment = (name = 'data') =>
    new LocalKeyFile(loadConfig({ ...development, ABIDE_DATA_DIR: join(directory, name) }));
  const inProduction = (path: string) => new LocalKeyFile(loadConfig({ ...production, ABIDE_KEY_FILE: path }));

  keepsTheContract(async () => {
    const [provider, another] = [inDevelopment('one'), inDevelopment('two')];
    await provider.prepare();
    await another.prepare();
    return { provider, another };
  });

  it('is made on first use in development, with 256 bits, for its owner only', async () => {
    await inDevelopment().prepare();
    const path = join(directory, 'data', 'keys', 'master.key');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(Buffer.from(await readFile(path, 'ascii'), 'base64')).toHaveLength(32);
  });

  it('is made once when several processes start at once', async () => {
    const providers = Array.from({ length: 8 }, () => inDevelopment());
    await Promise.all(providers.map((provider) => provider.prepare()));
    expect(new Set(await Promise.all(providers.map((provider) => provider.keyName()))).size).toBe(1);
    expect(await readdir(join(directory, 'data', 'keys'))).toEqual(['master.key']);
  });

  it('is never made in production', async () => {
    const provider = inProduction(join(directory, 'master.key'));
    await provider.prepare();
    await expect(provider.keyName()).rejects.toThrow(/is missing.*ABIDE_KEY_FILE/);
  });

  it.each(['640', '604', '644'])('is refused in production with mode %s', async (mode) => {
    await inDevelopment().prepare();
    const path = join(directory, 'data', 'keys', 'master.key');
    await chmod(path, Number.parseInt(mode, 8));
    await expect(inProduction(path).keyName()).rejects.toThrow(/can be read by others.*chmod 600/);
    await chmod(path, 0o400);
    await expect(inProduction(path).keyName()).resolves.toMatch(/^file:[0-9a-f]{16}$/);
  });

  it.each(['', 'c2hvcnQ=', 'not base64 at all, but forty-four letters long'])(
    'is refused when it does not hold 256 bits: "%s"',
    async (text) => {
      const path = join(directory, 'master.key');
      await writeFile(path, text, { mode: 0o600 });
      await expect(inProduction(path).keyName()).rejects.toThrow('must hold 256 bits in base64');
    },
  );
});

describe('starting with a master key', () => {
  let test: TestApp;
  let directory: string;
  beforeAll(async () => {
    test = await startVault();
    directory = await mkdtemp(join(tmpdir(), 'abide-keys-'));
  });
  afterAll(async () => {
    await test.close();
    await rm(directory, { recursive: true });
  });

  const boot = (provider: KeyProvider) => new EpochKeys(test.get(Database), provider, test.get(Clock)).open();

  it("that is not the database's own fails, names both keys and says what to do", async () => {
    const wrong = new LocalKeyFile(loadConfig({ ...development, ABIDE_DATA_DIR: directory }));
    await wrong.prepare();
    const message = new RegExp(
      `master key ${await wrong.keyName()} does not open .* wrapped by file:[0-9a-f]{16}.*ABIDE_KEY_FILE`,
    );
    const failure = await boot(wrong).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    expect(failure).toMatchObject({ message: expect.stringMatching(message) });
  });

  it('that was lost fails instead of making a new one', async () => {
    const lost = new LocalKeyFile(loadConfig({ ...development, ABIDE_DATA_DIR: join(directory, 'lost') }));
    await expect(boot(lost)).rejects.toThrow(/is missing.*restore it/);
    expect(await readdir(directory)).not.toContain('lost');
  });

  it('that is the right one succeeds', async () => {
    await expect(boot(new LocalKeyFile(test.config))).resolves.toBeUndefined();
  });
});
