/** `node tools/types.mjs libs/consent`: checks the types of one project, whose imports are read but not reported on. */
import { existsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const project = resolve(root, process.argv[2] ?? '.');
const ownConfig = join(project, 'tsconfig.json');
const config = existsSync(ownConfig)
  ? ts.readConfigFile(ownConfig, ts.sys.readFile).config
  : { extends: join(root, 'tsconfig.base.json'), include: ['src'] };
const { fileNames, options, errors } = ts.parseJsonConfigFileContent(config, ts.sys, project);
const program = ts.createProgram(fileNames, options);
const own = program.getSourceFiles().filter(({ fileName }) => resolve(fileName).startsWith(project + sep));
const found = [
  ...errors,
  ...program.getGlobalDiagnostics(),
  ...own.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
];
const host = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' };
if (found.length > 0) console.error(ts.formatDiagnostics(found, host));
process.exitCode = found.length === 0 ? 0 : 1;
