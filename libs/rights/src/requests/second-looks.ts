import { Injectable } from '@nestjs/common';
import { Subjects } from '@abide/identity';
import { changesSomething } from '../request-kinds.js';
import type { SubjectRequest } from './request.entity.js';

/** Which decisions a second operator has to look at. */
@Injectable()
export class SecondLooks {
  constructor(private readonly subjects: Subjects) {}

  /** What changes somebody's data or what may be done with it, decided by who recorded it for them; a refusal to somebody who is under age, or to a guardian. */
  async needs({ subjectId, type, outcome, openedBy, decidedBy, askedAs }: SubjectRequest): Promise<boolean> {
    if (openedBy !== null && openedBy === decidedBy && changesSomething(type)) return true;
    if (outcome === 'granted') return false;
    if (askedAs === 'guardian') return true;
    const minorStatus = (await this.subjects.find(subjectId))?.minorStatus;
    return minorStatus === 'under14' || minorStatus === 'under18';
  }
}
