import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Clock, newId, type Page } from '@abide/kernel';
import { Database, readCursor, toPage, UseListeners, type PageQuery } from '@abide/platform';

export interface Positioning {
  readonly isOn: boolean;
  readonly changedAt: Date | null;
}

/** One turn of the positioning switch. */
export interface PositioningTurn {
  readonly isOn: boolean;
  readonly at: Date;
}

export interface PrivacyControl {
  /** When the signal was first seen, or switched on; null where it does not stand. */
  readonly since: Date | null;
  /** The subject said that the signal does not speak for them. */
  readonly isCleared: boolean;
}

const mostRemembered = 50_000;

/** The standing choices that are no consents: the positioning switch, and Global Privacy Control (W3C GPC). */
@Injectable()
export class Preferences implements OnModuleInit {
  /** Subjects whose signal is on record or cleared: seeing it again changes nothing. */
  private readonly settled = new Set<string>();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly uses: UseListeners,
  ) {}

  onModuleInit(): void {
    this.uses.registerPrivacyControl((subjectId) => this.seePrivacyControl(subjectId));
  }

  async positioning(subjectId: string): Promise<Positioning> {
    const [row] = await this.db.query<{ is_positioning_on: boolean; positioning_changed_at: Date | null }>(
      'SELECT is_positioning_on, positioning_changed_at FROM consent.preferences WHERE subject_id = $1',
      [subjectId],
    );
    return { isOn: row?.is_positioning_on ?? false, changedAt: row?.positioning_changed_at ?? null };
  }

  /** Turns the switch; what it stands at already is no turn. Each turn is later than the one before, however clocks step. */
  async switchPositioning(subjectId: string, isOn: boolean): Promise<Positioning> {
    return this.db.transaction(async () => {
      const [turned] = await this.db.query<{ at: Date }>(
        `INSERT INTO consent.preferences AS own (subject_id, is_positioning_on, positioning_changed_at) VALUES ($1, $2, $3)
         ON CONFLICT (subject_id) DO UPDATE SET is_positioning_on = excluded.is_positioning_on,
           positioning_changed_at = greatest(excluded.positioning_changed_at, own.positioning_changed_at + interval '1 millisecond')
         WHERE own.is_positioning_on <> excluded.is_positioning_on OR own.positioning_changed_at IS NULL
         RETURNING positioning_changed_at AS at`,
        [subjectId, isOn, this.clock.now()],
      );
      if (!turned) return this.positioning(subjectId);
      await this.db.execute(
        'INSERT INTO consent.positioning_changes (subject_id, id, is_on, at) VALUES ($1, $2, $3, $4)',
        [subjectId, newId(), isOn, turned.at],
      );
      await this.audit.record({
        act: isOn ? 'positioning.switchedOn' : 'positioning.switchedOff',
        object: { type: 'subject', id: subjectId },
        subjectId,
      });
      return { isOn, changedAt: turned.at };
    });
  }

  /** The turns of the switch, newest first; the first is the one that stands. */
  async positioningTurns(subjectId: string, { limit, cursor }: PageQuery): Promise<Page<PositioningTurn>> {
    const after = readCursor(cursor);
    const rows = await this.db.query<PositioningTurn & { id: string }>(
      `SELECT id, is_on AS "isOn", at FROM consent.positioning_changes WHERE subject_id = $1 AND ($2::timestamptz IS NULL OR (at, id) < ($2, $3::uuid))
       ORDER BY at DESC, id DESC LIMIT $4`,
      [subjectId, after?.at ?? null, after?.id ?? null, limit + 1],
    );
    return toPage(
      rows,
      limit,
      (row) => row,
      ({ isOn, at }) => ({ isOn, at }),
    );
  }

  async privacyControl(subjectId: string): Promise<PrivacyControl> {
    const [row] = await this.db.query<{ gpc_since: Date | null; gpc_cleared_at: Date | null }>(
      'SELECT gpc_since, gpc_cleared_at FROM consent.preferences WHERE subject_id = $1',
      [subjectId],
    );
    return { since: row?.gpc_since ?? null, isCleared: (row?.gpc_cleared_at ?? null) !== null };
  }

  /** What the subject says of the signal themselves: stands above what their browser sends. */
  async setPrivacyControl(subjectId: string, isOn: boolean): Promise<PrivacyControl> {
    return this.db.transaction(async () => {
      const now = await this.laterThanConsents(subjectId);
      const [turned] = await this.db.query<{ at: Date }>(
        `INSERT INTO consent.preferences AS own (subject_id, is_positioning_on, gpc_since, gpc_cleared_at) VALUES ($1, false, $2, $3)
         ON CONFLICT (subject_id) DO UPDATE SET
           gpc_since = CASE WHEN excluded.gpc_since IS NOT NULL THEN greatest(excluded.gpc_since, own.gpc_cleared_at + interval '1 millisecond') END,
           gpc_cleared_at = CASE WHEN excluded.gpc_since IS NULL THEN greatest(excluded.gpc_cleared_at, own.gpc_since + interval '1 millisecond') END
         WHERE (own.gpc_since IS NULL) <> (excluded.gpc_since IS NULL) OR (own.gpc_cleared_at IS NULL) <> (excluded.gpc_cleared_at IS NULL)
         RETURNING coalesce(gpc_since, gpc_cleared_at) AS at`,
        [subjectId, isOn ? now : null, isOn ? null : now],
      );
      if (turned) await this.keepTurn(subjectId, isOn, turned.at);
      if (turned)
        await this.audit.record({
          act: isOn ? 'privacyControl.set' : 'privacyControl.cleared',
          object: { type: 'subject', id: subjectId },
          subjectId,
        });
      return this.privacyControl(subjectId);
    });
  }

  /** The first request that carries the signal puts it on record; one that was cleared stays cleared. */
  private async seePrivacyControl(subjectId: string): Promise<void> {
    if (this.settled.has(subjectId)) return;
    await this.db.transaction(async () => {
      const [turned] = await this.db.query<{ at: Date }>(
        `INSERT INTO consent.preferences AS own (subject_id, is_positioning_on, gpc_since) VALUES ($1, false, $2)
         ON CONFLICT (subject_id) DO UPDATE SET gpc_since = excluded.gpc_since WHERE own.gpc_since IS NULL AND own.gpc_cleared_at IS NULL
         RETURNING gpc_since AS at`,
        [subjectId, await this.laterThanConsents(subjectId)],
      );
      if (!turned) return;
      await this.keepTurn(subjectId, true, turned.at);
      await this.audit.record({ act: 'privacyControl.seen', object: { type: 'subject', id: subjectId }, subjectId });
    });
    this.db.afterCommit(() => this.remember(subjectId));
  }

  private remember(subjectId: string): void {
    if (this.settled.size >= mostRemembered) this.settled.clear();
    this.settled.add(subjectId);
  }

  /** The present, and never before a consent that a faster clock dated: the signal overrules every consent that was given before it. */
  private async laterThanConsents(subjectId: string): Promise<Date> {
    const now = this.clock.now();
    const [row] = await this.db.query<{ at: Date }>(
      `SELECT greatest($2::timestamptz, max(granted_at) + interval '1 millisecond') AS at FROM consent.states WHERE subject_id = $1`,
      [subjectId, now],
    );
    return row?.at ?? now;
  }

  private async keepTurn(subjectId: string, isOn: boolean, at: Date): Promise<void> {
    await this.db.execute(
      'INSERT INTO consent.privacy_control_changes (subject_id, id, is_on, at) VALUES ($1, $2, $3, $4)',
      [subjectId, newId(), isOn, at],
    );
  }
}
