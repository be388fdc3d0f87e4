import { readFileSync } from 'node:fs';
import { parsePolicy } from '../parse.js';
import { offlineRegistry } from '../registry.js';
import { aCollection, aPolicy, aRetention, aSharing, aUse } from '../testing/builders.js';
import { runPolicyTests } from './run.js';
import { parsePolicyTests, type PolicyTests } from './test-file.js';

const read = (name: string) => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');

function testsOf(text: string): PolicyTests {
  const { tests, problems } = parsePolicyTests(text);
  if (!tests) throw new Error(JSON.stringify(problems));
  return tests;
}

const advertising = '{ action: use, purpose: advertising.relevant, categories: [log.search] }';
const oneCase = (subject: string, expected: string) =>
  testsOf(
    `clock: 2026-06-01T00:00:00Z\ncases:\n  - { name: one, subject: ${subject}, question: ${advertising}, expect: ${expected} }\n`,
  );
const agreed =
  '{ acceptedRevision: 1, consents: [{ purpose: advertising.relevant, state: granted, at: 2026-05-01, revision: 1 }] }';

describe('tests kept beside a policy', () => {
  it('pass for the example', () => {
    const { document } = parsePolicy(read('privacy.yaml'));
    const report = runPolicyTests(document!, testsOf(read('privacy.tests.yaml')));
    expect(report.cases.filter((one) => !one.passed)).toEqual([]);
    expect(report).toMatchObject({ passed: 10, failed: 0, problems: [] });
  });

  it('fail with what was expected and what came instead', () => {
    const report = runPolicyTests(aPolicy({ terms: [aUse()] }), oneCase('{}', '{ allowed: true, clause: first }'));
    expect(report.failed).toBe(1);
    expect(report.cases[0]).toMatchObject({
      passed: false,
      expected: { allowed: true },
      actual: { allowed: false, code: 'consent.missing' },
    });
  });

  it('may expect a precision', () => {
    const policy = aPolicy({
      terms: [aUse({ categories: ['log.network'], basis: 'legalObligation', precision: 'truncated' })],
    });
    const asking = (precision: string) =>
      testsOf(
        `clock: 2026-06-01\ncases:\n  - { name: one, question: ${advertising.replace('log.search', 'log.network')}, expect: { precision: ${precision} } }\n`,
      );
    expect(runPolicyTests(policy, asking('truncated')).failed).toBe(0);
    expect(runPolicyTests(policy, asking('exact')).cases[0]).toMatchObject({
      passed: false,
      actual: { precision: 'truncated' },
    });
    expect(runPolicyTests(policy, asking('{ h3: 7 }')).failed).toBe(1);
  });

  it('take a subject left out for somebody known, and null for nobody', () => {
    const tests = testsOf(
      `clock: 2026-06-01\ncases:\n  - { name: one, question: ${advertising}, expect: { code: consent.missing } }\n`,
    );
    expect(runPolicyTests(aPolicy({ terms: [aUse()] }), tests).failed).toBe(0);
    expect(runPolicyTests(aPolicy({ terms: [aUse()] }), oneCase('null', '{ code: subject.unknown }')).failed).toBe(0);
  });

  it('decide under the last of several revisions, with the consents that it made stale', () => {
    const revisions = [
      aPolicy({ terms: [aUse({ categories: ['log.browsing'] })] }),
      aPolicy({ terms: [aUse({ categories: ['log.browsing', 'log.search'] })] }),
    ];
    expect(runPolicyTests(revisions, oneCase(agreed, '{ allowed: false, code: consent.stale }')).failed).toBe(0);
    expect(
      runPolicyTests(revisions, oneCase(agreed.replaceAll(': 1', ': 2'), '{ allowed: true, revision: 2 }')).failed,
    ).toBe(0);
    expect(runPolicyTests(revisions.slice(1), oneCase(agreed, '{ allowed: true, revision: 1 }')).failed).toBe(0);
  });

  it.each([
    [
      'purpose',
      advertising.replace('advertising.relevant', 'advertising.relevent'),
      '{}',
      'cases[0].question.purpose',
      'policy.unknownPurpose',
    ],
    [
      'category',
      advertising.replace('log.search', 'log.search, log.serach'),
      '{}',
      'cases[0].question.categories[1]',
      'policy.unknownCategory',
    ],
    [
      'service',
      advertising.replace('action: use', 'action: use, service: singing'),
      '{}',
      'cases[0].question.service',
      'policy.unknownService',
    ],
    [
      'recipient',
      advertising.replace('action: use', 'action: share, recipient: map-povider'),
      '{}',
      'cases[0].question.recipient',
      'policy.unknownRecipient',
    ],
    [
      'region',
      advertising.replace('action: use', 'action: use, region: UK'),
      '{}',
      'cases[0].question.region',
      'policy.unknownRegion',
    ],
    [
      'third-party service',
      advertising.replace('action: use', 'action: use, thirdPartyService: blue-pas'),
      '{}',
      'cases[0].question.thirdPartyService',
      'policy.unknownThirdPartyService',
    ],
    [
      'purpose of a consent',
      advertising,
      agreed.replace('advertising.relevant', 'advertising.relevent'),
      'cases[0].subject.consents[0].purpose',
      'policy.unknownPurpose',
    ],
    [
      'revision accepted',
      advertising,
      agreed.replace('acceptedRevision: 1', 'acceptedRevision: 2'),
      'cases[0].subject.acceptedRevision',
      'policy.unknownRevision',
    ],
    [
      'revision consented to',
      advertising,
      agreed.replace('revision: 1 }', 'revision: 3 }'),
      'cases[0].subject.consents[0].revision',
      'policy.unknownRevision',
    ],
  ])('fail, whatever they expect, for a misspelt %s, with its place', (_, question, subject, path, code) => {
    const registry = { ...offlineRegistry(), thirdPartyServices: ['blue-pass'] };
    const tests = testsOf(
      `clock: 2026-06-01\ncases:\n  - { name: one, subject: ${subject}, question: ${question}, expect: { allowed: false } }\n  - { name: two, question: ${advertising}, expect: { allowed: false } }\n`,
    );
    const report = runPolicyTests(aPolicy({ terms: [aUse()] }), tests, { registry });
    expect(report).toMatchObject({ passed: 1, failed: 1 });
    expect(report.cases[0]).toMatchObject({ name: 'one', passed: false, problems: [{ path, code }] });
  });

  it('say of an authority whether orders are on file, and of anybody else that there is no agreement', () => {
    const policy = aPolicy({
      terms: [aSharing({ basis: 'legalObligation', recipients: ['authority', 'recipient:carrier'] })],
    });
    const share = (recipient: string, kind: string, said: string, expected: string) =>
      testsOf(
        `clock: 2026-06-01\nrecipients: [{ slug: ${recipient}, kind: ${kind}, region: CN${said} }]\ncases:\n  - { name: one, question: { action: share, purpose: service.provision, categories: [log.search], recipient: ${recipient} }, expect: ${expected} }\n`,
      );
    for (const tests of [
      share('police', 'authority', '', '{ allowed: false, code: order.missing }'),
      share('police', 'authority', ', orders: false', '{ code: order.missing }'),
      share('police', 'authority', ', orders: true', '{ allowed: true }'),
      share('carrier', 'partner', '', '{ allowed: true }'),
      share('carrier', 'partner', ', agreement: true', '{ allowed: true }'),
      share('carrier', 'partner', ', agreement: false', '{ allowed: false, code: agreement.missing }'),
    ])
      expect(runPolicyTests(policy, tests).cases.filter(({ passed }) => !passed)).toEqual([]);
  });

  describe('of a collection of what came about earlier', () => {
    const policy = aPolicy({
      terms: [aCollection(), aCollection({ purposes: ['service.provision'], basis: 'contract' }), aRetention()],
    });
    const grant = (at: string, state = 'granted') =>
      `{ purpose: product.improvement, state: ${state}, at: ${at}, revision: 1 }`;
    const asked = (
      consents: string,
      expected: string,
      { action = 'collect', purpose = 'product.improvement', times = 'occurredAt: 2026-05-20' } = {},
    ) =>
      testsOf(
        `clock: 2026-06-01\ncases:\n  - { name: one, subject: { acceptedRevision: 1, consents: [${consents}] }, question: { action: ${action}, purpose: ${purpose}, categories: [log.search], ${times} }, expect: ${expected} }\n`,
      );

    it.each([
      ['allow it on the consent of then', asked(grant('2026-05-19'), '{ allowed: true, code: null }')],
      [
        'do not let a later consent launder it',
        asked(grant('2026-05-21'), '{ allowed: false, code: collected.beforeAllowed }'),
      ],
      [
        'do not let a consent given again launder what came about while it was withdrawn',
        asked(
          [grant('2026-05-18'), grant('2026-05-19', 'withdrawn'), grant('2026-05-21')].join(', '),
          '{ code: collected.beforeAllowed }',
        ),
      ],
      [
        'take back what was withdrawn since, whatever was granted again',
        asked(
          [grant('2026-05-18'), grant('2026-05-21', 'withdrawn'), grant('2026-05-22')].join(', '),
          '{ code: collected.beforeAllowed }',
        ),
      ],
      ['tell what stands in the way now before what did then', asked('', '{ code: consent.missing }')],
      [
        'let an acceptance, which has no date, have stood then',
        asked('', '{ allowed: true }', { purpose: 'service.provision' }),
      ],
      [
        'ask about the present alone where nothing came about earlier',
        asked(grant('2026-05-21'), '{ allowed: true }', { times: 'occurredAt: 2026-06-01' }),
      ],
      [
        'ask of an instant by itself: what was said after it is not known',
        asked(grant('2026-05-21'), '{ code: consent.missing }', { times: 'at: 2026-05-20' }),
      ],
    ])('%s', (_, tests) => {
      expect(runPolicyTests(policy, tests).cases.filter(({ passed }) => !passed)).toEqual([]);
    });

    it('ask once about a use, whose time is the present', () => {
      const use = aPolicy({ terms: [aUse({ purposes: ['product.improvement'] })] });
      expect(runPolicyTests(use, asked(grant('2026-05-21'), '{ allowed: true }', { action: 'use' })).failed).toBe(0);
    });
  });

  it('all fail when the policy does not compile, with the reason', () => {
    const report = runPolicyTests(
      aPolicy({ terms: [aUse({ purposes: ['world.domination'] })] }),
      oneCase('{}', '{ allowed: false }'),
    );
    expect(report).toMatchObject({ passed: 0, failed: 1, cases: [], problems: [{ code: 'policy.unknownPurpose' }] });
  });

  it('decide beside the general policy that a service policy rests on', () => {
    const service = aPolicy({
      policy: 'ticketing',
      kind: 'service',
      service: 'ticketing',
      terms: [aCollection({ services: ['ticketing'] })],
    });
    const tests = oneCase('{}', '{ allowed: false }');
    expect(runPolicyTests(service, tests).problems).toMatchObject([{ code: 'policy.retentionMissing' }]);
    const general = { document: aPolicy({ terms: [aRetention()] }), revision: 3 };
    expect(runPolicyTests(service, tests, { beside: [general] })).toMatchObject({ passed: 1, problems: [] });
  });

  it('are refused with the place and the line of what is wrong, in both languages', () => {
    const { problems } = parsePolicyTests(
      'clock: 2026-06-01\ncases:\n  - name: one\n    question: { action: collect, categories: [] }\n    expect: { code: no.reason }\n',
    );
    expect(problems).toMatchObject([
      { path: 'cases[0].question.categories', code: 'policy.empty', line: 4 },
      { path: 'cases[0].expect.code', code: 'policy.unknownValue', line: 5 },
    ]);
    expect(problems[0]?.message).toEqual({ 'zh-CN': '不能为空。', en: 'This must not be empty.' });
    expect(parsePolicyTests('clock: soon\ncases: []').problems.map(({ code }) => code)).toEqual([
      'policy.badInstant',
      'policy.empty',
    ]);
  });

  it('refuse a recipient in a region that is none, and say what to write', () => {
    const { tests, problems } = parsePolicyTests(
      `${oneCaseText('{}', '{ allowed: false }')}recipients: [{ slug: host, kind: processor, region: UK }]\n`,
    );
    expect(tests).toBeNull();
    expect(problems).toMatchObject([
      {
        path: 'recipients[0].region',
        code: 'policy.unknownRegion',
        line: 4,
        message: { en: expect.stringContaining('Write for example GB.') },
      },
    ]);
  });

  it.each([
    ['a character that cannot be kept', oneCaseText('{}', '{ allowed: true }').replace('name: one', 'name: "\\0"')],
    ['an expectation of nothing', oneCaseText('{}', '{}')],
    ['a day that does not exist', oneCaseText('{ birthDate: 2010-02-30 }', '{ allowed: true }')],
    [
      'an instant on a day that does not exist',
      oneCaseText('{ gpc: { since: 2026-11-31T00:00:00Z } }', '{ allowed: true }'),
    ],
    [
      'a clock on a day that does not exist',
      oneCaseText('{}', '{ allowed: true }').replace('2026-06-01', '2026-02-30'),
    ],
    ['a use without a purpose', oneCaseText('{}', '{ allowed: false }').replace('purpose: advertising.relevant, ', '')],
    ['a sharing without a recipient', oneCaseText('{}', '{ allowed: false }').replace('action: use', 'action: share')],
    ['a revision before the first', oneCaseText('{ acceptedRevision: 0 }', '{ allowed: false }')],
    ['an unknown basis', oneCaseText('{}', '{ basis: because }')],
    ['an unknown fallback', oneCaseText('{}', '{ fallback: none }')],
    ['an unknown fact', oneCaseText('{ mood: good }', '{ allowed: true }')],
    ['an unknown code', oneCaseText('{}', '{ code: no.reason }')],
    ['a bad clock', 'clock: soon\ncases: []'],
    ['no case', 'clock: 2026-06-01\ncases: []'],
    ['a repeated key', 'clock: 2026-06-01\nclock: 2026-06-02'],
  ])('refuse %s', (_, text) => {
    const { tests, problems } = parsePolicyTests(text);
    expect(tests).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
  });
});

function oneCaseText(subject: string, expected: string): string {
  return `clock: 2026-06-01\ncases:\n  - { name: one, subject: ${subject}, question: ${advertising}, expect: ${expected} }\n`;
}
