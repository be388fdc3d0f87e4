import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyCheckout } from './checkout-copy.js';
import { aDataFolder, checkout, removeFolder } from './product.js';

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** Run in the copy, whose console it looks at. */
const shownSpec = `
  import { expect, it } from '@jest/globals';
  import { features } from './features.js';
  import { entriesFor, namedPages } from './frame/navigation.js';

  it('shows the page to whoever may read it', () => {
    expect(features.flatMap(({ routes = [] }) => routes).map(({ path }) => path)).toContain('demo');
    const keys = (...permissions) => namedPages(entriesFor(permissions, false)).map(({ key }) => key);
    expect(keys('operator.read', 'demo.read')).toContain('demo');
    expect(keys('operator.read')).not.toContain('demo');
  });
`;

const jest = ['--import', './tools/from-source.mjs', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];

function node(root: string, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, NX_DAEMON: 'false' } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done) => child.on('close', (status) => done({ status, output })));
}

describe('a new module', () => {
  const copy = aDataFolder();
  const run = (...args: string[]) => node(copy, ...args);
  const read = (path: string) => readFileSync(join(copy, path), 'utf8');
  let made: Ended;
  /** The longest of all, under way while the others run. */
  let consoleTypes: Promise<Ended>;

  beforeAll(async () => {
    copyCheckout(copy);
    made = await run('tools/new-module.mjs', 'demo', '7');
    consoleTypes = run('tools/types.mjs', 'apps/admin', 'src/features/demo', 'src/features.ts');
  });
  afterAll(async () => {
    await consoleTypes;
    removeFolder(copy);
  });

  it('is made by one command, laid out as everything else', async () => {
    expect(made).toEqual({ status: 0, output: expect.stringContaining('libs/demo') });
    const listing = ['apps/api/src/modules.ts', 'apps/api/package.json', 'apps/admin/src/features.ts'];
    const files = ['libs/demo', 'apps/admin/src/features/demo', ...listing, 'libs/identity/src/operators/roles.ts'];
    expect(
      await run('node_modules/prettier/bin/prettier.cjs', '--check', 'tools/module-map.mjs', ...files),
    ).toMatchObject({ status: 0 });
  });

  it('holds its types and builds', async () => {
    const { scripts } = JSON.parse(read('libs/demo/package.json')) as { scripts: { build: string } };
    const [swc, ...args] = scripts.build.replaceAll("'", '').split(' ');
    expect(swc).toBe('swc');
    const built = node(join(copy, 'libs/demo'), join(checkout, 'node_modules/@swc/cli/bin/swc.js'), ...args);
    expect(await run('tools/types.mjs', 'libs/demo')).toEqual({ status: 0, output: '' });
    expect(await built).toMatchObject({ status: 0 });
    expect(readdirSync(join(copy, 'libs/demo/dist'))).toEqual(expect.arrayContaining(['index.js', 'persistence.js']));
  });

  it('passes its own spec, and its tables are as its entities say', async () => {
    const specs = ['libs/demo', 'apps/api/src/entities'];
    const { status, output } = await run(...jest, ...specs, '--selectProjects', 'integration');
    expect([status, output]).toEqual([0, expect.stringMatching(/PASS.*libs\/demo\/src\/entries\/entries\.int-spec/)]);
  });

  it('has its page in the console, in both languages and with the types of its routes', async () => {
    writeFileSync(join(copy, 'apps/admin/src/shown.spec.ts'), shownSpec);
    const specs = ['shown', 'catalogues', 'problem-codes', 'navigation'];
    const { status, output } = await run(...jest, ...specs, '--selectProjects', 'unit');
    expect([status, output]).toEqual([0, expect.stringMatching(/Test Suites: 4 passed, 4 total/)]);
    expect(await consoleTypes).toEqual({ status: 0, output: '' });
  });

  const refused = async (...asked: string[]) => {
    const { status, output } = await run('tools/new-module.mjs', ...asked);
    return [status, output.trim()];
  };

  it.each([
    ['Sharing', '"Sharing" cannot name a module'],
    ['two-words', '"two-words" cannot name a module'],
    ['demo', '"demo" names a project, a feature, a text or a route already'],
    ['settings', '"settings" names a project'],
    ['frame', '"frame" names a project'],
    ['table', '"table" is a word that SQL or TypeScript keeps for itself'],
  ])('cannot be called %s', async (name, sentence) => {
    const present = readdirSync(join(copy, 'libs'));
    expect(await refused(name, '7')).toEqual([1, expect.stringContaining(sentence)]);
    expect(readdirSync(join(copy, 'libs'))).toEqual(present);
  });

  it.each(['2', '9', 'high'])('cannot stand on layer %s', async (layer) => {
    expect(await refused('sharing', layer)).toEqual([
      1,
      expect.stringContaining(`"${layer}" is no layer for a module`),
    ]);
    expect(existsSync(join(copy, 'libs/sharing'))).toBe(false);
  });
});
