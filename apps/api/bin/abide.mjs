#!/usr/bin/env node
/** `npx abide …`: hands over to the command line, built first when a source is newer, under the project's own Node. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const ownNode = `${root}/node_modules/.bin/node`;
if (existsSync(`${root}/tools/build.mjs`)) {
  const installed = spawnSync(process.execPath, [`${root}/tools/ensure-install.mjs`], { stdio: ['ignore', 2, 2] });
  if (installed.status !== 0) process.exit(2);
  const built = spawnSync(projectNode(), [`${root}/tools/build.mjs`], { stdio: ['ignore', 2, 2] });
  if (built.status !== 0) process.exit(2);
}
const { status } = spawnSync(projectNode(), [`${root}/apps/api/dist/cli.js`, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 2;

/** The project's own Node once it is installed, else the one that runs this. */
function projectNode() {
  return existsSync(ownNode) ? ownNode : process.execPath;
}
