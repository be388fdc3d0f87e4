/**
 * Which tables a module's sources name that are another module's. A module reads and writes its own schema; what it needs of
 * another's it asks of that module, which may hand it a piece of SQL.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Steps that installations have taken already; what they did stands. */
const history = new Set([
  'libs/audit/src/migrations/1764000220000-openings-end-with-keys.ts',
  'libs/consent/src/migrations/1764000603000-fact-changes.ts',
  'libs/consent/src/migrations/1764000615000-childrens-own-words.ts',
  'libs/consent/src/migrations/1764000620000-purpose-removals.ts',
  'libs/consent/src/migrations/1764000622000-devices-of-children.ts',
  'libs/identity/src/migrations/1764000316000-second-person.ts',
]);

/** `sources`: the texts of every module by path. @returns {string[]} "path: schema.table" of every trespass */
export function foreignTables(sources) {
  const tables = new Map([['jobs.job', 'platform']]);
  for (const [path, text] of sources)
    for (const [, schema, table] of text.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+)\.(\w+)/g))
      if (schema === moduleOf(path)) tables.set(`${schema}.${table}`, schema);
  const named = new RegExp(
    `(?<![\\w.@/-])(${[...tables.keys()].map((name) => name.replace('.', '\\.')).join('|')})\\b`,
    'g',
  );
  return [...sources].flatMap(([path, text]) => {
    if (history.has(path)) return [];
    const found = new Set([...withoutComments(text).matchAll(named)].map(([name]) => name));
    return [...found].filter((name) => tables.get(name) !== moduleOf(path)).map((name) => `${path}: ${name}`);
  });
}

/** @returns {Map<string, string>} the sources of every module that runs in the product, tests apart */
export function moduleSources() {
  const files = readdirSync(join(root, 'libs'), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(int-)?spec\.ts$|\.gen\.ts$/.test(entry.name),
    )
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .filter((path) => /^libs\/[\w-]+\/src\//.test(path) && !path.includes('/testing/'));
  return new Map(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** As its schema is named. */
function moduleOf(path) {
  return path.split('/')[1].replaceAll('-', '_');
}

function withoutComments(text) {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}
