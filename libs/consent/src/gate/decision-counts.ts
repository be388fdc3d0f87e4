import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, newId } from '@abide/kernel';
import { Database, metrics, MinuteCounts } from '@abide/platform';
import { saysUnknown, type CategoryDecision, type Decision, type Question } from '@abide/rulebook';
import { Counter } from 'prom-client';

const mostSamples = 200;

const decisions = new Counter({
  name: 'abide_decisions_total',
  help: 'Answers of the gate, one for each category of a question and each thing that was to be stored, by purpose, category and code (`allowed`, or why not). Looks of operators, explanations and simulations are not among them; what no clause speaks of is left out.',
  labelNames: ['purpose', 'category', 'code'],
  registers: [metrics],
});

interface Sample {
  readonly at: Date;
  readonly question: Question;
  readonly result: CategoryDecision;
}

/** Counts decisions by minute, purpose, category and code, and keeps one refusal of each kind a minute as a sample: never whom it was about. */
@Injectable()
export class DecisionCounts implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly counts: MinuteCounts;
  private samples: Sample[] = [];

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {
    const table = {
      name: 'consent.decision_counts',
      labels: ['action', 'purpose', 'category', 'code'],
      sums: ['decisions'],
    };
    this.counts = new MinuteCounts(db, clock, table, { write: () => this.writeSamples(), written: publish });
  }

  onApplicationBootstrap(): void {
    this.counts.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.counts.stop();
  }

  /** `times`: how many things the decision was about. What nobody registered is counted without its words, which may be anything. */
  add(question: Question, { results }: Decision, times = 1): void {
    for (const result of results) {
      const isMisspelt = saysUnknown(result.code);
      const [purpose, category] = isMisspelt ? ['', ''] : [question.purpose ?? '', result.category];
      const isFirst = this.counts.add([question.action, purpose, category, result.code ?? 'allowed'], [times]);
      if (isFirst && !result.allowed && !isMisspelt && this.samples.length < mostSamples)
        this.samples.push({ at: this.clock.now(), question, result });
    }
  }

  /** Writes what was counted since; what cannot be written is kept for the next time. */
  flush(): Promise<void> {
    return this.counts.flush();
  }

  private async writeSamples(): Promise<() => void> {
    const { samples } = this;
    this.samples = [];
    const takeBack = () => {
      this.samples = [...samples, ...this.samples].slice(0, mostSamples);
    };
    try {
      for (const sample of samples) await this.writeSample(sample);
      return takeBack;
    } catch (error) {
      takeBack();
      throw error;
    }
  }

  private async writeSample({ at, question, result }: Sample): Promise<void> {
    const { service = null, recipient = null, region = null } = question;
    await this.db.query(
      `INSERT INTO consent.refusal_samples (id, at, action, purpose, category, service, recipient, region, code, policy, revision, clause_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        newId(),
        at,
        question.action,
        question.purpose ?? '',
        result.category,
        service,
        recipient,
        region,
        result.code,
        result.policy,
        result.revision,
        result.clauseId,
      ],
    );
  }
}

/** What no clause speaks of is left out of the metrics: its words come from outside and would be labels without end. */
function publish([, purpose = '', category = '', code = '']: readonly string[], [count = 0]: readonly number[]): void {
  if (code !== 'clause.none') decisions.inc({ purpose, category, code }, count);
}
