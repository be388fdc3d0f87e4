/**
 * `node tools/types.mjs libs/consent`: checks the types of one project, whose imports are read but not reported on; with
 * paths inside of it, as in `apps/admin src/features/audit`, of what is at them only.
 */
import { existsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const [folder = '.', ...parts] = process.argv.slice(2);
const project = resolve(root, folder);
const reported = parts.length > 0 ? parts.map((part) => join(project, part)) : [project];
const ownConfig = join(project, 'tsconfig.json');
const config = existsSync(ownConfig)
  ? ts.readConfigFile(ownConfig, ts.sys.readFile).config
  : { extends: join(root, 'tsconfig.base.json'), include: ['src'] };
const { fileNames, options, errors } = ts.parseJsonConfigFileContent(config, ts.sys, project);
const program = ts.createProgram(fileNames, options);
const own = program
  .getSourceFiles()
  .filter(({ fileName }) => reported.some((path) => `${resolve(fileName)}${sep}`.startsWith(path + sep)));
const found = [
  ...errors,
  ...program.getGlobalDiagnostics(),
  ...own.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
];
const host = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' };
if (found.length > 0) console.error(ts.formatDiagnostics(found, host));
process.exitCode = found.length === 0 ? 0 : 1;
