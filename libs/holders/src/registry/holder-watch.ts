import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, dayInMilliseconds } from '@abide/kernel';
import { ScheduledTasks } from '@abide/platform';
import { HolderChecks } from './holder-checks.service.js';
import type { OutsideHolder } from './outside-holder.entity.js';
import { OutsideHolders } from './outside-holders.service.js';

/** Looks once a day whether databases outside are still as their manifests say; whenever one is asked, that is looked at too. */
@Injectable()
export class HolderWatch implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly tasks: ScheduledTasks,
    private readonly holders: OutsideHolders,
    private readonly checks: HolderChecks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(3600, 'holders.check_databases', () => this.checkDue());
  }

  private async checkDue(): Promise<void> {
    const before = this.clock.now().getTime() - dayInMilliseconds;
    const isDue = ({ state, manifest, lastAskedAt }: OutsideHolder) =>
      state === 'active' && manifest !== null && (lastAskedAt?.getTime() ?? 0) <= before;
    for (const { id } of (await this.holders.list()).filter(isDue)) await this.checks.check(id);
  }
}
