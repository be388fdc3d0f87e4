import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { policyDiff, policyTest, policyValidate } from './policy-commands.js';

const example = fileURLToPath(new URL('../../../../libs/rulebook/examples/privacy.yaml', import.meta.url));
const exampleTests = example.replace('privacy.yaml', 'privacy.tests.yaml');
const text = readFileSync(example, 'utf8');

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'abide-policy-'))));
afterAll(() => rmSync(folder, { recursive: true }));

type Command = (
  args: readonly string[],
  io: { out: (text: string) => void; err: (text: string) => void },
) => Promise<number>;

async function run(command: Command, ...args: string[]) {
  let [out, err] = ['', ''];
  const code = await command(args, { out: (part) => void (out += part), err: (part) => void (err += part) });
  return { code, out, err };
}

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

describe('abide policy validate', () => {
  it('finds the example valid', async () => {
    const { code, out } = await run(policyValidate, example, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ valid: true, errors: [], warnings: [] });
  });

  it('lists every error with path, code and message, and exits 1', async () => {
    const broken = file(
      'broken.yaml',
      text
        .replace('log.device, log.network, client.signIn], purposes', 'log.dreams], purposes')
        .replace('basis: contract,', 'basis: wish,'),
    );
    const { code, out } = await run(policyValidate, broken, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      valid: false,
      errors: [
        {
          path: 'clauses[0].terms[0].basis',
          code: 'policy.unknownValue',
          message: expect.stringContaining('separateConsent') as string,
        },
        {
          path: 'clauses[2].terms[0].categories[0]',
          code: 'policy.unknownCategory',
          message: 'The category "log.dreams" is not registered.',
        },
      ],
    });
  });

  it('speaks Chinese when asked to', async () => {
    const broken = file('untitled.yaml', text.replace(/^title:.*$/m, 'title: { zh-CN: 隐私政策 }'));
    const { out } = await run(policyValidate, broken, '--json', '--locale', 'zh-CN');
    expect((JSON.parse(out) as { errors: { message: string }[] }).errors[0]?.message).toBe('缺少“en”文本。');
  });

  it('keeps warnings apart, which do not make a policy invalid', async () => {
    const warned = file('warned.yaml', text.replace('leadDays: 7', 'leadDays: 3'));
    const { code, out } = await run(policyValidate, warned, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ valid: true, errors: [], warnings: [{ code: 'policy.leadTooShort' }] });
  });

  it('prints for people, with file and line', async () => {
    const broken = file('line.yaml', text.replace('kind: general ', 'kind: secret  '));
    const { code, out } = await run(policyValidate, broken);
    expect(code).toBe(1);
    expect(out).toContain(
      `${broken}:4: error: Unknown value; expected one of general, service, agreement, guide. [kind] policy.unknownValue`,
    );
    expect(out).toContain('Not valid');
  });

  it('follows another profile', async () => {
    const onConsent = file('california.yaml', text.replaceAll('separateConsent', 'consent'));
    expect((await run(policyValidate, onConsent)).code).toBe(1);
    expect((await run(policyValidate, onConsent, '--profile', 'us-ccpa')).code).toBe(0);
  });

  it.each([
    ['no file', []],
    ['a missing file', ['/nowhere/at/all.yaml']],
    ['a folder', [tmpdir()]],
    ['two files', [example, example]],
    ['an unknown option', [example, '--yaml']],
    ['an unknown locale', [example, '--locale', 'fr']],
    ['an unknown profile', [example, '--profile', 'mars']],
  ])('exits 2 for %s, saying so on the error stream only', async (_, args) => {
    const { code, out, err } = await run(policyValidate, ...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).not.toBe('');
  });
});

