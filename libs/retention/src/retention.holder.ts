import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Attachments } from '@abide/attachments';
import {
  answerOf,
  Database,
  deleteCounted,
  HolderRegistry,
  isAskedFor,
  isSpared,
  nothingToDo,
  sparedParameter,
  type Expiry,
  type HeldRecord,
  type Holder,
  type HolderAnswer,
  type HoldingSummary,
  type RetainedCount,
  type SuppliedRecord,
} from '@abide/platform';
import { EvidenceTerms } from '@abide/policy';
import { Repository } from 'typeorm';
import { HoldRecords } from './holds/hold-records.js';
import { Hold } from './holds/hold.entity.js';

/** The holder of holds, by name. */
export const holdsHolder = 'retention.holds';
const category = 'none';
const inSql = `'${category}'`;
const table = 'retention.holds';

/**
 * Answers for the holds themselves. They are evidence of why something was not deleted: an erasure seals their words under the
 * retained key. Both what is described and what is exported are the person's to read: of holds that the law forbids to tell of nothing,
 * of the others no word of an operator's, nor that one is to be lifted.
 */
@Injectable()
export class RetentionHolder implements Holder, OnModuleInit {
  readonly name = holdsHolder;
  readonly phase = 'dependents';
  readonly tables = [table];

  constructor(
    @InjectRepository(Hold) private readonly holdRepository: Repository<Hold>,
    private readonly db: Database,
    private readonly records: HoldRecords,
    private readonly holdEvidence: EvidenceTerms,
    private readonly attachments: Attachments,
    private readonly holders: HolderRegistry,
  ) {}

  onModuleInit(): void {
    this.holders.register(this);
  }

  async describe(subjectId: string): Promise<HoldingSummary[]> {
    const holds = await this.records.toldTo(subjectId);
    const [oldest] = holds;
    return oldest ? [{ category, count: holds.length, since: oldest.placedAt }] : [];
  }

  async *export(subjectId: string, categories?: readonly string[]): AsyncIterable<HeldRecord> {
    if (!isAskedFor(category, categories)) return;
    for (const hold of await this.records.toldTo(subjectId)) {
      const { id, ground, article, categories, collectedFrom, collectedUntil, until, placedAt: since, liftedAt } = hold;
      const values = {
        ground,
        article,
        categories,
        from: collectedFrom,
        to: collectedUntil,
        until,
        liftedAt,
      };
      yield { category, table, id, since, values };
    }
  }

  /** Why something was not deleted is nobody else's. */
  async *supply(): AsyncIterable<SuppliedRecord> {}

  async correct(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  async restrict(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  /** While the account goes on, holds stay as they are. */
  async erase(subjectId: string, categories?: readonly string[]): Promise<HolderAnswer> {
    if (categories) return nothingToDo;
    return this.db.transaction(async () => {
      const holds = await this.holdRepository.findBy({ subjectId });
      for (const hold of holds) await this.records.retain(hold);
      return answerOf([], await this.kept(holds));
    });
  }

  /** As it is described: nothing of holds that the person may not be told of, which are sealed and kept likewise. */
  async staying(subjectId: string): Promise<readonly RetainedCount[]> {
    return this.kept(await this.records.toldTo(subjectId));
  }

  private async kept(holds: readonly Hold[]): Promise<RetainedCount[]> {
    if (holds.length === 0) return [];
    const until = new Date(Math.max(...holds.map(({ keptUntil }) => keptUntil.getTime())));
    return [{ category, count: holds.length, ground: 'evidence', article: await this.holdEvidence.article(), until }];
  }

  /** With what a hold rests on. */
  async expire({ now, limit, except }: Expiry): Promise<HolderAnswer> {
    return this.db.transaction(async () => {
      const spared = isSpared({ subjectId: 'held.subject_id', category: inSql, occurredAt: 'held.placed_at' }, '$3');
      const due = await this.db.query<{ id: string }>(
        `SELECT id FROM ${table} AS held WHERE kept_until <= $1 AND NOT ${spared} ORDER BY kept_until, id LIMIT $2 FOR UPDATE`,
        [now, limit, sparedParameter(except)],
      );
      const ids = due.map(({ id }) => id);
      for (const id of ids) await this.attachments.release({ kind: 'hold', id });
      return answerOf(
        await deleteCounted(this.db, { table, category: inSql, where: 'held.id = ANY($1::uuid[])' }, [ids]),
      );
    });
  }
}
