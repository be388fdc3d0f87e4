import { Injectable } from '@nestjs/common';
import { Database } from '@abide/platform';
import type { ActorKind, Details } from './entry.rules.js';

/** What the trail says of an act, without what its openings tell. */
export interface RecordedAct {
  readonly objectId: string;
  readonly act: string;
  readonly actorKind: ActorKind;
  readonly actorId: string;
  readonly at: Date;
  readonly details: Details;
}

interface Sought {
  readonly objectType: string;
  readonly objectIds: readonly string[];
  readonly acts: readonly string[];
}

/** What the trail says of things, for modules whose rules rest on who once did something to them. */
@Injectable()
export class RecordedActs {
  constructor(private readonly db: Database) {}

  /** Every such act on these things, oldest first. */
  on({ objectType, objectIds, acts }: Sought): Promise<RecordedAct[]> {
    return this.db.query<RecordedAct>(
      `SELECT object_id AS "objectId", act, actor_kind AS "actorKind", actor_id AS "actorId", at, details
       FROM audit.entries WHERE object_type = $1 AND object_id = ANY ($2::text[]) AND act = ANY ($3::text[]) ORDER BY at, id`,
      [objectType, objectIds, acts],
    );
  }
}
