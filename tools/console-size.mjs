/**
 * Prints what the console loads before its first page, gzipped, and fails above the budget of 350 kB:
 * everything index.html names, what those modules import at once, and the larger of the language catalogues.
 * Run after `npm run build -w @abide/admin`.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const budgetKilobytes = 350;
const dist = join(import.meta.dirname, '../apps/admin/dist');

const html = readFileSync(join(dist, 'index.html'), 'utf8');
const named = [...html.matchAll(/(?:src|href)="\/console\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file);

const initial = new Set();
for (const file of named) collect(file);
const entry = named.map((file) => readFileSync(join(dist, file), 'utf8')).join('\n');
const catalogues = [
  ...new Set([...entry.matchAll(/\.\/((?:en|zh)[-_][\w-]+\.js)/g)].map(([, name]) => `assets/${name}`)),
];

const rows = [...initial].map((file) => ({ file, kilobytes: gzipKilobytes(file) }));
rows.push({
  file: 'texts and Ant Design locale of one language (upper bound)',
  kilobytes: catalogues.reduce((sum, file) => sum + gzipKilobytes(file), 0) / 2,
});
rows.sort((a, b) => b.kilobytes - a.kilobytes);
for (const { file, kilobytes } of rows) console.log(`${kilobytes.toFixed(1).padStart(8)} kB  ${file}`);

const total = rows.filter(({ file }) => !file.endsWith('.css')).reduce((sum, { kilobytes }) => sum + kilobytes, 0);
console.log(`${total.toFixed(1).padStart(8)} kB  JavaScript before the first page (budget ${budgetKilobytes} kB)`);
process.exitCode = total > budgetKilobytes ? 1 : 0;

function collect(file) {
  if (initial.has(file)) return;
  initial.add(file);
  if (!file.endsWith('.js')) return;
  const source = readFileSync(join(dist, file), 'utf8');
  for (const [, name] of source.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
    collect(join(dirname(file), name));
}

function gzipKilobytes(file) {
  return gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1000;
}
