import { readFileSync } from 'node:fs';

/**
 * Four tiers: pure specs, components of the console as a person meets them, module specs on a real Postgres, and journeys
 * (apps/e2e, started by tools/test.mjs).
 */
const swcrc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
const swc = { ...swcrc, swcrc: false, sourceMaps: 'inline' };
const withJsx = {
  ...swc,
  jsc: {
    ...swc.jsc,
    parser: { ...swc.jsc.parser, tsx: true },
    transform: { ...swc.jsc.transform, react: { runtime: 'automatic' } },
  },
};

const base = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@abide/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  // Sources say ".js" of each other, which are ".ts" here; "x.json.js" of a package is a file of its own.
  moduleNameMapper: { '^(\\.{1,2}/.*(?<!\\.json))\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/.nx/', '<rootDir>/.stryker-tmp/'],
};

export default {
  testTimeout: 120_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/{libs,apps}/*/src/**/*.spec.ts', '<rootDir>/tools/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.int-spec\\.ts$'],
    },
    {
      ...base,
      displayName: 'component',
      testMatch: ['<rootDir>/apps/admin/src/**/*.component-spec.tsx'],
      testEnvironment: '<rootDir>/tools/jest-browser.mjs',
      testEnvironmentOptions: { customExportConditions: ['@abide/source', 'node', 'require', 'default'] },
      extensionsToTreatAsEsm: ['.ts', '.tsx'],
      moduleNameMapper: { '\\.css$': '<rootDir>/tools/jest-styles.mjs', ...base.moduleNameMapper },
      transform: { '^.+\\.tsx?$': ['@swc/jest', withJsx] },
    },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/{libs,apps}/*/src/**/*.int-spec.ts'],
      globalSetup: '<rootDir>/tools/jest-postgres.mjs',
      globalTeardown: '<rootDir>/tools/jest-postgres-stop.mjs',
    },
    {
      ...base,
      displayName: 'e2e',
      testMatch: ['<rootDir>/apps/e2e/src/**/*.e2e-spec.ts'],
      globalSetup: '<rootDir>/tools/jest-e2e.mjs',
      globalTeardown: '<rootDir>/tools/jest-e2e-stop.mjs',
    },
  ],
};
