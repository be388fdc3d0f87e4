#!/usr/bin/env node
/** `npx abide …`: hands over to the command line, built first when a source is newer, under the project's own Node. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const ownNode = `${root}/node_modules/.bin/node`;
const node = existsSync(ownNode) ? ownNode : process.execPath;
if (existsSync(`${root}/tools/build.mjs`)) {
  const built = spawnSync(node, [`${root}/tools/build.mjs`], { stdio: ['ignore', 2, 2] });
  if (built.status !== 0) process.exit(2);
}
const { status } = spawnSync(node, [`${root}/apps/api/dist/cli.js`, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 2);
