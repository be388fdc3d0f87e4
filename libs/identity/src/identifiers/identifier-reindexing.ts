import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, DomainError } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import { IdentifierClaims } from '@abide/vault';
import { normaliseIdentifier, type Identifier } from '../subjects/identifier.rules.js';
import { Identifiers } from './identifiers.service.js';

const intervalSeconds = 60;
const perBatch = 200;

/** Two accounts whose identifiers turned out to be one and the same: who has it in another form, and whose it is in the normal one. */
export interface SharedIdentifier {
  readonly subjectId: string;
  readonly otherId: string;
  readonly type: Identifier['type'];
  readonly foundAt: Date;
}

/**
 * Brings identifiers that an earlier version kept in another form into the normal one. Where that is somebody else's already, both
 * accounts stay as they are and are listed for a person: they are never merged.
 */
@Injectable()
export class IdentifierReindexing implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tasks: ScheduledTasks,
    private readonly claims: IdentifierClaims,
    private readonly identifiers: Identifiers,
  ) {}

  onModuleInit(): void {
    this.tasks.every(intervalSeconds, 'identity.reindex_identifiers', () => this.run());
  }

  async run(): Promise<void> {
    for (let taken = perBatch; taken === perBatch;) {
      const rows = await this.db.query<{ subjectId: string }>(
        `SELECT DISTINCT subject_id AS "subjectId" FROM identity.identifiers WHERE NOT is_normal LIMIT ${perBatch}`,
      );
      for (const { subjectId } of rows) await this.db.transaction(() => this.reindex(subjectId));
      taken = rows.length;
    }
  }

  /** Which accounts share an identifier, newest first; none of which one account was erased. */
  async shared(): Promise<SharedIdentifier[]> {
    return this.db.query<SharedIdentifier>(
      `SELECT shared.subject_id AS "subjectId", shared.other_id AS "otherId", shared.type, shared.found_at AS "foundAt"
       FROM identity.shared_identifiers shared JOIN identity.subjects other ON other.subject_id = shared.other_id
       ORDER BY shared.found_at DESC, shared.subject_id LIMIT 100`,
    );
  }

  private async reindex(subjectId: string): Promise<void> {
    for (const { type, value, confirmedAt } of await this.identifiers.listWhileKeysLive(subjectId)) {
      const normal = normalFormOf({ type, value });
      if (normal !== null && normal.value !== value)
        await this.bringIn(subjectId, { former: value, normal, isConfirmed: confirmedAt !== null });
    }
    await this.db.execute('UPDATE identity.identifiers SET is_normal = true WHERE subject_id = $1', [subjectId]);
  }

  private async bringIn(
    subjectId: string,
    { former, normal, isConfirmed }: { former: string; normal: Identifier; isConfirmed: boolean },
  ): Promise<void> {
    const owner = isConfirmed ? await this.claims.findOwner(normal.type, normal.value) : null;
    if (owner === null) return this.identifiers.rewrite(subjectId, normal, { former, isConfirmed });
    await this.db.execute(
      'INSERT INTO identity.shared_identifiers (subject_id, type, other_id, found_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      [subjectId, normal.type, owner, this.clock.now()],
    );
  }
}

/** Null for what could be kept once and has no normal form: it stays as it is, and is found by what was typed then. */
function normalFormOf(identifier: Identifier): Identifier | null {
  try {
    return normaliseIdentifier(identifier);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
