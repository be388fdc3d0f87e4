import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TimelineFragments, type TimelineEntry, type TimelineRange } from '@abide/identity';
import { Database } from '@abide/platform';

interface Row {
  readonly id: string;
  readonly at: Date;
  readonly policy: string;
  readonly revision: number;
  readonly mode: string;
}

const entries = `
  WITH entries AS (
    SELECT ('accepted.' || acceptance.mode || '/' || acceptance.revision_id) COLLATE "C" AS id, acceptance.at,
      policy.slug AS policy, revision.number AS revision, acceptance.mode
    FROM policy.acceptances acceptance
    JOIN policy.revisions revision ON revision.id = acceptance.revision_id
    JOIN policy.policies policy ON policy.id = acceptance.policy_id
    WHERE acceptance.subject_id = $1
  )
  SELECT * FROM entries WHERE $2::timestamptz IS NULL OR (at, id) < ($2, $3)
  ORDER BY at DESC, id DESC LIMIT $4`;

/** What a subject accepted, in their timeline. */
@Injectable()
export class AcceptancesFragment implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly timeline: TimelineFragments,
  ) {}

  onModuleInit(): void {
    this.timeline.register({
      name: 'acceptances',
      permission: 'subject.read',
      load: (subjectId, range) => this.load(subjectId, range),
    });
  }

  private async load(subjectId: string, { before, limit }: TimelineRange): Promise<readonly TimelineEntry[]> {
    const rows = await this.db.query<Row>(entries, [subjectId, before?.at ?? null, before?.id ?? null, limit]);
    return rows.map(({ id, at, ...facts }) => ({ id, kind: 'accepted', at, facts }));
  }
}
