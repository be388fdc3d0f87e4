import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// This file holds erasable types only and imports no file beside it, so that plain Node can import it without a build.

export const checkout = join(import.meta.dirname, '../../..');
const npmStart: Command = { root: checkout, args: ['tools/start.mjs'] };

/** What runs the product, and the checkout that it runs in. */
export interface Command {
  readonly root: string;
  readonly args: readonly string[];
}

/** The product as `npm start` runs it, on a port and a data folder of its own. */
export interface Product {
  readonly url: string;
  readonly folder: string;
  readonly process: ChildProcess;
  /** What it has printed so far, both streams. */
  output(): string;
  /** Resolves with the exit code once every process has ended. */
  ended(): Promise<number | null>;
}

export function aDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'abide-e2e-'));
  chmodSync(folder, 0o755);
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Starts the product without waiting for it. */
export function launch(
  folder: string,
  port: number,
  env: Record<string, string> = {},
  { root, args }: Command = npmStart,
): Product {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'development',
      DATABASE_URL: '',
      PORT: String(port),
      ABIDE_DATA_DIR: folder,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.on('close', (code) => done(code)));
  return { url: `http://localhost:${port}`, folder, process: child, output: () => output, ended: () => ended };
}

/** Starts the product and waits until it says that it is ready, four minutes at most (the demo is loaded the first time). */
export async function start(folder: string, env: Record<string, string> = {}): Promise<Product> {
  const product = launch(folder, await freePort(), env);
  await waitForReady(product);
  return product;
}

/** Starts the product on a copy of the demo that was loaded before the specs; without one it is loaded anew. */
export async function startWithDemo(folder: string, env: Record<string, string> = {}): Promise<Product> {
  const demo = process.env['ABIDE_E2E_DEMO'];
  if (!demo) return start(folder, env);
  // Not `cpSync`: the database belongs to another user than we are, and has to stay theirs.
  const { status, stderr } = spawnSync('cp', ['-a', `${demo}/.`, folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The demo could not be copied:\n${stderr}`);
  return start(folder, env);
}

export async function waitForReady(product: Product, times = 1): Promise<void> {
  const until = Date.now() + 240_000;
  while (product.output().split('Abide is ready').length <= times) {
    if (product.process.exitCode !== null || Date.now() > until)
      throw new Error(`The product did not become ready:\n${product.output()}`);
    await sleep(50);
  }
}

/** The processes that run on the folder, the database among them. */
export function processesIn(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder) ||
          readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`ABIDE_DATA_DIR=${folder}`)
        );
      } catch {
        return false;
      }
    });
}

/** Asks again and again until it is so, a minute at most. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const endsAt = Date.now() + 60_000; Date.now() < endsAt; await sleep(50)) if (await isSo()) return;
  throw new Error('It did not become so');
}

/** Ends the product as Ctrl-C does and waits for its last process. */
export async function stop(product: Product): Promise<number | null> {
  product.process.kill('SIGINT');
  return product.ended();
}
