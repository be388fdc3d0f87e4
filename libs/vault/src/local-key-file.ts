import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { link, mkdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigError, type Config } from '@abide/platform';
import { KeyProvider } from './key-provider.js';
import { openBytes, sealBytes } from './sealed-box.js';

const keyLength = 32;

/** The key provider of the embedded default: a file with 256 random bits in base64, readable by its owner only. */
export class LocalKeyFile extends KeyProvider {
  private readonly path: string;
  private loaded: KeyObject | undefined;

  constructor(private readonly config: Config) {
    super();
    this.path = config.get('ABIDE_KEY_FILE') ?? join(config.get('ABIDE_DATA_DIR'), 'keys', 'master.key');
  }

  /** Outside production a missing key file is made; several processes may try at once, one key wins. */
  override async prepare(): Promise<void> {
    if (this.config.isProduction || (await exists(this.path))) return;
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    const draft = `${this.path}.${randomBytes(6).toString('hex')}`;
    await writeFile(draft, `${randomBytes(keyLength).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    try {
      await link(draft, this.path);
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    } finally {
      await unlink(draft);
    }
  }

  override async keyName(): Promise<string> {
    const fingerprint = createHmac('sha256', await this.key())
      .update('abide.key-name')
      .digest('hex');
    return `file:${fingerprint.slice(0, 16)}`;
  }

  override async wrap(plain: Buffer, context: string): Promise<Buffer> {
    return sealBytes({ key: await this.key(), kind: 'key', belongsTo: [context] }, plain);
  }

  override async unwrap(wrapped: Buffer, context: string): Promise<Buffer> {
    return openBytes({ key: await this.key(), kind: 'key', belongsTo: [context] }, wrapped);
  }

  private async key(): Promise<KeyObject> {
    this.loaded ??= await this.load();
    return this.loaded;
  }

  private async load(): Promise<KeyObject> {
    const text = await this.read();
    const bytes = Buffer.from(text.trim(), 'base64');
    if (bytes.length !== keyLength || bytes.toString('base64') !== text.trim()) {
      throw new ConfigError(
        `The key file ${this.path} must hold 256 bits in base64 (44 characters), as \`openssl rand -base64 32\` writes them.`,
      );
    }
    return createSecretKey(bytes);
  }

  private async read(): Promise<string> {
    try {
      if (this.config.isProduction) await this.requirePrivacy();
      return await readFile(this.path, 'ascii');
    } catch (error) {
      if (error instanceof ConfigError) throw error;
      const reason = hasCode(error, 'ENOENT') ? 'is missing' : 'cannot be read';
      throw new ConfigError(
        `The key file ${this.path} ${reason}. Without it nothing sealed can be opened: restore it, or point ABIDE_KEY_FILE at it.`,
      );
    }
  }

  private async requirePrivacy(): Promise<void> {
    const { mode } = await stat(this.path);
    if (process.platform === 'win32' || (mode & 0o077) === 0) return;
    throw new ConfigError(
      `The key file ${this.path} can be read by others than its owner. Run \`chmod 600\` on it and start again.`,
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
