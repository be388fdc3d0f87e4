import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';

/** As long as records of transactions, among them the evidence of the erasure that it follows from. */
const keptYears = 3;
const everySeconds = 3600;

/** Keyed hashes of what belonged to somebody who was erased, so that it does not come back unnoticed. Such a hash is still about a person: it has a ground and an end. */
@Injectable()
export class Suppressions implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tasks: ScheduledTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(everySeconds, 'vault.forget_suppressed', async () => {
      await this.db.execute('DELETE FROM vault.suppressed_indexes WHERE suppressed_until <= $1', [this.clock.now()]);
    });
  }

  /** From now on, for three years; where it is suppressed already, until the later end. Joins the open transaction. */
  async add(column: string, blindIndex: Buffer): Promise<void> {
    const now = this.clock.now();
    const until = new Date(now);
    until.setUTCFullYear(until.getUTCFullYear() + keptYears);
    await this.db.execute(
      `INSERT INTO vault.suppressed_indexes AS held (column_name, blind_index, suppressed_at, ground, suppressed_until) VALUES ($1, $2, $3, 'erasure', $4)
       ON CONFLICT (column_name, blind_index) DO UPDATE SET suppressed_until = greatest(held.suppressed_until, excluded.suppressed_until)`,
      [column, blindIndex, now, until],
    );
  }

  /** Whether it is suppressed and nobody has confirmed it as theirs since. */
  async has(column: string, blindIndex: Buffer): Promise<boolean> {
    const rows = await this.db.query(
      `SELECT 1 FROM vault.suppressed_indexes AS suppressed WHERE column_name = $1 AND blind_index = $2 AND suppressed_until > $3
       AND NOT EXISTS (SELECT 1 FROM vault.identifier_claims AS claim
         WHERE claim.type = suppressed.column_name AND claim.blind_index = suppressed.blind_index AND claim.confirmed_at IS NOT NULL)`,
      [column, blindIndex, this.clock.now()],
    );
    return rows.length > 0;
  }
}
