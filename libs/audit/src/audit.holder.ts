import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  answerOf,
  Database,
  deleteCounted,
  HolderRegistry,
  isAskedFor,
  nothingToDo,
  type HeldRecord,
  type Holder,
  type HolderAnswer,
  type HoldingSummary,
  type SuppliedRecord,
} from '@abide/platform';

const category = 'none';

/**
 * Answers for the openings. Entries stay when a subject is erased: without their openings they tell nothing about it.
 * It counts and exports the subject's own acts only; what others did about it may be barred from notice by an order.
 */
@Injectable()
export class AuditHolder implements Holder, OnModuleInit {
  readonly name = 'audit';
  readonly phase = 'keys';
  readonly tables = ['audit.openings'];

  constructor(
    private readonly db: Database,
    private readonly registry: HolderRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async describe(subjectId: string): Promise<readonly HoldingSummary[]> {
    const [row] = await this.db.query<{ count: number; since: Date | null }>(
      `SELECT count(*)::integer AS count, min(e.at) AS since
       FROM audit.openings AS o JOIN audit.entries AS e ON e.id = o.entry_id WHERE o.subject_id = $1 AND e.actor_id = o.pseudonym`,
      [subjectId],
    );
    return row && row.count > 0 ? [{ category, count: row.count, since: row.since }] : [];
  }

  async *export(subjectId: string, categories?: readonly string[]): AsyncIterable<HeldRecord> {
    if (!isAskedFor(category, categories)) return;
    const rows = await this.db.query<{ id: string; at: Date; act: string }>(
      `SELECT e.id, e.at, e.act FROM audit.openings AS o JOIN audit.entries AS e ON e.id = o.entry_id
       WHERE o.subject_id = $1 AND e.actor_id = o.pseudonym ORDER BY e.at, e.id`,
      [subjectId],
    );
    for (const { id, at, act } of rows)
      yield { category, table: 'audit.entries', id, since: at, values: { act, at: at.toISOString() } };
  }

  /** Evidence is shown to auditors and never shared as data about a person. */
  async *supply(): AsyncIterable<SuppliedRecord> {}

  /** Evidence is not corrected. */
  async correct(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  /** In a transaction that also destroys the subject's keys: else the database refuses it at its end. Openings are of no kind, and stay while the account goes on. */
  async erase(subjectId: string, categories?: readonly string[]): Promise<HolderAnswer> {
    if (categories) return nothingToDo;
    const openings = { table: 'audit.openings', category: `'${category}'`, where: 'subject_id = $1' };
    return answerOf(await deleteCounted(this.db, openings, [subjectId]));
  }

  /** The trail is never used for anything but evidence, so there is nothing to stop. */
  async restrict(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  /** Openings end with their subject, not by age. */
  async expire(): Promise<HolderAnswer> {
    return nothingToDo;
  }
}
