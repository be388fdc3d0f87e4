import { Injectable } from '@nestjs/common';
import { answerOf, Database, nothingToDo, type HolderAnswer, type Restriction } from '@abide/platform';

const everything = '*';

/** The one place that keeps what of a subject is stored only: as it stands with the account, where the gate reads it, and each with its date and ground. */
@Injectable()
export class Restrictions {
  constructor(private readonly db: Database) {}

  /** Restricts or lifts; nothing where it stands so already. Joins the open transaction. */
  async turn(subjectId: string, restriction: Restriction): Promise<HolderAnswer> {
    return this.db.transaction(async () => {
      const count = await this.turnState(subjectId, restriction);
      if (count === 0) return nothingToDo;
      await this.record(subjectId, restriction);
      return answerOf([{ category: restriction.category ?? 'none', table: 'identity.subjects', count }]);
    });
  }

  private turnState(subjectId: string, { category, state, at }: Restriction): Promise<number> {
    const isRestricted = state === 'restricted';
    if (category === null)
      return this.db.execute(
        'UPDATE identity.subjects SET is_restricted = $2, state_changed_at = $3 WHERE subject_id = $1 AND is_restricted <> $2',
        [subjectId, isRestricted, at],
      );
    const change = isRestricted ? 'array_append' : 'array_remove';
    return this.db.execute(
      `UPDATE identity.subjects SET restricted_categories = ${change}(restricted_categories, $2), state_changed_at = $3
       WHERE subject_id = $1 AND ($2 = ANY(restricted_categories)) <> $4`,
      [subjectId, category, at, isRestricted],
    );
  }

  private async record(subjectId: string, { category, state, at, ground }: Restriction): Promise<void> {
    const parameters = [subjectId, category ?? everything, at, ground];
    if (state === 'restricted')
      await this.db.execute(
        'INSERT INTO identity.restrictions (subject_id, category, since, ground) VALUES ($1, $2, $3, $4)',
        parameters,
      );
    else
      await this.db.execute(
        'UPDATE identity.restrictions SET lifted_at = $3, lift_ground = $4 WHERE subject_id = $1 AND category = $2 AND lifted_at IS NULL',
        parameters,
      );
  }
}
