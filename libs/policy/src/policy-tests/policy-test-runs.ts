import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PolicyTestReport, PolicyTests, PolicyTestSetting } from '@abide/rulebook';
import { Calculator } from '../calculation/calculator.js';
import { registryInForce } from '../registries/registry-in-force.js';
import { refusal } from '../policy.errors.js';
import { Registries } from '../registries/registries.js';
import { Policies } from '../revisions/policies.js';
import type { Revision } from '../revisions/revision.entity.js';
import { Revisions } from '../revisions/revisions.js';
import { PolicyTestTexts } from './policy-test-texts.service.js';
import { readTests } from './readable-tests.js';

/** What came of the cases, and which revision they were run on. */
export interface PolicyTestRun {
  readonly revision: Revision;
  readonly report: PolicyTestReport;
}

/** Runs the tests of a policy on what is being prepared, with the registries as they stand. Stores nothing. */
@Injectable()
export class PolicyTestRuns {
  constructor(
    private readonly policies: Policies,
    private readonly revisions: Revisions,
    private readonly registries: Registries,
    private readonly texts: PolicyTestTexts,
    private readonly calculator: Calculator,
  ) {}

  /**
   * Runs `content`, or the tests that are kept, on the draft in hand; where there is none, on what is in force or announced.
   * @throws DomainError `policy.tests_invalid`, `policy.no_tests`, `policy.no_draft`, `policy.not_found`
   */
  async run(slug: string, content: string | undefined): Promise<PolicyTestRun> {
    const { id } = await this.policies.get(slug);
    const tests = await readTests(content ?? (await this.texts.get(slug)).content, this.calculator);
    const revision =
      (await this.revisions.open(id)) ?? (await this.revisions.inForce(id)) ?? (await this.revisions.scheduled(id));
    if (!revision) throw refusal('policy.no_draft', { detail: 'This policy has no text that tests could be run on.' });
    return { revision, report: await this.runOn(revision, tests) };
  }

  /** How the tests that are kept end on the revision: for the evidence of its submission. What cannot be read any more has failed. Null where none are kept. */
  async ofSubmission(revision: Revision): Promise<{ testsPassed: number; testsFailed: number } | null> {
    const kept = await this.texts.find(revision.policyId);
    if (!kept) return null;
    const { tests, caseCount } = await this.calculator.recall(`read ${kept.contentHash}`, 'parsePolicyTests', [
      kept.content,
    ]);
    if (!tests) return { testsPassed: 0, testsFailed: Math.max(1, caseCount) };
    const { passed, failed } = await this.runOn(revision, tests);
    return { testsPassed: passed, testsFailed: failed };
  }

  private async runOn(revision: Revision, tests: PolicyTests): Promise<PolicyTestReport> {
    const published = await this.revisions.publishedBefore(revision);
    const setting = await this.setting(revision);
    const documents = [...published, revision].map(({ document }) => document);
    const hashes = [...published, revision].map(({ contentHash }) => contentHash);
    const key = createHash('sha256')
      .update(JSON.stringify([hashes, tests, setting]))
      .digest('hex');
    return this.calculator.recall(`tests ${key}`, 'runPolicyTests', [documents, tests, setting]);
  }

  /** A service's policy is decided beside the general ones in force, whose promises it may rest on. */
  private async setting({ document, state, number }: Revision): Promise<PolicyTestSetting> {
    const { registry } = await this.registries.snapshot();
    const general = (await this.revisions.allInForce()).filter(({ policy }) => policy.kind === 'general');
    const beside =
      document.kind === 'service'
        ? general.map(({ revision }) => ({ document: revision.document, revision: revision.number }))
        : [];
    const inForce = state === 'effective' ? [...beside, { document, revision: number }] : beside;
    return { registry: registryInForce(registry, inForce), beside };
  }
}
