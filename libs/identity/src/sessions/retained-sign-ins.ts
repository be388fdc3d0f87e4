import { Injectable } from '@nestjs/common';
import { Clock, nilId } from '@abide/kernel';
import { Database, LegalMinimums, type RetainedCount } from '@abide/platform';
import { Vault } from '@abide/vault';
import { signInPlace } from './sign-in-place.js';

interface Row {
  readonly id: string;
  readonly at: Date;
  readonly address: Buffer;
  readonly client: Buffer;
}

const category = 'client.signIn';
const rowsPerPage = 500;

/** Records of sign-ins are network logs: some outlive their subject, sealed under the retained key (Cybersecurity Law, log clause). */
@Injectable()
export class RetainedSignIns {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly minimums: LegalMinimums,
  ) {}

  /** Seals and dates what has to stay of an erased subject; the rest has no date. Joins the open transaction. */
  async retain(subjectId: string): Promise<RetainedCount[]> {
    const minimum = await this.minimums.of(category);
    if (!minimum) return [];
    for (let last: string | undefined = nilId; last !== undefined;) {
      const rows: Row[] = await this.db.query<Row>(
        `SELECT id, at, address, client FROM identity.sign_ins WHERE subject_id = $1 AND id > $2 AND kept_until IS NULL ORDER BY id LIMIT ${rowsPerPage}`,
        [subjectId, last],
      );
      for (const row of rows) await this.retainOne(subjectId, row, minimum.endOf(row.at));
      last = rows.length === rowsPerPage ? rows.at(-1)?.id : undefined;
    }
    const [kept] = await this.db.query<{ count: number; until: Date | null }>(
      'SELECT count(*)::int AS count, max(kept_until) AS until FROM identity.sign_ins WHERE subject_id = $1 AND kept_until IS NOT NULL',
      [subjectId],
    );
    return kept ? [{ category, ...kept, ground: 'legalMinimum', article: minimum.article }] : [];
  }

  /** What can no longer be opened is not kept either. */
  private async retainOne(subjectId: string, { id, address, client }: Row, keptUntil: Date): Promise<void> {
    if (keptUntil <= this.clock.now()) return;
    const sealedAddress = await this.vault.retain(signInPlace({ subjectId, id }, 'address'), address);
    const sealedClient = await this.vault.retain(signInPlace({ subjectId, id }, 'client'), client);
    if (!sealedAddress || !sealedClient) return;
    await this.db.execute(
      'UPDATE identity.sign_ins SET address = $3, client = $4, kept_until = $5 WHERE subject_id = $1 AND id = $2',
      [subjectId, id, sealedAddress, sealedClient, keptUntil],
    );
  }
}
