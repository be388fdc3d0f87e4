import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, dayInMilliseconds } from '@abide/kernel';
import { ScheduledTasks } from '@abide/platform';
import { OperatorTelling } from '../telling/operator-telling.js';
import { RequestClocks } from '../clock/request-clocks.service.js';
import { RequestTelling } from '../requests/request-telling.js';
import { RequestQueries } from '../requests/request.queries.js';
import { RequestRecords } from '../requests/request-records.js';
import { RequestRetention } from '../requests/request-retention.js';
import { questionDays, SubjectRequest } from '../requests/request.entity.js';
import { WaitedOut } from '../requests/waited-out.js';

const atOnce = 200;
/** How long before the deadline whoever it is assigned to is warned, and then the privacy officers. */
const warnedDays = { 1: 5, 2: 2 } as const;

/** What time brings about: requests that nobody proved lapse, those whose question nobody answered go on without, those near their deadline are escalated. */
@Injectable()
export class RequestUpkeep implements OnModuleInit {
  constructor(
    private readonly tasks: ScheduledTasks,
    private readonly clock: Clock,
    private readonly queries: RequestQueries,
    private readonly records: RequestRecords,
    private readonly retention: RequestRetention,
    private readonly operators: OperatorTelling,
    private readonly clocks: RequestClocks,
    private readonly telling: RequestTelling,
    private readonly waitedOut: WaitedOut,
  ) {}

  onModuleInit(): void {
    this.tasks.every(60, 'rights.requests', async () => {
      await this.lapse();
      await this.goOn();
      await this.carryOut();
      await this.escalate(1);
      await this.escalate(2);
    });
  }

  private async lapse(): Promise<void> {
    const now = this.clock.now();
    for (const id of await this.queries.unproven(SubjectRequest.unprovenSince(now), atOnce))
      await this.records.change(id, async (request) => {
        if (request.state !== 'awaitingIdentity') return;
        request.lapse(now, await this.retention.endOfClosed());
        await this.records.note(request, 'lapsed');
      });
  }

  private async goOn(): Promise<void> {
    const now = this.clock.now();
    const before = new Date(now.getTime() - questionDays * dayInMilliseconds);
    for (const id of await this.queries.silent(before, atOnce))
      await this.records.change(id, async (request) => {
        if (request.state !== 'awaitingSubject') return;
        request.hear(now);
        this.clocks.wind(request);
        await this.records.note(request, 'unanswered');
        await this.telling.tell(request, 'unanswered');
      });
  }

  /** What waited until the person could take it back goes now. */
  private async carryOut(): Promise<void> {
    const now = this.clock.now();
    for (const id of await this.queries.waitedOut(now, atOnce))
      await this.records.change(id, async (request) => {
        if (request.state === 'waiting' && request.waitingUntil !== null && request.waitingUntil <= now)
          await this.waitedOut.begin(request);
      });
  }

  private async escalate(to: 1 | 2): Promise<void> {
    const before = new Date(this.clock.now().getTime() + warnedDays[to] * dayInMilliseconds);
    for (const id of await this.queries.toEscalate(before, to, atOnce))
      await this.records.change(id, async (request) => {
        if (request.escalation >= to) return;
        request.escalation = to;
        await this.records.note(request, 'escalated', { details: { to: to === 1 ? 'assignee' : 'privacyOfficer' } });
        await this.operators.warn(request, to);
      });
  }
}
