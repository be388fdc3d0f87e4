import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SessionSpans } from '@abide/identity';
import { Clock, dayInMilliseconds } from '@abide/kernel';
import { EffectiveRulebook } from '@abide/policy';
import { longestSessionDays } from '@abide/rulebook';
import type { LeftOverRows } from './left-over.js';
import type { LineageTable } from './lineage-tables.js';
import { PurposeRemoval, rowsPerBatch } from './purpose-removal.js';

/** Takes from stored rows what they were kept for until the end of a session, in the transaction in which it ends; a row with no purpose left is due at once. */
@Injectable()
export class SessionEnds implements OnModuleInit {
  constructor(
    private readonly sessions: SessionSpans,
    private readonly clock: Clock,
    private readonly rulebooks: EffectiveRulebook,
    private readonly removal: PurposeRemoval,
  ) {}

  onModuleInit(): void {
    this.sessions.register((subjectId, sessionIds) => this.end(subjectId, sessionIds));
  }

  private async end(subjectId: string, sessionIds: readonly string[]): Promise<void> {
    if (!(await this.isAnythingKeptSo())) return;
    await this.removal.takeAway([subjectId], (table) => withoutSessions(table, subjectId, sessionIds));
  }

  /** Now, or since what is kept until a session ends may live. */
  private async isAnythingKeptSo(): Promise<boolean> {
    const since = new Date(this.clock.now().getTime() - (longestSessionDays + 1) * dayInMilliseconds);
    const inForce = [await this.rulebooks.current(), ...(await this.rulebooks.inForceSince(since))];
    return inForce.some(({ rulebook }) => rulebook.promises.some(({ until }) => until === 'sessionEnd'));
  }
}

function withoutSessions({ name, id }: LineageTable, subjectId: string, sessionIds: readonly string[]): LeftOverRows {
  return {
    sql: `SELECT row.subject_id, row.${id}, row.due_month, row.category, row.service, left_over.lineage
      FROM ${name} AS row CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(entry ORDER BY place) FILTER (WHERE NOT coalesce(entry->>'session' = ANY($2::text[]), false)), '[]') AS lineage
        FROM jsonb_array_elements(row.lineage) WITH ORDINALITY AS each (entry, place)
      ) AS left_over
      WHERE row.subject_id = $1 AND left_over.lineage <> row.lineage LIMIT ${rowsPerBatch}`,
    parameters: [subjectId, sessionIds],
  };
}
