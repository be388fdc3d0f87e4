import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Looks, MinorLooks, PendingChanges, type ChangeOutcome } from '@abide/identity';
import { Clock, dayInMilliseconds, DomainError, newId } from '@abide/kernel';
import { Database, Jobs, ScheduledTasks } from '@abide/platform';
import { refusal } from '../rights.errors.js';
import type { QueueFilter } from '../requests/queue-filter.js';
import { RequestHandling, type DecisionBy } from '../requests/request-handling.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { RequestQueries } from '../requests/request.queries.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { BulkDecisionQueries, type BulkDecision, type BulkItem, type WeighedItem } from './bulk-decision.queries.js';

export const mostAtOnce = 200;
/** For how many requests holders outside are asked at the same time. */
const askedTogether = 20;
const changeKind = 'requestBulkDecision';
const job = 'rights.decide_in_bulk';
const keptDays = 90;

export interface WantedBulk {
  readonly operatorId: string;
  readonly decision: BulkDecision['decision'];
}

/** One decision for many requests: shown first, confirmed by a second operator, then made request by request. */
@Injectable()
export class BulkDecisions implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly tasks: ScheduledTasks,
    private readonly changes: PendingChanges,
    private readonly records: RequestRecords,
    private readonly queries: RequestQueries,
    private readonly handling: RequestHandling,
    private readonly bulks: BulkDecisionQueries,
    private readonly looks: Looks,
    private readonly minorLooks: MinorLooks,
  ) {}

  onModuleInit(): void {
    this.changes.register({
      name: changeKind,
      permission: 'request.decide',
      readPermission: 'request.read',
      confirmPermission: 'request.decideAny',
      basisNow: () => Promise.resolve(null),
      apply: async ({ objectId }, { confirmedBy }) => {
        await this.bulks.confirm(objectId, String(confirmedBy));
        await this.jobs.send(job, { bulkId: objectId });
      },
    });
    this.jobs.define<{ bulkId: string }>(job, ({ bulkId }) => this.run(bulkId));
    this.tasks.every(3600, 'rights.forget_bulk_decisions', async () => {
      await this.bulks.forgetBefore(new Date(this.clock.now().getTime() - keptDays * dayInMilliseconds));
    });
  }

  /** The ids of all that a filter finds. @throws DomainError `request.too_many_at_once` */
  async idsOf(filter: QueueFilter): Promise<string[]> {
    const found = await this.queries.byDeadline(filter, mostAtOnce, null);
    if (found.length > mostAtOnce) throw refusal('request.too_many_at_once');
    return found.map(({ id }) => id);
  }

  /** What would come of the decision for each, in this moment: each is decided in a transaction that is not kept. Of a minor it is told to whom a colleague lets look. */
  async preview(ids: readonly string[], wanted: WantedBulk): Promise<WeighedItem[]> {
    const each = [...new Set(ids)];
    for (let first = 0; first < each.length; first += askedTogether)
      await Promise.all(each.slice(first, first + askedTogether).map((id) => this.handling.prepare(id)));
    const items: WeighedItem[] = [];
    for (const id of each) items.push(await this.weigh(id, wanted));
    return items;
  }

  /**
   * Lets the decision wait for a second operator, of those requests for which it could be made now; each stands on what is held of it now.
   * @throws DomainError `request.nothing_to_decide`
   */
  async propose(ids: readonly string[], wanted: WantedBulk): Promise<ProposedBulk> {
    const items = await this.preview(ids, wanted);
    const possible = items.filter(({ refusal: refused }) => refused === null);
    if (possible.length === 0) throw refusal('request.nothing_to_decide');
    const id = newId();
    const { decision, operatorId } = wanted;
    const outcome = await this.db.transaction(async () => {
      await this.changes.lock();
      await this.bulks.insert({ id, decision, proposedBy: operatorId }, possible, this.clock.now());
      const name = { 'zh-CN': `${possible.length} 项请求`, en: `${possible.length} requests` };
      const { outcome: choice, reason } = decision.wanted;
      const proposed = { outcome: choice, reason, text: decision.text, count: possible.length };
      const about = { kind: changeKind, objectType: 'requestBulk', objectId: id, name, proposed, basis: null };
      return { waiting: await this.changes.propose({ ...about, by: operatorId, opens: [] }) };
    });
    return { id, items, outcome };
  }

  /** @throws DomainError `request.bulk_not_found` */
  async get(id: string): Promise<{ readonly bulk: BulkDecision; readonly items: readonly BulkItem[] }> {
    const bulk = await this.bulks.find(id);
    if (!bulk) throw refusal('request.bulk_not_found');
    return { bulk, items: await this.bulks.items(id) };
  }

  /**
   * Decides what is left, each with the note of what came of it in one transaction: whatever stops it, the next run goes on there. One that
   * fails holds none of the others up.
   */
  async run(id: string): Promise<void> {
    const { bulk, items } = await this.get(id);
    const { confirmedBy } = bulk;
    if (confirmedBy === null) return;
    const failures: unknown[] = [];
    for (const item of items)
      await this.settle({ ...bulk, confirmedBy }, item).catch((failure: unknown) => failures.push(failure));
    if (failures.length > 0) throw failures[0];
  }

  private async settle(bulk: BulkDecision & { readonly confirmedBy: string }, item: BulkItem): Promise<void> {
    const { id, confirmedBy } = bulk;
    try {
      await this.handling.prepare(item.id);
      await this.db.transaction(async () => {
        const open = await this.bulks.lockUnsettled(id, item.id);
        if (!open) return;
        const by = { ...decisionBy(bulk, open.seen), bulk: { id, confirmedBy } };
        const { outcome, state } = await this.handling.decide(item.id, by);
        await this.bulks.settle(id, { ...item, outcome, state });
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.bulks.settle(id, { ...item, refusal: error.code });
    }
  }

  private async weigh(id: string, { operatorId, decision }: WantedBulk): Promise<WeighedItem> {
    const request = await this.records.get(id);
    const { number, type, subjectId } = request;
    const unweighed = { id, number, type, records: null, outcome: null, state: null, refusal: null };
    if (await this.minorLooks.isClosed(subjectId, operatorId))
      return { ...unweighed, seen: '', refusal: 'subject.minor_look_unapproved' };
    await this.looks.note(subjectId, operatorId, 'request');
    const { findings, tag: seen } = await this.handling.known(id);
    const about = { ...unweighed, records: findings.reduce((sum, { count }) => sum + count, 0) };
    try {
      const { outcome, state } = await this.tried(id, decisionBy({ decision, proposedBy: operatorId }, seen));
      return { ...about, seen, outcome, state };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { ...about, seen, refusal: error.code };
    }
  }

  /** How a request would stand after a decision that is taken back. */
  private async tried(id: string, by: DecisionBy): Promise<SubjectRequest> {
    const taken: { request?: SubjectRequest } = {};
    await this.db
      .transaction(async () => {
        taken.request = await this.handling.decide(id, by);
        throw new TakenBack();
      })
      .catch((error: unknown) => {
        if (!(error instanceof TakenBack)) throw error;
      });
    if (!taken.request) throw new Error('A decision that was tried came to nothing');
    return taken.request;
  }
}

/** Ends a transaction whose changes are not wanted. */
class TakenBack extends Error {}

export interface ProposedBulk {
  readonly id: string;
  readonly items: readonly BulkItem[];
  readonly outcome: ChangeOutcome<never>;
}

function decisionBy({ decision, proposedBy }: Pick<BulkDecision, 'decision' | 'proposedBy'>, seen: string): DecisionBy {
  return { operatorId: proposedBy, wanted: decision.wanted, text: decision.text, seen };
}
