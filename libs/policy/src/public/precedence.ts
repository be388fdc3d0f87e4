import { Injectable } from '@nestjs/common';
import type { Localized } from '@abide/kernel';
import type { Atom, RetentionPromise, Rulebook } from '@abide/rulebook';
import { EffectiveRulebook } from '../effective/effective-rulebook.js';
import { Revisions } from '../revisions/revisions.js';

/** A clause of a policy in force, for people. */
export interface ClauseRef {
  readonly policy: string;
  readonly policyTitle: Localized;
  readonly clauseId: string;
  readonly number: number;
  readonly heading: Localized;
}

/** For this service, `own` decides instead of `general` (register of promises, Z1). */
export interface Replacement {
  readonly service: string;
  readonly own: ClauseRef;
  readonly general: ClauseRef;
}

/** Which clauses of service policies take precedence over which clauses of the general one, from the rulebook in force. */
@Injectable()
export class Precedence {
  constructor(
    private readonly rulebooks: EffectiveRulebook,
    private readonly revisions: Revisions,
  ) {}

  async replacements(): Promise<Replacement[]> {
    const { rulebook } = await this.rulebooks.current();
    const clauses = await this.clausesInForce();
    return replacedPairs(rulebook).flatMap(({ service, own, general }) => {
      const ownClause = clauses.get(own);
      const generalClause = clauses.get(general);
      return ownClause && generalClause ? [{ service, own: ownClause, general: generalClause }] : [];
    });
  }

  private async clausesInForce(): Promise<ReadonlyMap<string, ClauseRef>> {
    const inForce = await this.revisions.allInForce();
    const refs = inForce.flatMap(({ policy, revision }) =>
      revision.document.clauses.map(({ id, heading }, index): [string, ClauseRef] => [
        `${policy.slug} ${id}`,
        { policy: policy.slug, policyTitle: revision.document.title, clauseId: id, number: index + 1, heading },
      ]),
    );
    return new Map(refs);
  }
}

/** Pairs of `policy clauseId`: an atom of a service policy decides alone for its action, category and purpose; a retention promise for its category. */
function replacedPairs({ atoms, promises, policies }: Rulebook): { service: string; own: string; general: string }[] {
  const general = new Set(policies.filter((one) => one.kind === 'general').map((one) => one.policy));
  const pairs = new Map<string, { service: string; own: string; general: string }>();
  for (const { policy, service, kind } of policies) {
    if (kind !== 'service' || service === null) continue;
    const matched = [
      ...matching(atoms, (atom) => `${atom.action}|${atom.category}|${atom.purpose}`, { policy, service, general }),
      ...matching(promises, (promise) => promise.category, { policy, service, general }, isOfTheSame),
    ];
    for (const [own, replaced] of matched) pairs.set(`${own} ${replaced}`, { service, own, general: replaced });
  }
  return [...pairs.values()];
}

type Statement = Pick<Atom, 'policy' | 'clauseId' | 'service'>;

function matching<S extends Statement>(
  statements: readonly S[],
  subject: (one: S) => string,
  given: { policy: string; service: string; general: ReadonlySet<string> },
  isReplaced: (own: S, other: S) => boolean = () => true,
): [string, string][] {
  const beneath = statements.filter(
    (one) => given.general.has(one.policy) && (one.service === null || one.service === given.service),
  );
  const bySubject = Map.groupBy(beneath, subject);
  return statements
    .filter((one) => one.policy === given.policy)
    .flatMap((own) =>
      (bySubject.get(subject(own)) ?? [])
        .filter((other) => isReplaced(own, other))
        .map((replaced): [string, string] => [nameOf(own), nameOf(replaced)]),
    );
}

/** Both are about some purpose. */
function isOfTheSame(own: RetentionPromise, other: RetentionPromise): boolean {
  return own.purposes === null || other.purposes === null || own.purposes.some((one) => other.purposes?.includes(one));
}

function nameOf({ policy, clauseId }: Statement): string {
  return `${policy} ${clauseId}`;
}
