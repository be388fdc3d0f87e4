/**
 * Proves that every rule of the module map can fail: for each pair of projects a one-line file is linted that imports
 * the other. Allowed pairs must pass, forbidden ones must be refused. Ends with "N passed, N failed".
 */
import { ESLint } from 'eslint';
import { moduleMap } from './module-map.mjs';

const apps = new Set(['api', 'admin', 'sample', 'e2e']);
const eslint = new ESLint({
  overrideConfigFile: new URL('../eslint.config.mjs', import.meta.url).pathname,
  ruleFilter: ({ ruleId }) => ruleId === '@nx/enforce-module-boundaries',
  overrideConfig: { files: ['**/boundary-probe.ts'], languageOptions: { parserOptions: { projectService: false } } },
});

let passed = 0;
let failed = 0;
for (const [source, { mayImport }] of Object.entries(moduleMap)) {
  const folder = `${apps.has(source) ? 'apps' : 'libs'}/${source}/src`;
  for (const target of Object.keys(moduleMap)) {
    if (target === source || apps.has(target)) continue;
    const [result] = await eslint.lintText(`import '@abide/${target}';\n`, { filePath: `${folder}/boundary-probe.ts` });
    const isRefused = result.messages.some((message) => message.ruleId === '@nx/enforce-module-boundaries');
    const isAllowed = mayImport.includes(target);
    if (isRefused !== isAllowed) {
      passed += 1;
    } else {
      failed += 1;
      console.error(
        `${source} → ${target}: ${isAllowed ? 'allowed by the map but refused' : 'forbidden by the map but not refused'}`,
        result.messages,
      );
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
