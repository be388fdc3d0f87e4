import { Injectable } from '@nestjs/common';
import { Audit, evidenceParts } from '@abide/audit';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { LookKind } from './look.rules.js';

/**
 * The entry is written by whoever moves the hour on; of somebody nobody knows, and of the erased, nothing is kept.
 * Looks of one moment may arrive in another order than they began in: the hour counts both ways.
 */
const statement = `
  WITH look AS (
    INSERT INTO identity.looks AS last (subject_id, operator_id, kind, at)
    SELECT subject_id, $2::uuid, $3, $4::timestamptz FROM identity.subjects WHERE subject_id = $1::uuid
    ON CONFLICT (subject_id, operator_id, kind) DO UPDATE SET at = excluded.at
      WHERE last.at <= excluded.at - interval '1 hour' OR last.at >= excluded.at + interval '1 hour'
    RETURNING subject_id
  ), ${evidenceParts({ of: 'look', first: 5 })} SELECT 1 FROM look`;

/** Reading is an act too: that an operator looked at a person is on record, once an hour for each kind of look. */
@Injectable()
export class Looks {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** One statement, whether or not it is the first look of the hour. */
  async note(subjectId: string, operatorId: string, kind: LookKind): Promise<void> {
    const evidence = this.audit.valuesOf({
      act: 'subject.viewed',
      object: { type: 'subject', id: subjectId },
      subjectId,
      details: { kind },
    });
    await this.db.executePrepared('identity.note_look', statement, [
      subjectId,
      operatorId,
      kind,
      this.clock.now(),
      ...evidence,
    ]);
  }
}
