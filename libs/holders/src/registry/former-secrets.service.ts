import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, dayInMilliseconds, newId } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import { Vault } from '@abide/vault';

/** How long a secret counts beside the one that replaced it, so that the other side is changed without a gap. */
const overlapDays = 1;

/** Secrets of services that were replaced: sealed, good for signing and proving for a day, then deleted. */
@Injectable()
export class FormerSecrets implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly tasks: ScheduledTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(3600, 'holders.forget_former_secrets', async () => {
      await this.db.execute('DELETE FROM holders.former_secrets WHERE good_until <= $1', [this.clock.now()]);
    });
  }

  /** Joins the open transaction. Resolves to the instant from which it counts no more. */
  async keep(holderId: string, secret: string): Promise<Date> {
    const id = newId();
    const goodUntil = new Date(this.clock.now().getTime() + overlapDays * dayInMilliseconds);
    await this.db.execute(
      'INSERT INTO holders.former_secrets (id, holder_id, secret, good_until) VALUES ($1, $2, $3, $4)',
      [id, holderId, await this.vault.sealSecret(nameOf(id), secret), goodUntil],
    );
    return goodUntil;
  }

  /** Those of one holder that still count, the newest first. */
  async goodOf(holderId: string): Promise<string[]> {
    const rows = await this.db.query<{ id: string; secret: Buffer }>(
      'SELECT id, secret FROM holders.former_secrets WHERE holder_id = $1 AND good_until > $2 ORDER BY good_until DESC, id DESC',
      [holderId, this.clock.now()],
    );
    return Promise.all(rows.map(({ id, secret }) => this.vault.openSecret(nameOf(id), secret)));
  }

  /** Until when former secrets count, by the id of the holder. */
  async ends(): Promise<ReadonlyMap<string, Date>> {
    const rows = await this.db.query<{ holderId: string; until: Date }>(
      'SELECT holder_id AS "holderId", max(good_until) AS until FROM holders.former_secrets WHERE good_until > $1 GROUP BY holder_id',
      [this.clock.now()],
    );
    return new Map(rows.map(({ holderId, until }) => [holderId, until]));
  }
}

function nameOf(id: string): string {
  return `holders.former_secrets/${id}`;
}
