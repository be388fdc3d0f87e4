import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, type FieldError, type Locale, type Localized } from '@abide/kernel';
import { requestContext } from '@abide/platform';
import { canonicalPolicy, type PolicyDocument, type RulebookRegistry } from '@abide/rulebook';
import { Calculator } from '../calculation/calculator.js';
import { refusal } from '../policy.errors.js';
import { Registries } from '../registries/registries.js';
import type { Policy } from './policy.entity.js';
import type { Revision, RevisionText } from './revision.entity.js';
import { Revisions } from './revisions.js';
import type { CheckedText, OtherText, SubmittedPolicy } from '../calculation/text-check.js';
import type { Finding } from './finding.js';

export interface CheckedSubmission {
  readonly document: PolicyDocument | null;
  readonly findings: readonly Finding[];
}

/** Checks policy texts against the registries and the other policies in force. Stores nothing. */
@Injectable()
export class PolicyCheck {
  constructor(
    private readonly registries: Registries,
    private readonly revisions: Revisions,
    private readonly calculator: Calculator,
    private readonly clock: Clock,
  ) {}

  /** Everything wrong with a text as sent; `policy` is the one it is meant for, where that is known. */
  async submission(submitted: SubmittedPolicy, policy?: Policy | null): Promise<CheckedSubmission> {
    const { registry } = await this.snapshot();
    return toSubmission(
      await this.calculator.calculate('checkText', [
        { submitted, registry, others: await this.others(), isDraft: true },
      ]),
      policy,
    );
  }

  /** What is wrong today with a text that was stored: registries and neighbours change. Rules that came after its submission are warnings. */
  async stored({
    document,
    contentHash,
    state,
  }: Pick<Revision, 'document' | 'contentHash' | 'state'>): Promise<readonly Finding[]> {
    const others = await this.others();
    const { version, registry } = await this.snapshot();
    const isDraft = state === 'draft';
    const key = [
      'check',
      contentHash,
      version,
      registry.today,
      isDraft,
      ...others.map(({ slug, revision }) => `${slug}/${revision}`),
    ].join(' ');
    return toSubmission(
      await this.calculator.recall(key, 'checkText', [{ submitted: { value: document }, registry, others, isDraft }]),
    ).findings;
  }

  /** The registries as they stand today: contracts end. */
  private async snapshot(): Promise<{ version: string; registry: RulebookRegistry }> {
    const { version, registry } = await this.registries.snapshot();
    return {
      version,
      registry: {
        ...registry,
        today: new Date(this.clock.now().getTime() + registry.profile.utcOffsetHours * 3_600_000)
          .toISOString()
          .slice(0, 10),
      },
    };
  }

  private async others(): Promise<OtherText[]> {
    const inForce = await this.revisions.allInForce();
    return inForce.map(({ policy, revision }) => ({
      slug: policy.slug,
      kind: policy.kind,
      document: revision.document,
      revision: revision.number,
    }));
  }
}

function toSubmission({ document, problems, together }: CheckedText, policy?: Policy | null): CheckedSubmission {
  const findings =
    !document || hasErrors(problems) ? problems : [...problems, ...identityFindings(document, policy), ...together];
  return { document, findings };
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
  if (document.kind !== policy.kind)
    findings.push(
      finding('kind', 'policy.kindChanged', {
        'zh-CN': `政策的类型不可更改，仍为“${policy.kind}”。`,
        en: `The kind of a policy cannot change; this one is "${policy.kind}".`,
      }),
    );
  if ((document.service ?? null) !== policy.service)
    findings.push(
      finding('service', 'policy.serviceChanged', {
        'zh-CN': `政策所属的服务不可更改，仍为“${policy.service ?? ''}”。`,
        en: `The service of a policy cannot change; this one is for "${policy.service ?? ''}".`,
      }),
    );
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
