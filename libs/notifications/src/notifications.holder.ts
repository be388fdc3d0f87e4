import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, HolderRegistry, type HeldRecord, type Holder, type HoldingSummary } from '@abide/platform';
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

  async *export(subjectId: string): AsyncIterable<HeldRecord> {
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

  /** Nothing here is a statement about the subject that could be wrong. */
  async correct(): Promise<boolean> {
    return false;
  }

  /** Also takes the subject out of the campaigns and outreaches that still wait to reach them, so that they can be completed. */
  async erase(subjectId: string): Promise<number> {
    return this.db.transaction(async () => {
      const waiting = await this.db.query<{ campaignId: string }>(
        `SELECT DISTINCT campaign_id AS "campaignId" FROM notifications.deliveries WHERE subject_id = $1 AND state <> 'attempted' ORDER BY 1`,
        [subjectId],
      );
      let erased = 0;
      for (const { campaignId } of waiting)
        erased += await this.changes.change(campaignId, (campaign) => this.deliveries.leave(campaign, subjectId));
      for (const kind of outreachKinds) await this.outreach.drop(subjectId, kind);
      for (const { table } of tables)
        erased += await this.db.execute(`DELETE FROM ${table} WHERE subject_id = $1`, [subjectId]);
      return erased;
    });
  }

  /** Telling a subject of changes is owed while their data is restricted too, and nothing else is done with it. */
  async restrict(): Promise<void> {}

  /** That a notice was given is evidence for three years (NDSR art. 12 keeps records as long). */
  async expire(now: Date, limit: number): Promise<number> {
    const before = new Date(now);
    before.setUTCFullYear(before.getUTCFullYear() - keepYears);
    let expired = 0;
    for (const { table, key, since, mayExpire } of tables) {
      const isSameRow = key.map((column) => `kept.${column} = old.${column}`).join(' AND ');
      expired += await this.db.execute(
        `DELETE FROM ${table} AS kept USING (SELECT ${key.join(', ')} FROM ${table} WHERE ${since} < $1 AND ${mayExpire} LIMIT $2) AS old WHERE ${isSameRow}`,
        [before, limit - expired],
      );
    }
    return expired;
  }
}
