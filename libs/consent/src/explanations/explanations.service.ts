import { Injectable } from '@nestjs/common';
import { Audit } from '@abide/audit';
import type { Localized } from '@abide/kernel';
import { Database } from '@abide/platform';
import { CitedRevisions } from '@abide/policy';
import { explain, type Explanation } from '@abide/rulebook';
import { decisionOn, Gate, type GateQuestion, type Grounds } from '../gate/gate.service.js';
import { ConsentHistory, type PastConsent } from '../subject-consents/consent-history.queries.js';

/** A clause that an explanation cites, as its readers know it. */
export interface CitedClause {
  readonly policy: string;
  readonly revision: number;
  readonly revisionId: string;
  readonly clauseId: string;
  readonly heading: Localized;
}

/** Why the gate answers what it answers, with the clauses and consents that it cites. */
export interface ExplainedDecision extends Explanation {
  /** The instant that the answer is for, in epoch milliseconds. */
  readonly at: number;
  readonly clauses: readonly CitedClause[];
  readonly consents: readonly PastConsent[];
}

type OnePurpose = GateQuestion & { readonly purpose: string };

/** Explains decisions to operators. Nothing is decided, so nothing is counted; that somebody looked at a subject is recorded. */
@Injectable()
export class Explanations {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly gate: Gate,
    private readonly cited: CitedRevisions,
    private readonly history: ConsentHistory,
  ) {}

  /** The question names one category. @throws DomainError `question.unknown*`, `recipient.unknown` */
  async explain(asked: OnePurpose): Promise<ExplainedDecision> {
    const grounds = await this.gate.groundsOfWellSpelt(asked);
    const { inForce, facts, question } = grounds;
    const [explained] = explain(inForce.rulebook, facts, { ...question, purpose: asked.purpose });
    const [decision] = decisionOn(grounds).results;
    if (!explained || !decision) throw new Error('A question about one category has one explanation');
    const explanation = { ...explained, decision };
    await this.db.transaction(() => this.recordLook(asked, grounds, explanation));
    return {
      ...explanation,
      at: question.at,
      clauses: await this.clausesOf(grounds, explanation),
      consents: await this.history.named(asked.subjectId, consentIdsOf(explanation)),
    };
  }

  /** Of whom nobody knows, or nobody may know any more, it is not kept that they were looked for. */
  private async recordLook(
    { subjectId, action, purpose, categories }: OnePurpose,
    { facts, question }: Grounds,
    { decision }: Explanation,
  ): Promise<void> {
    const isKnown = facts !== null && facts.isSuppressed !== true;
    await this.audit.record({
      act: 'subject.decisionExplained',
      ...(isKnown
        ? { object: { type: 'subject', id: subjectId }, subjectId }
        : { object: { type: 'subjectSearch', id: 'id' } }),
      details: {
        action,
        purpose,
        category: categories.join(' '),
        service: question.service ?? null,
        recipient: question.recipient ?? null,
        region: question.region ?? null,
        at: new Date(question.at).toISOString(),
        code: decision.code ?? 'allowed',
      },
    });
  }

  private async clausesOf(
    { inForce: { revisionIds } }: Grounds,
    { decision, statements }: Explanation,
  ): Promise<CitedClause[]> {
    const clauses = new Map<string, CitedClause>();
    for (const { policy, clauseId } of [decision, ...statements]) {
      const revisionId = policy === null ? undefined : revisionIds.get(policy);
      if (revisionId === undefined) continue;
      const { policy: slug, number, document } = await this.cited.text(revisionId);
      const clause = document.clauses.find(({ id }) => id === clauseId);
      if (clause)
        clauses.set(`${slug} ${clause.id}`, {
          policy: slug,
          revision: number,
          revisionId,
          clauseId: clause.id,
          heading: clause.heading,
        });
    }
    return [...clauses.values()];
  }
}

function consentIdsOf({ decision, statements }: Explanation): string[] {
  const ids = [decision.consentEventId, ...statements.map(({ consentEventId }) => consentEventId)];
  return [...new Set(ids.filter((id) => id !== null))];
}
