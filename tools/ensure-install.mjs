/** Installs the packages when `node_modules` is missing or made from another lockfile. Plain Node ≥ 20, no packages. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lockfile = `${root}package-lock.json`;
const installed = `${root}node_modules/.package-lock.json`;
const stamp = `${root}node_modules/.cache/abide-lockfile`;
const wanted = createHash('sha256').update(readFileSync(lockfile)).digest('hex');

/** npm's own record is newer than the lockfile after an install by hand, which leaves no stamp of ours. */
function isInstalled() {
  if (!existsSync(installed)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  return statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs;
}

if (!isInstalled()) {
  console.log('Installing packages (once, about a minute) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // Not `npm ci`: it refuses the lockfile where a registry has not yet every other platform's optional binaries.
  const { status } = spawnSync(npm, ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('The packages could not be installed. Check the network and the npm registry, then start again.');
    process.exit(status ?? 1);
  }
}
mkdirSync(`${root}node_modules/.cache`, { recursive: true });
writeFileSync(stamp, wanted);
