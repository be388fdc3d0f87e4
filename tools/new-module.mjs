/**
 * `npm run new-module -- <name> <layer>`: a module with a page of the console, registered wherever one is.
 * What it is made of stands in tools/new-module/; docs/new-module.md says what to do with it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { moduleMap } from './module-map.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const template = join(root, 'tools/new-module');
const admin = 'apps/admin/src';

/** Below identity nobody is signed in; above the modules stand the applications. */
const layers = { lowest: moduleMap.identity.layer + 1, highest: moduleMap.api.layer - 1 };
const mayImport = ['identity', 'audit', 'platform', 'kernel'];

/** Words that SQL or TypeScript keep for themselves, and schemas that PostgreSQL or the job queue have. */
const reserved = new Set(
  `all analyse and any array as asc async await boolean break case cast check class collate column const constraint continue create
  current debugger default delete desc distinct do else end enum except export extends false fetch finally for foreign from function
  grant group having if implements import in initially instanceof interface intersect into jobs lateral leading let limit new not
  null offset on only or order package placing primary private protected public references return returning select static string
  super switch symmetric table test then this throw to trailing true try typeof undefined union unique unknown user using var
  variadic void when where while window with yield`.split(/\s+/),
);

const [name = '', layer = ''] = process.argv.slice(2);
const complaint = faultOf(name, layer);
if (complaint) {
  console.error(complaint);
  process.exit(1);
}
const values = { name, Name: name[0].toUpperCase() + name.slice(1), time: nextTime() };
for (const [path, text] of await laidOut([...newFiles(), ...changedFiles()])) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
linkPackage();
const { status } = spawnSync(process.execPath, ['tools/openapi.mjs'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
console.log(`libs/${name} and its page at /console/${name} are there. docs/new-module.md says how to go on.`);

/** @returns {string | null} what is wrong with what was asked for, in a sentence */
function faultOf(name, layer) {
  const { lowest, highest } = layers;
  if (!/^[a-z]{2,20}$/.test(name))
    return `"${name}" cannot name a module: take one word of 2 to 20 lower-case letters, as in: npm run new-module -- sharing 7`;
  if (reserved.has(name) || name.startsWith('pg'))
    return `"${name}" is a word that SQL or TypeScript keeps for itself.`;
  if (taken().has(name)) return `"${name}" names a project, a feature, a text or a route already.`;
  if (!/^\d+$/.test(layer) || Number(layer) < lowest || Number(layer) > highest)
    return `"${layer}" is no layer for a module: it stands above identity and below the applications, on ${lowest} to ${highest}.`;
  return null;
}

/** The names of projects, of the console's features and texts, and what stands after /operator/ in a route. */
function taken() {
  const texts = readdirSync(join(root, admin), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(i18n|texts)\/en(\.ts|\/)/.test(path.replaceAll('\\', '/')))
    .flatMap((path) => [...read(join(admin, path)).matchAll(/^export const (\w+)/gm)].map(([, key]) => key));
  const { paths } = JSON.parse(read('libs/client/openapi.json'));
  const routes = Object.keys(paths).flatMap((path) => /\/operator\/(\w+)/.exec(path)?.[1] ?? []);
  return new Set([...Object.keys(moduleMap), ...readdirSync(join(root, `${admin}/features`)), ...texts, ...routes]);
}

/** Modules count their migrations in hundreds of thousands: the next after the last. */
function nextTime() {
  const times = readdirSync(join(root, 'libs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /src[\\/]migrations[\\/]\d{13}-/.test(path))
    .map((path) => Number(/\d{13}(?=-)/.exec(path)[0]));
  const step = 100_000;
  return (Math.floor(Math.max(...times) / step) + 1) * step;
}

function newFiles() {
  return readdirSync(template, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.template'))
    .map((path) => [filled(path.replace(/\.template$/, '')), filled(readFileSync(join(template, path), 'utf8'))]);
}

function filled(text) {
  return text.replace(/__(name|Name|time)__/g, (_, key) => values[key]);
}

/** Where the product lists its modules. */
function changedFiles() {
  const { Name } = values;
  const line = `  ${name}: { layer: ${Number(layer)}, mayImport: ${JSON.stringify(mayImport)} },\n`;
  const registered = `import { ${Name}Module } from '@abide/${name}';\nimport { ${name}Persistence } from '@abide/${name}/persistence';\n`;
  return [
    changed('tools/module-map.mjs', [/(?<=const modules = \{\n(?:.*\n)*?)(?=\};)/, line]),
    changed(
      'apps/api/src/modules.ts',
      [/(?=import \{ joinPersistence)/, registered],
      [/(?=\] as const;)/, `  [${Name}Module, ${name}Persistence],\n`],
    ),
    changed('apps/api/package.json', [/(?<="dependencies": \{\n)/, `    "@abide/${name}": "*",\n`]),
    changed(
      'libs/identity/src/operators/roles.ts',
      [/(?=\] as const;\nexport type Permission)/, `  '${name}.read',\n  '${name}.edit',\n`],
      [/(?<=const readingEverything[^;]*)(?=\];)/, `  '${name}.read',\n`],
      [/(?<=  administrator: \[[^\]]*)(?=  \],)/, `    '${name}.edit',\n`],
    ),
    changed(
      `${admin}/features.ts`,
      [/(?=\n\/\*\* In the order)/, `import * as ${name} from './features/${name}/feature.js';\n`],
      [/(?=  settings,\n)/, `  ${name},\n`],
    ),
    changed('docs/architecture.md', [/(?=libs\/telemetry )/, `libs/${name.padEnd(16)}what this module is for\n`]),
    ['package-lock.json', lockWithModule()],
  ];
}

/** The file at `path` with a text put in at each place; a place that is gone stops everything before anything is written. */
function changed(path, ...insertions) {
  const text = insertions.reduce((text, [place, inserted]) => {
    if (!place.test(text)) throw new Error(`${path} has no place any more for what a module adds: ${place}`);
    return text.replace(place, () => inserted);
  }, read(path));
  return [path, text];
}

function lockWithModule() {
  const lock = JSON.parse(read('package-lock.json'));
  const { packages } = lock;
  const own = Object.fromEntries(mayImport.toSorted().map((module) => [`@abide/${module}`, '*']));
  packages['apps/api'].dependencies = sorted({ ...packages['apps/api'].dependencies, [`@abide/${name}`]: '*' });
  lock.packages = sorted({
    ...packages,
    [`libs/${name}`]: { name: `@abide/${name}`, version: '0.1.0', dependencies: own },
    [`node_modules/@abide/${name}`]: { resolved: `libs/${name}`, link: true },
  });
  return `${JSON.stringify(lock, null, 2)}\n`;
}

function sorted(members) {
  return Object.fromEntries(Object.entries(members).toSorted(([a], [b]) => a.localeCompare(b, 'en')));
}

/** Names differ in length, and so lines break elsewhere. */
async function laidOut(files) {
  const { default: prettier } = await import('prettier');
  const options = await prettier.resolveConfig(join(root, 'package.json'));
  return Promise.all(
    files.map(async ([path, text]) =>
      /\.(ts|tsx|mjs)$/.test(path) || path === `libs/${name}/package.json`
        ? [path, await prettier.format(text, { ...options, filepath: path })]
        : [path, text],
    ),
  );
}

/** As npm does for a workspace. */
function linkPackage() {
  const scope = join(root, 'node_modules/@abide');
  if (existsSync(scope) && !existsSync(join(scope, name)))
    symlinkSync(`../../libs/${name}`, join(scope, name), process.platform === 'win32' ? 'junction' : 'dir');
}

function read(path) {
  return readFileSync(join(root, path), 'utf8');
}
