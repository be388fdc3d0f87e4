/**
 * Writes the OpenAPI document of the API and the typed client made from it to libs/client; with `--check`,
 * fails when what is committed differs, breaks a rule of redocly.yaml, or makes other generators' clients not compile.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTypescript, { astToString } from 'openapi-typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const fromSource = ['--import', './tools/from-source.mjs', 'apps/api/src/cli.ts'];
const produced = spawnSync(process.execPath, [...fromSource, 'openapi'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
if (produced.status !== 0) {
  console.error(produced.stderr || 'The OpenAPI document could not be made.');
  process.exit(1);
}
const document = `${JSON.stringify(JSON.parse(produced.stdout), null, 2)}\n`;
const types = `// Generated from openapi.json by tools/openapi.mjs.\n${astToString(await openapiTypescript(document))}`;
const files = { 'libs/client/openapi.json': document, 'libs/client/src/schema.gen.ts': types };

/** Our document, and the contract that holders outside implement. */
const linted = ['libs/client/openapi.json', 'docs/holder-protocol.yaml'];
const different = Object.entries(files).filter(([path, text]) => read(path) !== text);
if (process.argv.includes('--check')) {
  for (const [path] of different) console.error(`${path} does not match the API. Run: npm run openapi`);
  process.exit(different.length === 0 && linted.every(keepsRules) && (await compilesForOthers()) ? 0 : 1);
}
for (const [path, text] of different) {
  writeFileSync(root + path, text);
  console.log(`wrote ${path}`);
}

/** Those of the linter, its warnings included; what may not hold for a route stands in .redocly.lint-ignore.yaml. */
function keepsRules(path) {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const answer = spawnSync(
    process.execPath,
    [`${root}node_modules/@redocly/cli/bin/cli.js`, 'lint', path, '--format=json'],
    { cwd: root, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (!answer.stdout) {
    console.error(answer.stderr || 'The linter of the OpenAPI document did not answer.');
    return false;
  }
  const { problems } = JSON.parse(answer.stdout);
  const broken = problems.filter(({ ignored }) => !ignored);
  for (const { ruleId, message, location } of broken)
    console.error(`${path}: ${ruleId}: ${message} ${location[0]?.pointer ?? ''}`);
  return broken.length === 0;
}

async function compilesForOthers() {
  const { faultsOfGeneratedClients } = await import('./client-generators.mjs');
  const faults = await faultsOfGeneratedClients(`${root}libs/client/openapi.json`);
  if (faults !== '') console.error(`Clients made by other generators do not compile:\n${faults}`);
  return faults === '';
}

function read(path) {
  try {
    return readFileSync(root + path, 'utf8');
  } catch {
    return null;
  }
}
