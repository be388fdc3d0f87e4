import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, newId } from '@abide/kernel';
import { Database, metrics } from '@abide/platform';
import type { CategoryDecision, Decision, Question } from '@abide/rulebook';
import { Counter } from 'prom-client';

const flushMilliseconds = 5000;
const minute = 60_000;
const mostKeys = 5000;
const mostSamples = 200;

const decisions = new Counter({
  name: 'abide_decisions_total',
  help: 'Decisions of the gate by purpose, category and code (`allowed`, or why not).',
  labelNames: ['purpose', 'category', 'code'],
  registers: [metrics],
});

interface Counted {
  readonly minute: number;
  readonly action: string;
  readonly purpose: string;
  readonly category: string;
  readonly code: string;
  count: number;
}

interface Sample {
  readonly at: Date;
  readonly question: Question;
  readonly result: CategoryDecision;
}

/**
 * Counts decisions by minute, purpose, category and code, and keeps one refusal of each kind a minute as a sample: never whom
 * it was about. Kept in memory and written every few seconds, so that counting costs a decision nothing.
 */
@Injectable()
export class DecisionCounts implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('DecisionCounts');
  private counted = new Map<string, Counted>();
  private samples = new Map<string, Sample>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush().catch(() => this.logger.warn('Counts of decisions could not be written and are kept')), flushMilliseconds);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush().catch(() => undefined);
  }

  add(question: Question, { results }: Decision): void {
    const at = this.clock.now();
    for (const result of results) this.count(question, result, at);
  }

  /** Writes what was counted since; what cannot be written is kept for the next time. */
  async flush(): Promise<void> {
    const [counted, samples] = [this.counted, this.samples];
    if (counted.size === 0) return;
    this.counted = new Map();
    this.samples = new Map();
    try {
      await this.db.outside(() => this.db.transaction(() => this.write([...counted.values()], [...samples.values()])));
    } catch (error) {
      this.restore(counted, samples);
      throw error;
    }
    for (const one of counted.values()) publish(one);
  }

  private count(question: Question, result: CategoryDecision, at: Date): void {
    const { action } = question;
    const purpose = question.purpose ?? '';
    const code = result.code ?? 'allowed';
    const from = Math.floor(at.getTime() / minute) * minute;
    const key = `${from}|${action}|${purpose}|${result.category}|${code}`;
    const known = this.counted.get(key);
    if (known) known.count += 1;
    else if (this.counted.size < mostKeys) this.counted.set(key, { minute: from, action, purpose, category: result.category, code, count: 1 });
    if (!result.allowed && !known && this.samples.size < mostSamples) this.samples.set(key, { at, question, result });
  }

  private async write(counted: readonly Counted[], samples: readonly Sample[]): Promise<void> {
    const column = <T>(of: (one: Counted) => T) => counted.map(of);
    await this.db.query(
      `INSERT INTO consent.decision_counts AS kept (minute, action, purpose, category, code, decisions)
       SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
       ON CONFLICT (minute, action, purpose, category, code) DO UPDATE SET decisions = kept.decisions + excluded.decisions`,
      [column((one) => new Date(one.minute)), column((one) => one.action), column((one) => one.purpose), column((one) => one.category), column((one) => one.code), column((one) => one.count)],
    );
    for (const { at, question, result } of samples) {
      const { service = null, recipient = null, region = null } = question;
      await this.db.query(
        `INSERT INTO consent.refusal_samples (id, at, action, purpose, category, service, recipient, region, code, policy, revision, clause_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [newId(), at, question.action, question.purpose ?? '', result.category, service, recipient, region, result.code, result.policy, result.revision, result.clauseId],
      );
    }
  }

  private restore(counted: ReadonlyMap<string, Counted>, samples: ReadonlyMap<string, Sample>): void {
    for (const [key, one] of counted) {
      const known = this.counted.get(key);
      if (known) known.count += one.count;
      else if (this.counted.size < mostKeys) this.counted.set(key, one);
    }
    for (const [key, one] of samples) if (this.samples.size < mostSamples) this.samples.set(key, one);
  }
}

/** What no clause speaks of is left out of the metrics: its words come from outside and would be labels without end. */
function publish({ purpose, category, code, count }: Counted): void {
  if (code !== 'clause.none') decisions.inc({ purpose, category, code }, count);
}
