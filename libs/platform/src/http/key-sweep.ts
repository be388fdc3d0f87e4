import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database } from '../database/database.js';
import { ScheduledTasks } from '../jobs/scheduled-tasks.js';

const keepMilliseconds = 48 * 3600 * 1000;

/** Deletes stored idempotent answers once they are two days old. */
@Injectable()
export class KeySweep implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tasks: ScheduledTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(600, 'platform.sweep_idempotency_keys', () => this.sweep());
  }

  private async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - keepMilliseconds);
    await this.db.execute('DELETE FROM platform.idempotency_keys WHERE created_at < $1', [before]);
  }
}
