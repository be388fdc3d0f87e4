import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Database, type Position } from '@abide/platform';
import { Vault, type Place } from '@abide/vault';
import { IsNull, Repository } from 'typeorm';
import { refusal } from '../retention.errors.js';
import { Hold, type HoldState } from './hold.entity.js';

type SealedColumn = 'notes' | 'liftingReason';

export interface HoldFilter {
  readonly subjectId?: string | undefined;
  readonly state?: HoldState | undefined;
  /** Only what the person may be told of. */
  readonly isTold?: true;
}

/** The rows of holds, their words sealed under the keys of whom they are about. */
@Injectable()
export class HoldRecords {
  constructor(
    @InjectRepository(Hold) private readonly holdRepository: Repository<Hold>,
    private readonly db: Database,
    private readonly vault: Vault,
  ) {}

  /** @throws DomainError `hold.not_found` */
  async get(id: string): Promise<Hold> {
    const hold = await this.holdRepository.findOneBy({ id });
    if (!hold) throw refusal('hold.not_found');
    return hold;
  }

  /** The same, locked until the open transaction ends. */
  async lock(id: string): Promise<Hold> {
    const hold = await this.holdRepository.findOne({ where: { id }, lock: { mode: 'for_no_key_update' } });
    if (!hold) throw refusal('hold.not_found');
    return hold;
  }

  /** Lets nobody place a hold on this person until the open transaction ends, so that what was found stays so. */
  async lockSubject(subjectId: string): Promise<void> {
    await this.db.query("SELECT pg_advisory_xact_lock(hashtext('retention.holds'), hashtext($1))", [subjectId]);
  }

  async insert(hold: Hold): Promise<void> {
    await this.holdRepository.insert(hold);
  }

  async save(hold: Hold): Promise<void> {
    hold.version += 1;
    await this.holdRepository.save(hold);
  }

  /** Newest first, one more than `limit`. */
  async list(
    filter: HoldFilter,
    now: Date,
    { limit, after }: { limit: number; after: Position | null },
  ): Promise<Hold[]> {
    const query = this.holdRepository
      .createQueryBuilder('hold')
      .orderBy('hold.placedAt', 'DESC')
      .addOrderBy('hold.id', 'DESC')
      .limit(limit + 1);
    if (filter.subjectId) query.andWhere('hold.subjectId = :subjectId', { subjectId: filter.subjectId });
    if (filter.isTold) query.andWhere('hold.barredArticle IS NULL');
    if (filter.state === 'lifted') query.andWhere('hold.liftedAt IS NOT NULL');
    if (filter.state === 'inForce') query.andWhere('hold.liftedAt IS NULL AND hold.until > :now', { now });
    if (filter.state === 'expired') query.andWhere('hold.liftedAt IS NULL AND hold.until <= :now', { now });
    if (after) query.andWhere('(hold.placedAt, hold.id) < (:at, :id)', after);
    return query.getMany();
  }

  /** What holds at an instant, of one person or of everybody; what ends last, first. */
  async inForce(now: Date, subjectId?: string): Promise<Hold[]> {
    const query = this.holdRepository
      .createQueryBuilder('hold')
      .where('hold.liftedAt IS NULL AND hold.until > :now', { now })
      .orderBy('hold.until', 'DESC')
      .addOrderBy('hold.id');
    if (subjectId !== undefined) query.andWhere('hold.subjectId = :subjectId', { subjectId });
    return query.getMany();
  }

  /** What the person may be told of, the oldest first. */
  async toldTo(subjectId: string): Promise<Hold[]> {
    return this.holdRepository.find({ where: { subjectId, barredArticle: IsNull() }, order: { placedAt: 'ASC' } });
  }

  async seal(hold: Hold, column: SealedColumn, text: string | null): Promise<void> {
    hold[column] = text === null ? null : await this.vault.seal(placeOf(hold, column), text);
  }

  async opened(hold: Hold, column: SealedColumn): Promise<string | null> {
    const sealed = hold[column];
    return sealed && this.vault.open(placeOf(hold, column), sealed);
  }

  /** Seals its words under the key that outlives an erasure. */
  async retain(hold: Hold): Promise<void> {
    for (const column of ['notes', 'liftingReason'] as const) {
      const sealed = hold[column];
      if (sealed) hold[column] = await this.vault.retain(placeOf(hold, column), sealed);
    }
    await this.save(hold);
  }
}

function placeOf({ subjectId, id }: Hold, column: SealedColumn): Place {
  return { subjectId, table: 'retention.holds', column: column === 'notes' ? 'notes' : 'lifting_reason', rowId: id };
}
