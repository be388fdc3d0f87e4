/** Three tiers: pure specs, module specs on a real Postgres, and journeys (apps/e2e, started by tools/test.mjs). */
const base = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@abide/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', { exclude: [], sourceMaps: 'inline' }] },
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/.nx/'],
};

export default {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{libs,apps}/*/src/**/*.spec.ts', '<rootDir>/tools/**/*.spec.ts'], testPathIgnorePatterns: ['/node_modules/', '\\.int-spec\\.ts$'] },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/{libs,apps}/*/src/**/*.int-spec.ts'],
      globalSetup: '<rootDir>/libs/platform/src/testing/global-setup.ts',
      globalTeardown: '<rootDir>/libs/platform/src/testing/global-teardown.ts',
    },
  ],
};
