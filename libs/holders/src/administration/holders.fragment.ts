import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OverviewFragments } from '@abide/identity';
import { OutsideHolders } from '../registry/outside-holders.service.js';
import { toHolder } from './outside-holders.dto.js';

/** Holders outside on the overview: those in use that do not answer, or are no longer as they were registered. */
@Injectable()
export class HoldersFragment implements OnModuleInit {
  constructor(
    private readonly holders: OutsideHolders,
    private readonly overview: OverviewFragments,
  ) {}

  onModuleInit(): void {
    this.overview.register({
      name: 'holders',
      permission: 'holder.read',
      load: async () => {
        const holders = await this.holders.list();
        const failing = holders.filter(({ state, failingSince }) => state === 'active' && failingSince !== null);
        return { standing: failing.map((holder) => toHolder(holder)) };
      },
    });
  }
}
