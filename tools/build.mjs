/** Builds what is out of date, through Nx; silent and quick when nothing is. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'node_modules/.cache/abide-build');
const inputs = [
  'apps/api/src',
  'apps/admin/src',
  'apps/admin/index.html',
  'apps/admin/vite.config.ts',
  'apps/sample/src',
  'apps/sample/public',
  'apps/sample/index.html',
  'apps/sample/vite.config.ts',
  'package-lock.json',
  '.swcrc',
];

/** @returns {boolean} whether the products of the last build are newer than every source */
function isUpToDate() {
  const products = ['apps/api/dist/main.js', 'apps/admin/dist/index.html', 'apps/sample/dist/index.html'];
  if (!existsSync(stamp) || products.some((product) => !existsSync(join(root, product)))) return false;
  const builtAt = statSync(stamp).mtimeMs;
  const libraries = readdirSync(join(root, 'libs')).map((library) => `libs/${library}/src`);
  return [...inputs, ...libraries].every((path) => newestIn(join(root, path)) <= builtAt);
}

function newestIn(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestIn(join(path, name))), stats.mtimeMs);
}

export function build() {
  if (isUpToDate()) return;
  console.log('Building …');
  const startedAt = new Date();
  const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [nx, 'run-many', '-t', 'build', '--parallel=2', '--outputStyle=static'],
    {
      cwd: root,
      env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (status !== 0) {
    console.error(`${stdout ?? ''}${stderr ?? ''}\nThe build failed; nothing was started.`);
    process.exit(1);
  }
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, startedAt, startedAt);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
