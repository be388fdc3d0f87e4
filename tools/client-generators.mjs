/** Others generate clients from the document with tools of their own: what two of them make of it must compile. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import { generateApi } from 'swagger-typescript-api';
import ts from 'typescript';

/** @returns {Promise<string>} what the compiler finds wrong in the clients made from the document `input`; '' for nothing */
export async function faultsOfGeneratedClients(input) {
  const folder = mkdtempSync(join(tmpdir(), 'abide-clients-'));
  try {
    const plugins = ['@hey-api/typescript', '@hey-api/sdk', '@hey-api/client-fetch'];
    const logs = { level: 'silent', file: false };
    await createClient({ input, output: join(folder, 'hey-api'), plugins, logs });
    await generateApi({ input, output: join(folder, 'swagger-typescript-api'), silent: true });
    return compile(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compile(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.ts'));
  const program = ts.createProgram(
    files.map((name) => join(folder, name)),
    {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: [],
    },
  );
  const host = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => folder, getNewLine: () => '\n' };
  const found = files.length === 0 ? 'Nothing was generated.' : '';
  return found || ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), host);
}
