/** Gives each project its targets beside `build`: `npx nx run consent:int`. Defaults and inputs stand in nx.json. */
import { dirname } from 'node:path';
import { createNodesFromFiles } from '@nx/devkit';

const jest = (tier) =>
  `node --import ./tools/from-source.mjs --experimental-vm-modules node_modules/jest/bin/jest.js {projectRoot}/src --selectProjects ${tier} --passWithNoTests`;

const targets = {
  test: { command: jest('unit component') },
  int: { command: jest('integration') },
  lint: { command: 'node node_modules/eslint/bin/eslint.js {projectRoot} --max-warnings=0' },
  types: { command: 'node tools/types.mjs {projectRoot}' },
};

export const createNodesV2 = [
  '{apps,libs}/*/package.json',
  (files, options, context) =>
    createNodesFromFiles((file) => ({ projects: { [dirname(file)]: { targets } } }), files, options, context),
];
