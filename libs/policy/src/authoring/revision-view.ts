import { Injectable } from '@nestjs/common';
import { DomainError, type Localized } from '@abide/kernel';
import { Operators } from '@abide/identity';
import type { OperatorPrincipal } from '@abide/platform';
import { Activation } from '../activation/activation.service.js';
import type { Conditions } from '../activation/conditions.rules.js';
import { Policies } from '../revisions/policies.js';
import { PolicyCheck } from '../revisions/policy-check.js';
import type { Finding } from '../revisions/finding.js';
import type { Policy } from '../revisions/policy.entity.js';
import type { RevisionAct } from '../revisions/revision-act.entity.js';
import { Revision } from '../revisions/revision.entity.js';
import { Revisions } from '../revisions/revisions.js';

export const operatorActs = [
  'edit',
  'submission',
  'approval',
  'rejection',
  'schedule',
  'activation',
  'withdrawal',
] as const;
export type OperatorAct = (typeof operatorActs)[number];

/** The permission each act needs. */
export const permissionOf: Readonly<Record<OperatorAct, string>> = {
  edit: 'policy.edit',
  submission: 'policy.submit',
  approval: 'policy.approve',
  rejection: 'policy.approve',
  schedule: 'policy.schedule',
  activation: 'policy.schedule',
  withdrawal: 'policy.withdraw',
};

/** Whether the asking operator may do something to a revision now, and why not. */
export interface AllowedAct {
  readonly act: OperatorAct;
  readonly allowed: boolean;
  readonly code?: string;
}

/** A revision with everything its page shows. */
export interface RevisionPage {
  readonly revision: Revision;
  readonly policy: Policy;
  readonly title: Localized;
  readonly findings: readonly Finding[];
  readonly acts: readonly RevisionAct[];
  readonly names: ReadonlyMap<string, string>;
  readonly conditions: Conditions | null;
  /** Some of its text was pushed by a client whose secret anybody may hold. */
  readonly hasUnknownAuthor: boolean;
  readonly allowedActs: readonly AllowedAct[];
}

/** Gathers a revision's page for one operator. */
@Injectable()
export class RevisionView {
  constructor(
    private readonly revisions: Revisions,
    private readonly policies: Policies,
    private readonly checks: PolicyCheck,
    private readonly activation: Activation,
    private readonly operators: Operators,
  ) {}

  async of(revision: Revision, operator: OperatorPrincipal): Promise<RevisionPage> {
    const policy = await this.policies.getById(revision.policyId);
    const acts = await this.revisions.acts(revision.id);
    const operatorIds = acts.filter((act) => act.actorKind === 'operator').map((act) => act.actorId);
    return {
      revision,
      policy,
      title: revision.document.title,
      findings: await this.checks.stored(revision),
      acts,
      names: await this.operators.namesOf([...new Set(operatorIds)]),
      ...(await this.standing(revision, operator)),
    };
  }

  /** What a revision waits for, and what this operator may do with it now. */
  async standing(
    revision: Revision,
    operator: OperatorPrincipal,
  ): Promise<Pick<RevisionPage, 'conditions' | 'hasUnknownAuthor' | 'allowedActs'>> {
    const conditions = await this.activation.conditions(revision);
    const authors = await this.revisions.authors(revision.id);
    return {
      conditions,
      hasUnknownAuthor: authors.isUnknown,
      allowedActs: await this.allowedActs(revision, operator, { conditions, editors: authors.operatorIds }),
    };
  }

  private async allowedActs(
    revision: Revision,
    operator: OperatorPrincipal,
    { conditions, editors }: { conditions: Conditions | null; editors: ReadonlySet<string> },
  ): Promise<AllowedAct[]> {
    const scheduled = await this.revisions.scheduled(revision.policyId);
    const by = operator.operatorId;
    const at = new Date(0);
    const tries: Record<OperatorAct, (revision: Revision) => string | undefined | void> = {
      edit: (one) => one.requireEditable(),
      submission: (one) => one.submit(by, at),
      approval: (one) => one.approve({ by, at, contentHash: one.contentHash, editors }),
      rejection: (one) => one.reject(at),
      schedule: (one) => (one.requireSchedulable(), scheduled ? 'policy.already_scheduled' : undefined),
      activation: (one) => (one.takeEffect(at), conditions?.met ? undefined : 'policy.conditions_not_met'),
      withdrawal: (one) => one.withdraw(at),
    };
    return operatorActs.map((act) => {
      if (!operator.permissions.has(permissionOf[act])) return { act, allowed: false, code: 'operator.forbidden' };
      const code = codeOf(() => tries[act](Object.assign(new Revision(), revision)));
      return code === undefined ? { act, allowed: true } : { act, allowed: false, code };
    });
  }
}

/** The code that an act on a copy of the revision answers or throws; undefined where it may be done. */
function codeOf(attempt: () => string | undefined | void): string | undefined {
  try {
    return attempt() ?? undefined;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
