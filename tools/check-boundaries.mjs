/**
 * Proves that every rule of the module map can fail: for each pair of projects, and of the console's features, a
 * one-line file is linted that imports the other. Allowed pairs must pass, forbidden ones must be refused. What lint
 * does not ask is asked here: that no module names another's tables, and that no files, nor folders of a module, import each other in a circle.
 * Ends with "N passed, N failed".
 */
import { readdirSync } from 'node:fs';
import { ESLint } from 'eslint';
import { foreignTables, moduleSources } from './foreign-tables.mjs';
import { folderCircles, importCircles, workspaceSources } from './import-circles.mjs';
import { moduleMap } from './module-map.mjs';

const apps = new Set(['api', 'admin', 'sample', 'e2e']);
const rules = ['@nx/enforce-module-boundaries', 'import-x/no-restricted-paths', 'no-restricted-imports'];
const eslint = new ESLint({
  overrideConfigFile: new URL('../eslint.config.mjs', import.meta.url).pathname,
  ruleFilter: ({ ruleId }) => rules.includes(ruleId),
  overrideConfig: { files: ['**/boundary-probe.ts'], languageOptions: { parserOptions: { projectService: false } } },
});

let passed = 0;
let failed = 0;
for (const [source, { mayImport }] of Object.entries(moduleMap)) {
  const folder = `${apps.has(source) ? 'apps' : 'libs'}/${source}/src`;
  for (const target of Object.keys(moduleMap)) {
    if (target === source || apps.has(target)) continue;
    await probe(folder, `@abide/${target}`, mayImport.includes(target));
  }
}

for (const face of ['persistence', 'testing']) {
  await probe('libs/telemetry/src', `@abide/consent/${face}`, false);
  await probe('libs/telemetry/src/testing', `@abide/consent/${face}`, true);
}

const features = readdirSync(new URL('../apps/admin/src/features', import.meta.url));
for (const source of features) {
  const folder = `apps/admin/src/features/${source}`;
  for (const target of features) await probe(folder, `../${target}/feature.js`, target === source);
  await probe(folder, '../../ui/Page.js', true);
  await probe(folder, '../../frame/navigation.js', false);
  await probe(folder, '../../features.js', false);
}
for (const shared of ['api', 'i18n', 'session', 'theme', 'ui'])
  await probe(`apps/admin/src/${shared}`, `../features/${features[0]}/feature.js`, false);

const sources = moduleSources();
const trespasses = foreignTables(sources);
for (const trespass of trespasses) console.error(`another module's table is named in ${trespass}`);
count(trespasses.length === 0);
for (const module of Object.keys(moduleMap).filter((name) => !apps.has(name) && name !== 'identity')) {
  const path = `libs/${module}/src/boundary-probe.ts`;
  const found = foreignTables(new Map([...sources, [path, "db.query('SELECT FROM identity.subjects')"]]));
  if (!count(found.includes(`${path}: identity.subjects`))) console.error(`${module} may name a table of identity`);
}

const workspace = workspaceSources();
const circles = importCircles(workspace);
for (const circle of circles) console.error(`files import each other in a circle: ${circle.join(' → ')}`);
count(circles.length === 0);
for (const statement of ["import type { P } from './boundary-probe.js'", "export { p } from './boundary-probe.js'"]) {
  const folder = 'libs/consent/src/gate';
  const probes = [
    [`${folder}/boundary-probe.ts`, "import { q } from '../boundary-probe.js'"],
    ['libs/consent/src/boundary-probe.ts', statement.replace('./', './gate/')],
  ];
  const found = importCircles(new Map([...workspace, ...probes]));
  if (!count(found.length === circles.length + 1)) console.error(`not found to close a circle: ${statement}`);
}

const twoWay = folderCircles(workspace);
for (const circle of twoWay) console.error(`folders import each other in a circle: ${circle.join(' → ')}`);
count(twoWay.length === 0);
const back = ['libs/platform/src/database/boundary-probe.ts', "import type { Jobs } from '../jobs/jobs.js'"];
const isFound = folderCircles(new Map([...workspace, back])).some(
  (circle) => circle.includes('libs/platform/src/jobs') && circle.includes('libs/platform/src/database'),
);
if (!count(isFound)) console.error('not found: a folder that imports one which imports it');

function count(isGood) {
  if (isGood) passed += 1;
  else failed += 1;
  return isGood;
}

async function probe(folder, target, isAllowed) {
  const [result] = await eslint.lintText(`import '${target}';\n`, { filePath: `${folder}/boundary-probe.ts` });
  const isRefused = result.messages.some(({ ruleId }) => rules.includes(ruleId));
  if (isRefused !== isAllowed) {
    passed += 1;
    return;
  }
  failed += 1;
  const wrong = isAllowed ? 'allowed by the map but refused' : 'forbidden by the map but not refused';
  console.error(`${folder} → ${target}: ${wrong}`, result.messages);
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
