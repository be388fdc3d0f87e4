import { Injectable } from '@nestjs/common';
import { QueueFilters, type AskedQueue, type Asker } from '../requests/queue-filters.js';
import { RequestQueries } from '../requests/request.queries.js';
import { requestFigures, type RequestFigure, type RequestFigureResponse } from '../requests/request-figure.dto.js';

/** What the queue is asked for to see what a figure counts. */
export const queueOf: Readonly<Record<RequestFigure, AskedQueue>> = {
  overdue: { due: 'overdue' },
  dueToday: { due: 'today' },
  dueThisWeek: { due: 'week' },
  second: { only: 'second' },
  officer: { only: 'officer' },
  appeals: { only: 'appeals' },
  assigned: { assignee: 'me' },
  unassigned: { assignee: 'nobody', state: 'open' },
  unreachable: { only: 'unreachable' },
  manual: { only: 'manual' },
  awaitingSubject: { state: 'awaitingSubject' },
};

/** How many requests wait, by what has to be done with them. */
@Injectable()
export class RequestFigures {
  constructor(
    private readonly filters: QueueFilters,
    private readonly queries: RequestQueries,
  ) {}

  /** Those that are none are left out. */
  async of(operator: Asker): Promise<RequestFigureResponse[]> {
    const figures: RequestFigureResponse[] = [];
    for (const figure of requestFigures) {
      if (figure === 'officer' && !operator.permissions.has('request.decideAny')) continue;
      const count = await this.queries.count(await this.filters.of(queueOf[figure], operator));
      if (count > 0) figures.push({ figure, count });
    }
    return figures;
  }
}
