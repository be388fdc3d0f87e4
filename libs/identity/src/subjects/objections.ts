import { Injectable } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';

/** A purpose that a subject objects to. */
export interface Objection {
  readonly purpose: string;
  readonly since: Date;
  /** The number of the request that it was upheld by. */
  readonly ground: string;
}

/** The one place that keeps to which purposes subjects object: as it stands with the account, where the gate reads it, and each with its dates and ground. */
@Injectable()
export class Objections {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** Those that stand, the oldest first. */
  of(subjectId: string): Promise<Objection[]> {
    return this.db.query<Objection>(
      'SELECT purpose, since, ground FROM identity.objections WHERE subject_id = $1 AND taken_back_at IS NULL ORDER BY since, purpose',
      [subjectId],
    );
  }

  /** Closes the gate for the purpose from now on; changes nothing where it stands so already. Joins the open transaction. */
  async uphold(subjectId: string, purpose: string, ground: string): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction(async () => {
      const changed = await this.db.execute(
        `UPDATE identity.subjects SET objected_purposes = array_append(objected_purposes, $2), state_changed_at = $3
         WHERE subject_id = $1 AND NOT $2 = ANY(objected_purposes)`,
        [subjectId, purpose, now],
      );
      if (changed === 0) return;
      await this.db.execute(
        'INSERT INTO identity.objections (subject_id, purpose, since, ground) VALUES ($1, $2, $3, $4)',
        [subjectId, purpose, now, ground],
      );
      await this.note('upheld', subjectId, purpose);
    });
  }

  /** By the person concerned; false where none stands. */
  async takeBack(subjectId: string, purpose: string): Promise<boolean> {
    const now = this.clock.now();
    return this.db.transaction(async () => {
      const changed = await this.db.execute(
        `UPDATE identity.subjects SET objected_purposes = array_remove(objected_purposes, $2), state_changed_at = $3
         WHERE subject_id = $1 AND $2 = ANY(objected_purposes)`,
        [subjectId, purpose, now],
      );
      if (changed === 0) return false;
      await this.db.execute(
        'UPDATE identity.objections SET taken_back_at = $3 WHERE subject_id = $1 AND purpose = $2 AND taken_back_at IS NULL',
        [subjectId, purpose, now],
      );
      await this.note('takenBack', subjectId, purpose);
      return true;
    });
  }

  private note(act: 'upheld' | 'takenBack', subjectId: string, purpose: string): Promise<void> {
    return this.audit.record({
      act: `objection.${act}`,
      object: { type: 'subject', id: subjectId },
      subjectId,
      details: { purpose },
    });
  }
}
