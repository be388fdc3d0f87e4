import { Injectable } from '@nestjs/common';
import { Database } from '@abide/platform';
import type { PolicyDocument } from '@abide/rulebook';
import { BoundedMemory } from '../bounded-memory.js';
import { publishedStates } from '../revisions/revision.entity.js';
import { Revisions } from '../revisions/revisions.js';

/** A published revision that a consent or a decision cites. */
export interface CitedRevision {
  readonly id: string;
  readonly policy: string;
  readonly number: number;
  readonly document: PolicyDocument;
}

/** What a revision is called: its policy's slug and its number, which never change. */
export type RevisionName = Pick<CitedRevision, 'policy' | 'number'>;

const textsKept = 100;
const namesKept = 10_000;

/** Revisions by id for modules that cite them: what is scheduled, in force or superseded; never a draft or a withdrawn text. */
@Injectable()
export class CitedRevisions {
  private readonly texts = new BoundedMemory<CitedRevision>(textsKept);
  private names = new Map<string, RevisionName>();

  constructor(
    private readonly db: Database,
    private readonly revisions: Revisions,
  ) {}

  async find(id: string): Promise<CitedRevision | null> {
    const [row] = await this.db.query('SELECT 1 FROM policy.revisions WHERE id = $1 AND state = ANY($2)', [
      id,
      publishedStates,
    ]);
    return row ? this.text(id) : null;
  }

  /** The text of a revision that is known to be published. */
  text(id: string): Promise<CitedRevision> {
    return this.texts.recall(id, async () => {
      const [found] = await this.revisions.withPolicies([id]);
      if (!found) throw new Error('A published revision is not there any more');
      return { id, policy: found.policy.slug, number: found.revision.number, document: found.revision.document };
    });
  }

  /** The texts of published revisions by what they are called; whichever there is not is left out. */
  async named(names: readonly RevisionName[]): Promise<CitedRevision[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT revision.id FROM policy.revisions revision JOIN policy.policies policy ON policy.id = revision.policy_id
       WHERE (policy.slug, revision.number) IN (SELECT * FROM unnest($1::text[], $2::int[])) AND revision.state = ANY($3)`,
      [names.map(({ policy }) => policy), names.map(({ number }) => number), publishedStates],
    );
    const found: CitedRevision[] = [];
    for (const { id } of rows) found.push(await this.text(id));
    return found;
  }

  /** What these revisions are called, by id; of others it may say so too. */
  async namesOf(ids: Iterable<string>): Promise<ReadonlyMap<string, RevisionName>> {
    const wanted = [...new Set(ids)];
    const unknown = wanted.filter((id) => !this.names.has(id));
    return unknown.length > 0 ? this.learn(wanted, unknown) : this.names;
  }

  /** Where there are too many, all but the wanted ones are forgotten; who was given them before keeps what they were given. */
  private async learn(
    wanted: readonly string[],
    unknown: readonly string[],
  ): Promise<ReadonlyMap<string, RevisionName>> {
    const known = this.names;
    const rows = await this.db.query<RevisionName & { id: string }>(
      `SELECT revision.id, policy.slug AS policy, revision.number
       FROM policy.revisions revision JOIN policy.policies policy ON policy.id = revision.policy_id WHERE revision.id = ANY($1::uuid[])`,
      [unknown],
    );
    const names = known.size > namesKept ? namesAmong(known, wanted) : known;
    for (const { id, policy, number } of rows) names.set(id, { policy, number });
    this.names = names;
    return names;
  }
}

function namesAmong(known: ReadonlyMap<string, RevisionName>, wanted: readonly string[]): Map<string, RevisionName> {
  return new Map(
    wanted.flatMap((id) => {
      const name = known.get(id);
      return name ? [[id, name] as const] : [];
    }),
  );
}
