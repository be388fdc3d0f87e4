import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OverviewFragments, type OverviewContent } from '@abide/identity';
import type { OperatorPrincipal } from '@abide/platform';
import { QueueFilters, type AskedQueue } from '../requests/queue-filters.js';
import { RequestQueries } from '../requests/request.queries.js';
import { requestFigures, type RequestFigure, type RequestFigureResponse } from './request-figure.dto.js';

/** What the queue is asked for to see what a figure counts. */
const asked: Readonly<Record<RequestFigure, AskedQueue>> = {
  overdue: { due: 'overdue' },
  dueToday: { due: 'today' },
  second: { only: 'second' },
  assigned: { assignee: 'me' },
  unreachable: { only: 'unreachable' },
};

/** Requests on the overview: of those who answer them what waits, of those who only read them how things stand. */
@Injectable()
export class RequestFiguresFragment implements OnModuleInit {
  constructor(
    private readonly filters: QueueFilters,
    private readonly queries: RequestQueries,
    private readonly overview: OverviewFragments,
  ) {}

  onModuleInit(): void {
    this.overview.register({
      name: 'requests',
      permission: 'request.read',
      load: (operator) => this.load(operator),
    });
  }

  private async load(operator: OperatorPrincipal): Promise<OverviewContent> {
    const figures: RequestFigureResponse[] = [];
    for (const figure of requestFigures) {
      const count = await this.queries.count(await this.filters.of(asked[figure], operator));
      if (count > 0) figures.push({ figure, count });
    }
    return operator.permissions.has('request.answer') ? { mine: figures } : { standing: figures };
  }
}
