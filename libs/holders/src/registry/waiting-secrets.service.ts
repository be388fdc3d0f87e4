import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, dayInMilliseconds, newId } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import { Vault } from '@abide/vault';
import { refusal } from '../holders.errors.js';

/** A day longer than a change waits for a second operator. */
const keptDays = 8;

/** How databases are reached that wait for a second operator: sealed, apart from what that operator reads. */
@Injectable()
export class WaitingSecrets implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly tasks: ScheduledTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(3600, 'holders.forget_secrets', async () => {
      await this.db.execute('DELETE FROM holders.waiting_secrets WHERE kept_until <= $1', [this.clock.now()]);
    });
  }

  /** Joins the open transaction. Resolves to the id by which it is taken. */
  async keep(secret: string): Promise<string> {
    const id = newId();
    const keptUntil = new Date(this.clock.now().getTime() + keptDays * dayInMilliseconds);
    await this.db.execute('INSERT INTO holders.waiting_secrets (id, secret, kept_until) VALUES ($1, $2, $3)', [
      id,
      await this.vault.sealSecret(nameOf(id), secret),
      keptUntil,
    ]);
    return id;
  }

  /** In the open transaction, this once. @throws DomainError `holder.state` where it is gone */
  async take(id: string): Promise<string> {
    const [row] = await this.db.query<{ secret: Buffer }>(
      'DELETE FROM holders.waiting_secrets WHERE id = $1 RETURNING secret',
      [id],
    );
    if (!row) throw refusal('holder.state');
    return this.vault.openSecret(nameOf(id), row.secret);
  }

  /** Null: there was none. */
  async drop(id: string | null): Promise<void> {
    await this.db.execute('DELETE FROM holders.waiting_secrets WHERE id = $1', [id]);
  }
}

function nameOf(id: string): string {
  return `holders.waiting_secrets/${id}`;
}
