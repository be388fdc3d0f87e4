import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OverviewFragments, type OverviewContent } from '@abide/identity';
import type { OperatorPrincipal } from '@abide/platform';
import { RequestFigures } from './request-figures.js';

/** Requests on the overview: of those who answer them what waits, of those who only read them how things stand. */
@Injectable()
export class RequestFiguresFragment implements OnModuleInit {
  constructor(
    private readonly figures: RequestFigures,
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
    const figures = await this.figures.of(operator);
    return operator.permissions.has('request.answer') ? { mine: figures } : { standing: figures };
  }
}
