import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FieldError, Locale, Localized } from '@abide/kernel';
import { requestContext } from '@abide/platform';
import { canonicalPolicy, compile, validatePolicy, validatePolicyValue, type PolicyDocument, type PolicyProblem } from '@abide/rulebook';
import { BoundedMemory } from '../bounded-memory.js';
import { registryInForce } from '../effective/registry-in-force.js';
import { refusal } from '../policy.errors.js';
import { Registries } from '../registries/registries.js';
import type { Policy } from './policy.entity.js';
import type { RevisionText } from './revision.entity.js';
import { Revisions } from './revisions.js';

const mostKept = 40;

/** A policy as it was sent: the text of a YAML or JSON file, or a JSON value. */
export type SubmittedPolicy = { readonly text: string } | { readonly value: unknown };

/** Something wrong with a policy: the rulebook's findings, and those that need to know the other policies. */
export type Finding = Omit<PolicyProblem, 'code'> & { readonly code: string };

export interface CheckedSubmission {
  readonly document: PolicyDocument | null;
  readonly findings: readonly Finding[];
}

/** Checks policy texts against the registries and the other policies in force. Stores nothing. */
@Injectable()
export class PolicyCheck {
  private readonly memory = new BoundedMemory<readonly Finding[]>(mostKept);

  constructor(
    private readonly registries: Registries,
    private readonly revisions: Revisions,
  ) {}

  /** Everything wrong with a text as sent; `policy` is the one it is meant for, where that is known. */
  async submission(submitted: SubmittedPolicy, policy?: Policy | null): Promise<CheckedSubmission> {
    const { registry } = await this.registries.snapshot();
    const { document, problems } = 'text' in submitted ? validatePolicy(submitted.text, registry) : validatePolicyValue(submitted.value, registry);
    if (!document || hasErrors(problems)) return { document, findings: problems };
    return { document, findings: [...problems, ...identityFindings(document, policy), ...(await this.togetherWithOthers(document, problems))] };
  }

  /** What is wrong today with a text that was stored: registries and neighbours change. */
  async stored({ document, contentHash }: Pick<RevisionText, 'document' | 'contentHash'>): Promise<readonly Finding[]> {
    const inForce = (await this.revisions.allInForce()).map(({ revision }) => revision.id);
    const key = [contentHash, await this.registries.version(), ...inForce].join(' ');
    return this.memory.recall(key, async () => (await this.submission({ value: document })).findings);
  }

  /**
   * What shows only beside the other policies in force: a service policy that promises no retention of its own, or a
   * general one that drops the promise another rests on (its place is then named by policy and path).
   */
  private async togetherWithOthers(document: PolicyDocument, known: readonly PolicyProblem[]): Promise<Finding[]> {
    const { registry } = await this.registries.snapshot();
    const others = (await this.revisions.allInForce()).filter(({ policy }) => policy.slug !== document.policy && !isOtherAgreement(policy, document));
    const sources = others.map(({ revision }) => ({ document: revision.document, revision: revision.number }));
    const { problems } = compile([...sources, { document, revision: 0 }], registryInForce(registry, sources));
    const seen = new Set(known.map((problem) => `${problem.path} ${problem.code}`));
    return problems.flatMap(({ policy, ...problem }): Finding[] => {
      if (policy === document.policy || policy === '') return seen.has(`${problem.path} ${problem.code}`) ? [] : [problem];
      return problem.severity === 'error' ? [{ ...problem, path: `${policy}: ${problem.path}` }] : [];
    });
  }
}

/** The text that a revision keeps of a document: canonical form and its SHA-256 in hex. */
export function toRevisionText(document: PolicyDocument): RevisionText {
  const canonical = canonicalPolicy(document);
  return { document, canonical, contentHash: createHash('sha256').update(canonical).digest('hex') };
}

/** Whether any of the findings keeps a text from being used. */
export function hasErrors(findings: readonly Pick<Finding, 'severity'>[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}

/** @throws DomainError `policy.invalid` naming every error when there is one; warnings pass. */
export function requireNoErrors(findings: readonly Finding[]): void {
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.length === 0) return;
  const locale = requestContext()?.locale ?? 'zh-CN';
  throw refusal('policy.invalid', {
    detail: `The policy has ${errors.length} error(s) and cannot be used as it is. Nothing was changed.`,
    errors: errors.map((finding) => toFieldError(finding, locale)),
  });
}

function toFieldError({ path, code, message, line }: Finding, locale: Locale): FieldError {
  return { pointer: path, code, message: message[locale], ...(line === undefined ? {} : { line }) };
}

function identityFindings(document: PolicyDocument, policy: Policy | null | undefined): Finding[] {
  if (!policy) return [];
  const findings: Finding[] = [];
  if (document.kind !== policy.kind) findings.push(finding('kind', 'policy.kindChanged', {
    'zh-CN': `政策的类型不可更改，仍为“${policy.kind}”。`,
    en: `The kind of a policy cannot change; this one is "${policy.kind}".`,
  }));
  if ((document.service ?? null) !== policy.service) findings.push(finding('service', 'policy.serviceChanged', {
    'zh-CN': `政策所属的服务不可更改，仍为“${policy.service ?? ''}”。`,
    en: `The service of a policy cannot change; this one is for "${policy.service ?? ''}".`,
  }));
  return findings;
}

/** The finding that a text names another policy than the one it was sent to. */
export function slugFinding(named: string, expected: string): Finding {
  return finding('policy', 'policy.otherPolicy', {
    'zh-CN': `文件写明的政策是“${named}”，不是“${expected}”。`,
    en: `The file is for the policy "${named}", not for "${expected}".`,
  });
}

function finding(path: string, code: string, message: Localized): Finding {
  return { path, code, message, severity: 'error' };
}

/** There is one agreement; that a second one cannot be made is answered when it is saved. */
function isOtherAgreement(policy: Policy, document: PolicyDocument): boolean {
  return document.kind === 'agreement' && policy.kind === 'agreement';
}
