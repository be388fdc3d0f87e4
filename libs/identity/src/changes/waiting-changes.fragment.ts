import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OverviewFragments, type OverviewContent } from '../fragments/overview-fragments.js';
import { toPendingChange } from './pending-changes.dto.js';
import { PendingChanges } from './pending-changes.service.js';

const most = 100;

/** What waits for a second operator, on the overview: of the kinds that whoever asks may see. */
@Injectable()
export class WaitingChangesFragment implements OnModuleInit {
  constructor(
    private readonly changes: PendingChanges,
    private readonly overview: OverviewFragments,
  ) {}

  onModuleInit(): void {
    this.overview.register({
      name: 'changes',
      permission: null,
      load: ({ operatorId }) => this.load(operatorId),
    });
  }

  private async load(operatorId: string): Promise<OverviewContent> {
    const found = await this.changes.list(operatorId, { limit: most, position: null, state: 'waiting' });
    const shown = found.slice(0, most);
    return {
      mine: shown.filter(({ mayConfirm }) => mayConfirm).map(toPendingChange),
      others: shown.filter(({ mayConfirm }) => !mayConfirm).map(toPendingChange),
    };
  }
}
