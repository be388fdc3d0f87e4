import { Injectable, type OnModuleInit } from '@nestjs/common';
import { nilId } from '@abide/kernel';
import { ScheduledTasks } from '@abide/platform';
import { RequestClocks } from '../clock/request-clocks.service.js';
import { RequestQueries } from '../requests/request.queries.js';
import { RequestRecords } from '../requests/request-records.js';
import { RequestTelling } from '../requests/request-telling.js';
import type { SubjectRequest } from '../requests/request.entity.js';

const hourSeconds = 3600;
const atOnce = 200;

/** Computes deadlines again that passed a year whose holidays were not published: once the calendar knows them, they stand. */
@Injectable()
export class ProvisionalDeadlines implements OnModuleInit {
  constructor(
    private readonly tasks: ScheduledTasks,
    private readonly clocks: RequestClocks,
    private readonly queries: RequestQueries,
    private readonly records: RequestRecords,
    private readonly telling: RequestTelling,
  ) {}

  onModuleInit(): void {
    this.tasks.every(hourSeconds, 'rights.provisional_deadlines', () => this.run());
  }

  private async run(): Promise<void> {
    for (let after = nilId; ;) {
      const ids = await this.queries.provisional(after, atOnce);
      for (const id of ids) if (this.isPublished(await this.records.get(id))) await this.settle(id);
      if (ids.length < atOnce) return;
      after = ids.at(-1) ?? after;
    }
  }

  /** What is still provisional stays as it was told: a calendar that is half published moves nothing. */
  private isPublished(request: SubjectRequest): boolean {
    return !this.clocks.trace(request).isProvisional;
  }

  private async settle(id: string): Promise<void> {
    await this.records.change(id, async (request) => {
      if (!request.isProvisional || request.closedAt !== null) return;
      const before = request.dueAt;
      this.clocks.wind(request);
      if (before === null || before.getTime() === request.dueAt?.getTime()) return;
      await this.records.note(request, 'recomputed', {
        details: { from: before.toISOString(), to: request.dueAt?.toISOString() ?? '' },
      });
      await this.telling.tell(request, 'recomputed');
    });
  }
}
