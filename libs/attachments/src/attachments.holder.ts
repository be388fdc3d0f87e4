import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { dayInMilliseconds } from '@abide/kernel';
import {
  answerOf,
  HolderRegistry,
  isAskedFor,
  isSpared,
  nothingToDo,
  sparedParameter,
  Database,
  type Expiry,
  type HeldRecord,
  type Holder,
  type HolderAnswer,
  type HoldingSummary,
  type SuppliedRecord,
} from '@abide/platform';
import { Repository } from 'typeorm';
import { AttachmentRemoval } from './attachment-removal.service.js';
import { Attachment, attachmentCategory as category } from './attachment.entity.js';
import { UploadLimits } from './upload-limits.service.js';

const table = 'attachments.attachments';

/** Answers for files that were uploaded: also those that something cites go with whom they are about. */
@Injectable()
export class AttachmentsHolder implements Holder, OnModuleInit {
  readonly name = 'attachments';
  readonly phase = 'dependents';
  readonly tables = [table];

  constructor(
    @InjectRepository(Attachment) private readonly attachmentRepository: Repository<Attachment>,
    private readonly db: Database,
    private readonly removal: AttachmentRemoval,
    private readonly limits: UploadLimits,
    private readonly registry: HolderRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** What something cites stays as long as that. */
  async describe(subjectId: string): Promise<readonly HoldingSummary[]> {
    const [row] = await this.db.query<{ count: number; since: Date; until: Date | null; cited: boolean }>(
      `SELECT count(*)::int AS count, min(created_at) AS since, bool_or(cited_id IS NOT NULL) AS cited,
         max(created_at) FILTER (WHERE cited_id IS NULL) + interval '24 hours' AS until
       FROM attachments.attachments WHERE subject_id = $1`,
      [subjectId],
    );
    if (!row || row.count === 0) return [];
    const { count, since, until, cited } = row;
    return [{ category, count, since, until, ...(cited ? { isOpenEnded: true } : {}) }];
  }

  /** What a file says, and what it is called, is handed out by whoever cites it: it may be another's, or an operator's. */
  async *export(subjectId: string, categories?: readonly string[]): AsyncIterable<HeldRecord> {
    if (!isAskedFor(category, categories)) return;
    for (const attachment of await this.attachmentRepository.find({ where: { subjectId }, order: { id: 'ASC' } })) {
      const { id, type, bytes, createdAt } = attachment;
      yield { category, table, id, since: createdAt, values: { type, bytes } };
    }
  }

  /** Files are shared by whoever cites them, or not at all. */
  async *supply(): AsyncIterable<SuppliedRecord> {}

  /** A file is not corrected but sent again. */
  async correct(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  /** The gate refuses every use of what is restricted. */
  async restrict(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  /** While the account goes on, what something cites stays as long as that. */
  async erase(subjectId: string, categories?: readonly string[]): Promise<HolderAnswer> {
    if (!isAskedFor(category, categories)) return nothingToDo;
    if (categories)
      return this.answer(await this.removal.removeWhere('held.subject_id = $1 AND held.cited_id IS NULL', [subjectId]));
    await this.limits.forget(subjectId);
    return this.answer(await this.removal.removeWhere('held.subject_id = $1', [subjectId]));
  }

  /** What nothing has cited within a day, of somebody or of nobody. */
  async expire({ now, limit, except }: Expiry): Promise<HolderAnswer> {
    const before = new Date(now.getTime() - dayInMilliseconds);
    const due = `(held.id, held.subject_id) IN (
      SELECT waiting.id, waiting.subject_id FROM attachments.attachments AS waiting
      WHERE waiting.cited_id IS NULL AND waiting.created_at <= $1
        AND NOT ${isSpared({ subjectId: 'waiting.subject_id', category: `'${category}'`, occurredAt: 'waiting.created_at' }, '$3')}
      ORDER BY waiting.created_at LIMIT $2 FOR UPDATE SKIP LOCKED)`;
    return this.answer(await this.removal.removeWhere(due, [before, limit, sparedParameter(except)]));
  }

  private answer(count: number): HolderAnswer {
    return answerOf([{ category, table, count }]);
  }
}
