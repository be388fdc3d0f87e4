import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, dayInMilliseconds } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import { changeLastsDays } from './changes/pending-change.entity.js';
import { Attempts } from './credentials/attempts.js';
import { OperatorSessions } from './operators/operator-sessions.service.js';

const keepOperatorSessionsDays = 30;
const keepAttemptsDays = 30;
const keepUsedTokensDays = 7;

/** Deletes what identity needs no longer and no term of a policy is about: spent tokens, forgotten failures, sessions of operators. */
@Injectable()
export class IdentitySweep implements OnModuleInit {
  constructor(
    private readonly tasks: ScheduledTasks,
    private readonly clock: Clock,
    private readonly db: Database,
    private readonly operatorSessions: OperatorSessions,
    private readonly attempts: Attempts,
  ) {}

  onModuleInit(): void {
    this.tasks.every(600, 'identity.sweep', () => this.sweep());
  }

  private async sweep(): Promise<void> {
    const now = this.clock.now();
    const daysAgo = (days: number) => new Date(now.getTime() - days * dayInMilliseconds);
    await this.operatorSessions.sweep(daysAgo(keepOperatorSessionsDays));
    await this.attempts.sweep(daysAgo(keepAttemptsDays));
    await this.db.execute("DELETE FROM identity.looks WHERE at < $1::timestamptz - interval '1 hour'", [now]);
    await this.db.execute('DELETE FROM identity.minor_looks WHERE asked_at < $1', [daysAgo(changeLastsDays + 1)]);
    await this.db.execute('DELETE FROM identity.session_tokens WHERE used_at < $1', [daysAgo(keepUsedTokensDays)]);
  }
}
