import { Injectable } from '@nestjs/common';
import { AfterDeath, Deaths } from '@abide/identity';
import { relativesActOf, type RequestType } from '../request-kinds.js';
import { refusal } from '../rights.errors.js';

/** What somebody arranged while alive binds what is done for their relatives (PIPL art. 49). */
@Injectable()
export class Arrangements {
  constructor(
    private readonly afterDeath: AfterDeath,
    private readonly deaths: Deaths,
  ) {}

  /** @throws DomainError `request.arranged_otherwise` */
  async require(subjectId: string, type: RequestType): Promise<void> {
    const act = relativesActOf(type);
    if (act !== null && (await this.afterDeath.relativesMayNot(subjectId)).includes(act))
      throw refusal('request.arranged_otherwise');
  }

  /** The same of whoever's death is noted: whatever is asked about them, a relative asks. @throws DomainError `request.arranged_otherwise` */
  async requireIfDead(subjectId: string, type: RequestType): Promise<void> {
    if (await this.deaths.notedAt(subjectId)) await this.require(subjectId, type);
  }
}
