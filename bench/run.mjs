/**
 * `npm run bench` runs every benchmark, `npm run bench -- register` one. Each figure is a ratio against a reference
 * measured in the same run, printed and written to bench/results/<name>.json. Nothing is judged here.
 */
import { readdirSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.mjs'))
  .map((file) => file.replace('.bench.mjs', ''));
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No such benchmark: ${unknown.join(', ')}. There are: ${known.join(', ')}`);
  process.exit(2);
}

mkdirSync(`${folder}results`, { recursive: true });
for (const name of chosen.length > 0 ? chosen : known) {
  const { measure } = await import(`./${name}.bench.mjs`);
  const { figure, goal, reference, runs, rss, notes } = await measure();
  const machine = {
    cores: cpus().length,
    model: cpus()[0]?.model,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  const result = { name, figure, goal, reference, runs, rss, machine, at: new Date().toISOString(), notes };
  writeFileSync(`${folder}results/${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`${name}: ${figure} (goal ${goal}); reference ${reference}${notes ? `; ${notes}` : ''}`);
}
process.exit(0);
