import { Injectable, type OnModuleInit } from '@nestjs/common';
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
  type SuppliedRecord,
} from '@abide/platform';
import { CampaignChanges } from './campaigns/campaign-changes.service.js';
import { Deliveries } from './campaigns/deliveries.service.js';
import { Outreach } from './outreach/outreach.service.js';
import { outreachKinds } from './send-checks.service.js';

const keepYears = 3;
const rowsPerPage = 500;

interface Row {
  readonly id: string;
  readonly since: Date;
  readonly values: Readonly<Record<string, unknown>>;
}

/** All of it is about the records themselves: proof of what a subject was told, and whether they opened it. */
const category = 'none';
const inSql = `'${category}'`;

/** The tables, with SQL for each: its key, a text that identifies a row, its age, what it says, and what may expire. */
const tables = [
  {
    table: 'notifications.notice_reads',
    key: ['subject_id', 'notice_id'],
    id: 'notice_id::text',
    since: 'read_at',
    values: `jsonb_build_object('noticeId', notice_id, 'readAt', read_at)`,
    mayExpire: 'true',
  },
  {
    table: 'notifications.inbox_notices',
    key: ['subject_id', 'id'],
    id: 'id::text',
    since: 'published_at',
    values: `jsonb_build_object('noticeId', id, 'kind', kind, 'title', title, 'summary', summary, 'link', link, 'publishedAt', published_at, 'readAt', read_at)`,
    mayExpire: 'true',
  },
  {
    table: 'notifications.deliveries',
    key: ['subject_id', 'campaign_id', 'channel'],
    id: `campaign_id::text || ' ' || channel`,
    since: 'at',
    values: `jsonb_build_object('campaignId', campaign_id, 'channel', channel, 'state', state, 'at', at)`,
    mayExpire: `state <> 'queued'`,
  },
  {
    table: 'notifications.outreach_messages',
    key: ['subject_id', 'outreach_id'],
    id: 'outreach_id::text',
    since: 'at',
    values: `jsonb_build_object('outreachId', outreach_id, 'state', state, 'at', at)`,
    mayExpire: `state <> 'queued'`,
  },
] as const;

/** What notifications hold about a subject: their notices, which were opened, and which messages were sent. */
@Injectable()
export class NotificationsHolder implements Holder, OnModuleInit {
  readonly name = 'notifications';
  readonly phase = 'dependents';
  readonly tables = tables.map(({ table }) => table);

  constructor(
    private readonly db: Database,
    private readonly registry: HolderRegistry,
    private readonly changes: CampaignChanges,
    private readonly deliveries: Deliveries,
    private readonly outreach: Outreach,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async describe(subjectId: string): Promise<readonly HoldingSummary[]> {
    const summaries: HoldingSummary[] = [];
    for (const { table, since } of tables) {
      const [row] = await this.db.query<{ count: number; since: Date | null }>(
        `SELECT count(*)::integer AS count, min(${since}) AS since FROM ${table} WHERE subject_id = $1`,
        [subjectId],
      );
      if (row && row.count > 0) summaries.push({ category, ...row });
    }
    return summaries;
  }

  async *export(subjectId: string, categories?: readonly string[]): AsyncIterable<HeldRecord> {
    if (!isAskedFor(category, categories)) return;
    for (const { table, id, since, values } of tables) {
      for (let last = ''; ;) {
        const rows = await this.db.query<Row>(
          `SELECT ${id} AS id, ${since} AS since, ${values} AS values FROM ${table} WHERE subject_id = $1 AND ${id} > $2 ORDER BY 1 LIMIT ${rowsPerPage}`,
          [subjectId, last],
        );
        for (const row of rows) yield { category, table, ...row };
        if (rows.length < rowsPerPage) break;
        last = rows.at(-1)?.id ?? last;
      }
    }
  }

  /** Proof of what somebody was told is no data to share. */
  async *supply(): AsyncIterable<SuppliedRecord> {}

  /** Nothing here is a statement about the subject that could be wrong. */
  async correct(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  /** Also takes the subject out of the campaigns and outreaches that still wait to reach them, so that they can be completed. */
  async erase(subjectId: string, categories?: readonly string[]): Promise<HolderAnswer> {
    if (!isAskedFor(category, categories)) return nothingToDo;
    return this.db.transaction(async () => {
      const waiting = await this.db.query<{ campaignId: string }>(
        `SELECT DISTINCT campaign_id AS "campaignId" FROM notifications.deliveries WHERE subject_id = $1 AND state <> 'attempted' ORDER BY 1`,
        [subjectId],
      );
      let left = 0;
      for (const { campaignId } of waiting)
        left += await this.changes.change(campaignId, (campaign) => this.deliveries.leave(campaign, subjectId));
      for (const kind of outreachKinds) await this.outreach.drop(subjectId, kind);
      const counts: AffectedCount[] = [{ category, table: 'notifications.deliveries', count: left }];
      for (const { table } of tables)
        counts.push(
          ...(await deleteCounted(this.db, { table, category: inSql, where: 'subject_id = $1' }, [subjectId])),
        );
      return answerOf(counts);
    });
  }

  /** Telling a subject of changes is owed while their data is restricted too, and nothing else is done with it. */
  async restrict(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  /** That a notice was given is evidence for three years (NDSR art. 12 keeps records as long). */
  async expire({ now, limit, except }: Expiry): Promise<HolderAnswer> {
    const before = new Date(now);
    before.setUTCFullYear(before.getUTCFullYear() - keepYears);
    const counts: AffectedCount[] = [];
    for (const { table, key, since, mayExpire } of tables) {
      const spared = isSpared({ subjectId: 'held.subject_id', category: inSql, occurredAt: `held.${since}` }, '$3');
      const old = {
        table,
        category: inSql,
        where: `(${key.join(', ')}) IN (
          SELECT ${key.join(', ')} FROM ${table} AS held WHERE ${since} < $1 AND ${mayExpire} AND NOT ${spared} LIMIT $2)`,
      };
      counts.push(...(await deleteCounted(this.db, old, [before, limit - rowsIn(counts), sparedParameter(except)])));
    }
    return answerOf(counts);
  }
}