describe('abide policy diff', () => {
  it('tells materiality and differences, and exits 0', async () => {
    const longer = file('longer.yaml', text.replace('period: P30D', 'period: P90D'));
    const { code, out } = await run(policyDiff, example, longer, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      materiality: 'reductionOfRights',
      differences: [
        {
          clauseId: 'keep.periods',
          class: 'reductionOfRights',
          rule: 'retention.lengthened',
          article: 'PIPL 17; NDSR 21',
          summary: 'Location by GPS and location by Wi-Fi: kept for 90 days, no longer for 30 days.',
        },
      ],
    });
  });

  it('finds no difference between a file and itself', async () => {
    const { code, out } = await run(policyDiff, example, example, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ materiality: 'editorial', differences: [] });
    expect((await run(policyDiff, example, example)).out).toBe('No differences.\n');
  });

  it('prints for people', async () => {
    const shorter = file('shorter.yaml', text.replace('period: P30D', 'period: P14D'));
    const { out } = await run(policyDiff, example, shorter, '--locale', 'zh-CN');
    expect(out).toContain('变更等级: 告知性变更 (informational)');
    expect(out).toContain('GPS 位置和 Wi-Fi 位置的保存期限由 30 天缩短为 14 天。');
    expect(out).toContain('keep.periods · retention.shortened · PIPL 17');
  });

  it('exits 1 when a file is no policy', async () => {
    const { code, err } = await run(policyDiff, example, file('no-policy.yaml', '- a'));
    expect(code).toBe(1);
    expect(err).toContain('policy.notAnObject');
  });

  it('tells as JSON what is wrong with which file, and exits 1', async () => {
    const [list, untitled] = [
      file('list.yaml', '- a'),
      file('no-title.yaml', text.replace(/^title:.*$/m, 'title: { zh-CN: 隐私政策 }')),
    ];
    const { code, out } = await run(policyDiff, list, untitled, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      valid: false,
      errors: [
        { file: list, path: '', code: 'policy.notAnObject' },
        { file: untitled, path: 'title.en', code: 'policy.missingLocale', line: 5 },
      ],
    });
  });

  it('exits 2 when a file is missing', async () => {
    expect((await run(policyDiff, example, '/nowhere.yaml')).code).toBe(2);
    expect((await run(policyDiff, example)).code).toBe(2);
  });
});

describe('abide policy test', () => {
  it('passes the example', async () => {
    const { code, out } = await run(policyTest, example, exampleTests, '--json');
    expect(code).toBe(0);
    const report = JSON.parse(out) as { passed: number; failed: number; cases: unknown[] };
    expect(report).toMatchObject({ passed: 10, failed: 0 });
    expect(report.cases[0]).toMatchObject({
      name: 'advertising needs consent',
      passed: true,
      expected: { allowed: false },
      actual: { code: 'consent.missing' },
    });
  });

  it('exits 1 when a case fails, and says which', async () => {
    const lenient = file('lenient.yaml', text.replace('basis: consent, fallback: generic', 'basis: contract'));
    const { code, out } = await run(policyTest, lenient, exampleTests);
    expect(code).toBe(1);
    expect(out).toContain('FAIL  advertising needs consent');
    expect(out).toContain('expected {"allowed":false,"code":"consent.missing","fallback":"generic"}');
    expect(out).toContain('9 passed, 1 failed');
  });

  it('reads further revisions from beside the tests', async () => {
    file(
      'second.yaml',
      text.replace(
        'categories: [log.browsing, log.search], purposes: [advertising',
        'categories: [log.browsing, log.search, usage.habit], purposes: [advertising',
      ),
    );
    const question =
      'question: { action: use, purpose: advertising.relevant, categories: [usage.habit] }, expect: { code: consent.stale }';
    const tests = file(
      'further.tests.yaml',
      `clock: 2026-06-01\nrevisions: [second.yaml]\ncases:\n  - { name: stale, subject: { acceptedRevision: 1 }, ${question} }\n`,
    );
    expect((await run(policyTest, example, tests)).code).toBe(0);
  });

  it('exits 1 when the policy does not compile, with the reason', async () => {
    const broken = file(
      'uncompiled.yaml',
      text.replace('advertising.relevant, advertising.measurement', 'world.domination'),
    );
    const { code, err } = await run(policyTest, broken, exampleTests);
    expect(code).toBe(1);
    expect(err).toContain('policy.unknownPurpose');
  });

  it('tells as JSON what is wrong with a further revision, and exits 1', async () => {
    const list = file('list.yaml', '- a');
    const question =
      'question: { action: use, purpose: advertising.relevant, categories: [log.search] }, expect: { allowed: false }';
    const tests = file(
      'list.tests.yaml',
      `clock: 2026-06-01\nrevisions: [list.yaml]\ncases:\n  - { name: any, subject: {}, ${question} }\n`,
    );
    const { code, out } = await run(policyTest, example, tests, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ valid: false, errors: [{ file: list, code: 'policy.notAnObject' }] });
  });

  it('exits 2 when the tests cannot be read', async () => {
    expect((await run(policyTest, example, '/nowhere.yaml')).code).toBe(2);
    expect((await run(policyTest, example, file('no-tests.yaml', 'clock: soon'))).code).toBe(2);
  });
});
