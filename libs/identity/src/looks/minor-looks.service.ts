import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@abide/kernel';
import { Database } from '@abide/platform';

/** Whether an operator may look at somebody's data: a minor's only while a colleague lets them. */
@Injectable()
export class MinorLooks {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** True of a minor whom no colleague lets this operator look at now; of nobody else, nor of whom nobody knows. */
  async isClosed(subjectId: string, operatorId: string): Promise<boolean> {
    const [row] = await this.db.query<{ isOpen: boolean }>(
      `SELECT EXISTS (
         SELECT FROM identity.minor_looks look
         WHERE look.subject_id = subject.subject_id AND look.operator_id = $2 AND look.open_until > $3
       ) AS "isOpen"
       FROM identity.subjects subject WHERE subject_id = $1 AND minor_status IN ('under14', 'under18')`,
      [subjectId, operatorId, this.clock.now()],
    );
    return row?.isOpen === false;
  }

  /** @throws DomainError `subject.minor_look_unapproved` */
  async require(subjectId: string, operatorId: string): Promise<void> {
    if (await this.isClosed(subjectId, operatorId))
      throw new DomainError('forbidden', 'subject.minor_look_unapproved', {
        detail: "A minor's data is shown after a colleague has agreed, for an hour. Nothing was shown.",
      });
  }
}
