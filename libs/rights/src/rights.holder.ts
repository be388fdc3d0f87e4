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
  rowsIn,
  sparedParameter,
  type AffectedCount,
  type Expiry,
  type HeldRecord,
  type Holder,
  type HolderAnswer,
  type HoldingSummary,
  type RetainedCount,
  type SuppliedRecord,
} from '@abide/platform';
import { Vault } from '@abide/vault';
import { Repository } from 'typeorm';
import { citing } from './askers/public-request-records.js';
import { requestCategory, requestsHolder, ToldRequests } from './packages/told-requests.service.js';
import { RequestEvent } from './requests/request-event.entity.js';
import { RequestDecision } from './requests/request-parts.entities.js';
import { decisionReasonPlace, eventTextPlace, RequestRecords, requestPlace } from './requests/request-records.js';
import { RequestRetention } from './requests/request-retention.js';
import { SubjectRequest } from './requests/request.entity.js';

const category = requestCategory;
const inSql = `'${category}'`;
const publicRequests = 'rights.public_requests';
/** SQL for those of `rows` that are due: `$1` now, `$2` at most so many, `$3` what is spared. */
function dueAmong(rows: string): string {
  const spared = isSpared({ subjectId: 'held.subject_id', category: inSql, occurredAt: 'held.opened_at' }, '$3');
  return `held.ctid IN (${rows} held.kept_until <= $1 AND NOT ${spared} LIMIT $2)`;
}

const parts = ['request_events', 'request_decisions', 'request_holders', 'request_packages'] as const;

/**
 * Answers for what people asked about their data. It is evidence of how a right was served: an erasure seals it under the retained
 * key, and it stays as long as records of transactions, as it does after a request is closed.
 */
@Injectable()
export class RightsHolder implements Holder, OnModuleInit {
  readonly name = requestsHolder;
  readonly phase = 'dependents';
  readonly tables = ['rights.requests', ...parts.map((part) => `rights.${part}`), publicRequests];

  constructor(
    @InjectRepository(SubjectRequest) private readonly requestRepository: Repository<SubjectRequest>,
    @InjectRepository(RequestEvent) private readonly eventRepository: Repository<RequestEvent>,
    @InjectRepository(RequestDecision) private readonly decisionRepository: Repository<RequestDecision>,
    private readonly db: Database,
    private readonly vault: Vault,
    private readonly attachments: Attachments,
    private readonly records: RequestRecords,
    private readonly told: ToldRequests,
    private readonly retention: RequestRetention,
    private readonly holders: HolderRegistry,
  ) {}

  onModuleInit(): void {
    this.holders.register(this);
  }

  async describe(subjectId: string): Promise<HoldingSummary[]> {
    const [row] = await this.db.query<{ count: number; since: Date | null }>(
      'SELECT count(*)::int AS count, min(opened_at) AS since FROM rights.requests WHERE subject_id = $1',
      [subjectId],
    );
    return row && row.count > 0 ? [{ category, count: row.count, since: row.since }] : [];
  }

  async *export(subjectId: string, categories?: readonly string[]): AsyncIterable<HeldRecord> {
    if (isAskedFor(category, categories)) yield* this.told.of(subjectId);
  }

  /** What somebody asked of us is nobody else's. */
  async *supply(): AsyncIterable<SuppliedRecord> {}

