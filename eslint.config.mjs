import { readdirSync } from 'node:fs';
import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import a11y from 'eslint-plugin-jsx-a11y-x';
import reactHooks from 'eslint-plugin-react-hooks';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { consoleZones, moduleMap } from './tools/module-map.mjs';

// Without a cached project graph the boundary rule would skip itself in silence.
process.env.NX_DAEMON = 'false';
await createProjectGraphAsync();

/** One constraint a module: itself and what the map lets it import. */
const depConstraints = Object.entries(moduleMap).map(([name, { mayImport }]) => ({
  sourceTag: `module:${name}`,
  onlyDependOnLibsWithTags: [name, ...mayImport].map((target) => `module:${target}`),
}));

/** What a module keeps, and what helps its tests, is for the composition root and for tests alone. */
const innerFaces = {
  patterns: [
    { regex: '^@abide/[a-z-]+/persistence$', message: 'Only the composition root joins what modules keep.' },
    { regex: '^@abide/[a-z-]+/testing$', message: 'Only tests use what helps tests.' },
  ],
};
const tests = ['**/*.spec.ts', '**/*.int-spec.ts', 'apps/e2e/**', '{apps/api,libs/*}/src/testing/**'];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.abide/**',
      '.nx/**',
      '.stryker-tmp/**',
      '**/*.gen.ts',
      'bench/results/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { depConstraints, allow: [], enforceBuildableLibDependency: false, banTransitiveDependencies: false },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      '@typescript-eslint/no-unsafe-function-type': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what is exported.' },
        {
          selector: 'FunctionDeclaration[params.length>4]',
          message: 'At most three or four parameters; then an object.',
        },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take the time from the Clock.' },
      ],
      'no-restricted-imports': ['error', innerFaces],
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['libs/**/*.ts', 'apps/api/**/*.ts', 'apps/sample/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    files: ['apps/admin/src/**/*.{ts,tsx}'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } })],
    },
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        {
          basePath: import.meta.dirname,
          zones: consoleZones(readdirSync(new URL('apps/admin/src/features', import.meta.url))),
        },
      ],
    },
  },
  { files: ['apps/{admin,sample}/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  {
    files: ['apps/{admin,sample}/**/*.tsx'],
    extends: [a11y.configs.recommended],
    rules: {
      // What may scroll is a region that the keyboard reaches (WCAG 2.1.1).
      'jsx-a11y-x/no-noninteractive-tabindex': ['error', { tags: [], roles: ['tabpanel', 'region'] }],
      'jsx-a11y-x/no-autofocus': ['error', { ignoreNonDOM: true }],
    },
  },
  {
    files: ['**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 200, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: [
      'libs/kernel/src/clock.ts',
      'apps/api/src/cli.ts',
      'apps/api/src/cli/**',
      'apps/api/src/start/**',
      'bench/**',
      'apps/admin/**',
      ...tests,
    ],
    rules: { 'no-restricted-syntax': 'off', 'no-console': 'off' },
  },
  { files: ['apps/api/src/modules.ts', ...tests], rules: { 'no-restricted-imports': 'off' } },
  {
    files: [...tests, '**/migrations/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': 'off',
      'max-lines-per-function': 'off',
    },
  },
);
