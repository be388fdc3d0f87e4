import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { isRegisteredAfter } from '@abide/identity';
import { Clock } from '@abide/kernel';
import { Database, metrics, ScheduledTasks } from '@abide/platform';
import { hasAcceptedBy } from '@abide/policy';
import { Counter } from 'prom-client';
import { Gate } from '../gate/gate.service.js';
import { countsFrom } from '../states/consent-state.sql.js';
import { LeftOver, type LeftOverRows } from './left-over.js';
import type { LineageTable } from './lineage-tables.js';
import type { Coarsening } from './purpose-removal.js';

/** A purpose of a stored row whose consent, account or acceptance is dated after what the row is about. */
interface Doubtful {
  readonly subjectId: string;
  readonly id: string;
  readonly dueMonth: string;
  readonly category: string;
  readonly service: string;
  readonly thirdPartyService: string | null;
  readonly occurredAt: Date;
  readonly purpose: string;
}

/** How far it has come: in the table `later_consents` of the module, which has its row only where something was stored before collecting asked twice. */
interface Progress {
  readonly lastSubjectId: string | null;
  readonly rows: number;
  readonly purposes: number;
}

const intervalSeconds = 60;
const batchesPerRun = 1000;
const subjectsPerBatch = 200;

const taken = new Counter({
  name: 'abide_later_consents_purposes_total',
  help: 'Purposes taken away from stored rows, by table, because they were not allowed yet when it happened.',
  labelNames: ['table'],
  registers: [metrics],
});

/**
 * Takes away from rows that were stored before collecting asked twice whatever rests on a consent given later than what they are about: once, subject after
 * subject, going on where it stopped. A row with no purpose left is due, or when the law's minimum is over.
 */
@Injectable()
export class LaterConsents {
  private readonly logger = new Logger('LaterConsents');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly tasks: ScheduledTasks,
    private readonly gate: Gate,
    private readonly leftOver: LeftOver,
  ) {}

  /** Call it while modules initialise. */
  watch(table: LineageTable, coarsen: Coarsening): void {
    this.tasks.every(intervalSeconds, `${table.module}.later_consents`, () => this.run(table, coarsen));
  }

  private async run(table: LineageTable, coarsen: Coarsening): Promise<void> {
    for (let batch = 0; batch < batchesPerRun; batch += 1) {
      const touched = await this.db.transaction(() => this.takeBatch(table));
      if (touched === null) return;
      if (touched.length > 0) await coarsen(touched);
    }
  }

  /** The subjects that something was taken away from; null when there is nothing more to look through. */
  private async takeBatch(table: LineageTable): Promise<string[] | null> {
    const [progress] = await this.db.query<Progress>(
      `SELECT last_subject_id AS "lastSubjectId", rows::int, purposes::int FROM ${table.module}.later_consents WHERE finished_at IS NULL FOR UPDATE`,
    );
    if (!progress) return null;
    const subjects = await this.db.query<{ id: string }>(
      `SELECT DISTINCT subject_id AS id FROM ${table.name} WHERE $1::uuid IS NULL OR subject_id > $1 ORDER BY subject_id LIMIT ${subjectsPerBatch}`,
      [progress.lastSubjectId],
    );
    const last = subjects.at(-1);
    if (!last) {
      await this.finish(table, progress);
      return null;
    }
    const wrong = await this.wrongAmong(
      await this.doubtful(
        table,
        subjects.map(({ id }) => id),
      ),
    );
    const rows = wrong.length === 0 ? 0 : await this.leftOver.write(table, withoutWrong(table, wrong), wrong);
    await this.db.execute(
      `UPDATE ${table.module}.later_consents SET last_subject_id = $1, rows = rows + $2, purposes = purposes + $3`,
      [last.id, rows, wrong.length],
    );
    this.db.afterCommit(() => taken.inc({ table: table.name }, wrong.length));
    return [...new Set(wrong.map(({ subjectId }) => subjectId))];
  }

  private doubtful({ name, id }: LineageTable, subjectIds: readonly string[]): Promise<Doubtful[]> {
    return this.db.query<Doubtful>(
      `SELECT held.subject_id AS "subjectId", held.${id} AS id, held.due_month::text AS "dueMonth", held.category, held.service, to_jsonb(held)->>'third_party_service' AS "thirdPartyService",
         held.occurred_at AS "occurredAt", entry->>'purpose' AS purpose
       FROM ${name} AS held, jsonb_array_elements(held.lineage) AS entry
       WHERE held.subject_id = ANY($1::uuid[]) AND (
         EXISTS (SELECT FROM consent.events event WHERE event.subject_id = held.subject_id AND event.id::text = entry->>'consentEvent' AND ${countsFrom('event')} > held.occurred_at)
         OR ${isRegisteredAfter('held.subject_id', 'held.occurred_at')}
         OR (entry->>'basis' = 'contract' AND NOT ${hasAcceptedBy('held.subject_id', 'held.occurred_at')}))
       ORDER BY held.subject_id, held.${id}`,
      [subjectIds],
    );
  }

  /** The consent may be one of several, of which an earlier one stood: the gate says what might have been collected then. */
  private async wrongAmong(doubtful: readonly Doubtful[]): Promise<Doubtful[]> {
    const allowed = await this.gate.mightHaveCollected(
      doubtful.map(({ subjectId, category, service, thirdPartyService, occurredAt, purpose }) => ({
        subjectId,
        action: 'collect',
        categories: [category],
        purpose,
        service,
        thirdPartyService,
        occurredAt: occurredAt.getTime(),
      })),
    );
    return doubtful.filter((_, index) => allowed[index] === false);
  }

  private async finish({ name, module }: LineageTable, { rows, purposes }: Progress): Promise<void> {
    await this.db.execute(`UPDATE ${module}.later_consents SET finished_at = $1`, [this.clock.now()]);
    await this.audit.record({
      act: 'consent.laterConsentsTakenAway',
      object: { type: 'table', id: name },
      actor: { kind: 'system', id: 'system' },
      details: { rows, purposes },
    });
    this.logger.warn(
      `Looked through ${name} once: ${purposes} purposes of ${rows} rows rested on what was given after it happened and were taken away`,
    );
  }
}

function withoutWrong({ name, id }: LineageTable, wrong: readonly Doubtful[]): LeftOverRows {
  return {
    sql: `SELECT row.subject_id, row.${id}, row.due_month, row.category, row.service,
        (SELECT coalesce(jsonb_agg(entry ORDER BY place), '[]') FROM jsonb_array_elements(row.lineage) WITH ORDINALITY AS each (entry, place)
         WHERE NOT entry->>'purpose' = ANY(wrong.purposes)) AS lineage
      FROM (
        SELECT subject_id, id, due_month, array_agg(purpose) AS purposes
        FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[]) AS one (subject_id, id, due_month, purpose) GROUP BY 1, 2, 3
      ) AS wrong
      JOIN ${name} AS row ON row.subject_id = wrong.subject_id AND row.${id} = wrong.id AND row.due_month = wrong.due_month`,
    parameters: [
      wrong.map((one) => one.subjectId),
      wrong.map((one) => one.id),
      wrong.map((one) => one.dueMonth),
      wrong.map((one) => one.purpose),
    ],
  };
}
