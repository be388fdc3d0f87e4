import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OverviewFragments, type OverviewContent } from '@abide/identity';
import type { OperatorPrincipal } from '@abide/platform';
import { RetentionViews } from './retention-views.js';

/** Retention on the overview: what waits to be looked at before it is deleted, and what is older than its term. */
@Injectable()
export class RetentionFragment implements OnModuleInit {
  constructor(
    private readonly views: RetentionViews,
    private readonly overview: OverviewFragments,
  ) {}

  onModuleInit(): void {
    this.overview.register({
      name: 'retention',
      permission: 'retention.read',
      load: (operator) => this.load(operator),
    });
  }

  private async load({ permissions }: OperatorPrincipal): Promise<OverviewContent> {
    const standing = await this.views.standing();
    const waits = standing.waitingRunId !== null;
    return {
      mine: waits && permissions.has('retention.run') ? [standing] : [],
      others: waits && !permissions.has('retention.run') ? [standing] : [],
      standing: standing.overdue.length > 0 ? [standing] : [],
    };
  }
}