  async correct(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  async restrict(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  async erase(subjectId: string, categories?: readonly string[]): Promise<HolderAnswer> {
    if (categories) return isAskedFor(category, categories) ? this.untouched(subjectId) : nothingToDo;
    return this.db.transaction(async () => {
      const keptUntil = await this.retention.endOfClosed();
      await this.forgetWhoActed(subjectId);
      const requests = await this.requestRepository.findBy({ subjectId });
      for (const request of requests) await this.retain(request, keptUntil);
      const where = 'held.subject_id = $1';
      const asked = await deleteCounted(this.db, { table: publicRequests, category: inSql, where }, [subjectId]);
      return answerOf(asked, await this.staying(subjectId));
    });
  }

  /** Until when at the latest: from now, where neither the request is closed nor the account erased yet. */
  async staying(subjectId: string): Promise<readonly RetainedCount[]> {
    const count = await this.countRows(subjectId);
    if (count === 0) return [];
    const [row] = await this.db.query<{ until: Date }>(
      'SELECT max(coalesce(kept_until, $2)) AS until FROM rights.requests WHERE subject_id = $1',
      [subjectId, await this.retention.endOfClosed()],
    );
    const article = await this.retention.article();
    return [{ category, count, ground: 'evidence', article, until: row?.until ?? null }];
  }

  /** While the account goes on they stay as they are, and nothing says until when. */
  private async untouched(subjectId: string): Promise<HolderAnswer> {
    const kept = await this.staying(subjectId);
    return answerOf(
      [],
      kept.map((one) => ({ ...one, until: null })),
    );
  }

  /** First what belongs to a request that is due, then the request itself once nothing does. */
  async expire({ now, limit, except }: Expiry): Promise<HolderAnswer> {
    const counts: AffectedCount[] = [];
    for (const part of parts) {
      const of = `rights.${part} AS part JOIN rights.requests AS held ON held.subject_id = part.subject_id AND held.id = part.request_id`;
      counts.push(
        ...(await this.deleteDue(`rights.${part}`, `SELECT part.ctid FROM ${of} WHERE`, {
          now,
          limit: limit - rowsIn(counts),
          except,
        })),
      );
    }
    const hasParts = parts.map(
      (part) =>
        `EXISTS (SELECT FROM rights.${part} AS part WHERE part.subject_id = held.subject_id AND part.request_id = held.id)`,
    );
    const alone = `SELECT held.ctid FROM rights.requests AS held WHERE NOT (${hasParts.join(' OR ')}) AND`;
    const rest = { now, limit: limit - rowsIn(counts), except };
    await this.releaseEvidence(alone, rest);
    counts.push(...(await this.deleteDue('rights.requests', alone, rest)));
    return answerOf(counts);
  }

  /** What a request rests on is kept as long as it is. */
  private async releaseEvidence(rows: string, { now, limit, except }: Expiry): Promise<void> {
    const due = await this.db.query<{ id: string }>(`SELECT id FROM rights.requests AS held WHERE ${dueAmong(rows)}`, [
      now,
      limit,
      sparedParameter(except),
    ]);
    for (const { id } of due) await this.attachments.release(citing(id));
  }

  private deleteDue(table: string, rows: string, { now, limit, except }: Expiry): Promise<AffectedCount[]> {
    const parameters = [now, limit, sparedParameter(except)];
    return deleteCounted(this.db, { table, category: inSql, where: dueAmong(rows) }, parameters);
  }

  /** What somebody did for an enterprise stays with it, without who they were. */
  private async forgetWhoActed(personId: string): Promise<void> {
    await this.db.execute('UPDATE rights.requests SET asked_by = NULL WHERE asked_by = $1', [personId]);
    await this.db.execute(
      "UPDATE rights.request_events SET by_id = NULL, session_id = NULL WHERE by_kind = 'representative' AND by_id = $1",
      [personId],
    );
  }

  private async retain(request: SubjectRequest, keptUntil: Date): Promise<void> {
    const { subjectId, id: requestId } = request;
    for (const column of ['content', 'answer', 'scope', 'farewell'] as const)
      if (request[column])
        request[column] = await this.vault.retain({ ...requestPlace(request), column }, request[column]);
    request.keptUntil ??= keptUntil;
    await this.records.save(request);
    for (const event of await this.eventRepository.findBy({ subjectId, requestId }))
      if (event.text)
        await this.eventRepository.update(
          { subjectId, requestId, id: event.id },
          { text: await this.vault.retain(eventTextPlace(event), event.text) },
        );
    for (const { round, holder, category: decided, reason } of await this.decisionRepository.findBy({
      subjectId,
      requestId,
    }))
      if (reason)
        await this.decisionRepository.update(
          { subjectId, requestId, round, holder, category: decided },
          {
            reason: await this.vault.retain(
              decisionReasonPlace({ subjectId, requestId, round, holder, category: decided }),
              reason,
            ),
          },
        );
  }

  private async countRows(subjectId: string): Promise<number> {
    const [row] = await this.db.query<{ n: number }>(
      `SELECT (SELECT count(*) FROM rights.requests WHERE subject_id = $1)::int ${parts
        .map((part) => `+ (SELECT count(*) FROM rights.${part} WHERE subject_id = $1)::int`)
        .join(' ')} AS n`,
      [subjectId],
    );
    return row?.n ?? 0;
  }
}
