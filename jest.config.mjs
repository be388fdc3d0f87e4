import { readFileSync } from 'node:fs';

/**
 * Four tiers: pure specs, components of the console as a person meets them, module specs on a real Postgres, and journeys
 * (apps/e2e, started by tools/test.mjs).
 */
const swcrc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
const swc = {
  ...swcrc,
  swcrc: false,
  sourceMaps: 'inline',
  jsc: {
    ...swcrc.jsc,
    parser: { ...swcrc.jsc.parser, tsx: true },
    transform: { ...swcrc.jsc.transform, react: { runtime: 'automatic' } },
  },
};

const base = {
  rootDir: import.meta.dirname,
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/.nx/', '<rootDir>/.stryker-tmp/'],
};

/** In Node as it is, with `--import ./tools/from-source.mjs`, as `npm run dev` does. */
const bare = {
  ...base,
  runner: ['jest-light-runner', { runtime: 'child_process' }],
  setupFilesAfterEnv: ['<rootDir>/tools/jest-bare.mjs'],
};

/** Each file in a world of its own: what runs in browsers keeps its state in modules, and its specs replace globals. */
const apart = {
  ...base,
  testEnvironmentOptions: { customExportConditions: ['@abide/source', 'node', 'require', 'default'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: {
    '\\.css$': '<rootDir>/tools/jest-styles.mjs',
    // Sources say ".js" of each other, which are ".ts" here; "x.json.js" of a package is a file of its own.
    '^(\\.{1,2}/.*(?<!\\.json))\\.js$': '$1',
  },
  transform: { '^.+\\.tsx?$': ['@swc/jest', swc] },
};

export default {
  testTimeout: 120_000,
  projects: [
    {
      ...bare,
      displayName: 'unit',
      testMatch: ['<rootDir>/{libs,apps}/!(admin|client)/src/**/*.spec.ts', '<rootDir>/tools/**/*.spec.ts'],
    },
    {
      ...apart,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps/admin,libs/client}/src/**/*.spec.ts'],
    },
    {
      ...apart,
      displayName: 'component',
      testMatch: ['<rootDir>/apps/admin/src/**/*.component-spec.tsx'],
      testEnvironment: '<rootDir>/tools/jest-browser.mjs',
    },
    {
      ...bare,
      displayName: 'integration',
      testMatch: ['<rootDir>/{libs,apps}/*/src/**/*.int-spec.ts'],
      globalSetup: '<rootDir>/tools/jest-postgres.mjs',
      globalTeardown: '<rootDir>/tools/jest-postgres-stop.mjs',
    },
    {
      ...bare,
      displayName: 'e2e',
      testMatch: ['<rootDir>/apps/e2e/src/**/*.e2e-spec.ts'],
      globalSetup: '<rootDir>/tools/jest-e2e.mjs',
      globalTeardown: '<rootDir>/tools/jest-e2e-stop.mjs',
    },
  ],
};
