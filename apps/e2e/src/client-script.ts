import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** Prints the script; in a process of its own, because the bundler does not run inside the test runner. */
const program = `
import { build } from 'vite';
const lib = { entry: 'libs/client/src/index.ts', formats: ['iife'], name: 'abide', fileName: 'client' };
const [{ output }] = await build({ configFile: false, publicDir: false, logLevel: 'error', build: { write: false, minify: false, lib } });
process.stdout.write(output[0].code);
`;

/** The client library as one script for a page, which then knows it as `abide`. */
export function clientScript(): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error(`The client could not be bundled:\n${stderr}`);
  return stdout;
}
