import { Flag, Id, Instant, JsonObject, ListOf, Nested, Text, Whole } from '@abide/platform';
import type { Locale } from '@abide/kernel';
import type { PolicyTestOutcome } from '@abide/rulebook';
import { PersonRef, PolicyProblemDto, toProblem } from '../revisions/revision.dto.js';
import type { KeptPolicyTests } from './kept-policy-tests.entity.js';
import type { PolicyTestRun } from './policy-test-runs.js';
import { longestTests } from './readable-tests.js';

export class PolicyTestsDto {
  @Text({ max: longestTests, description: 'The tests as YAML or JSON, as they were written' })
  readonly content: string = '';
  @Text({ max: 64, description: 'SHA-256 of the content, in hex; also its ETag' }) readonly contentHash: string = '';
  @Text({ max: 66, description: 'What to send in If-Match' }) readonly etag: string = '';
  @Instant() readonly updatedAt: string = '';
  @Nested(() => PersonRef) readonly updatedBy: PersonRef = new PersonRef();
}

export class RunPolicyTests {
  @Text({
    max: longestTests,
    optional: true,
    description: 'Tests to run instead of those that are kept; they are not stored',
  })
  readonly content?: string;
}

export class PolicyTestCaseDto {
  @Text({ min: 0, max: longestTests }) readonly name: string = '';
  @Flag() readonly passed: boolean = false;
  @JsonObject({ description: 'What the case says the decision must be', example: { allowed: true } })
  readonly expected: object = {};
  @JsonObject({ description: 'The decision that came', example: { allowed: false, code: 'consent.missing' } })
  readonly actual: object = {};
  @ListOf(() => PolicyProblemDto, {
    max: 1000,
    description: 'What is wrong with the case itself, which was not decided then',
  })
  readonly problems: PolicyProblemDto[] = [];
}

export class PolicyTestRunDto {
  @Whole({ min: 0, max: 1000 }) readonly passed: number = 0;
  @Whole({ min: 0, max: 1000, description: 'All of them when the text does not compile' }) readonly failed: number = 0;
  @ListOf(() => PolicyTestCaseDto, { max: 1000 }) readonly cases: PolicyTestCaseDto[] = [];
  @Id({ description: 'The revision that they were run on' }) readonly revisionId: string = '';
  @Whole({ min: 1, max: 1_000_000 }) readonly number: number = 1;
  @Text({ max: 64, description: 'The hash of the text that they were run on' }) readonly contentHash: string = '';
  @ListOf(() => PolicyProblemDto, { max: 10_000, description: 'Why the text does not compile; no case is run then' })
  readonly problems: PolicyProblemDto[] = [];
}

export function toPolicyTests(
  { content, contentHash, updatedAt, updatedBy }: KeptPolicyTests,
  names: ReadonlyMap<string, string>,
): PolicyTestsDto {
  return {
    content,
    contentHash,
    etag: `"${contentHash}"`,
    updatedAt: updatedAt.toISOString(),
    updatedBy: { id: updatedBy, name: names.get(updatedBy) },
  };
}

export function toPolicyTestRun({ revision, report }: PolicyTestRun, locale: Locale): PolicyTestRunDto {
  const { passed, failed, cases, problems } = report;
  const errors = problems.filter(({ severity }) => severity === 'error');
  return {
    passed,
    failed,
    cases: cases.map((one) => toCase(one, locale)),
    revisionId: revision.id,
    number: revision.number,
    contentHash: revision.contentHash,
    problems: errors.map((problem) => toProblem(problem, locale)),
  };
}

function toCase({ name, passed, expected, actual, problems }: PolicyTestOutcome, locale: Locale): PolicyTestCaseDto {
  return { name, passed, expected, actual, problems: problems.map((problem) => toProblem(problem, locale)) };
}
