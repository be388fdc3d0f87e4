import { Injectable } from '@nestjs/common';
import { Subjects } from '@abide/identity';
import { changesWhatIsHeld } from '../request-kinds.js';
import type { SubjectRequest } from './request.entity.js';

/** Which decisions a second operator has to look at. */
@Injectable()
export class SecondLooks {
  constructor(private readonly subjects: Subjects) {}

  /** What changes somebody's data, decided by who recorded it for them; a refusal to somebody who is under age, or may be. */
  async needs({ subjectId, type, outcome, openedBy, decidedBy }: SubjectRequest): Promise<boolean> {
    if (openedBy !== null && openedBy === decidedBy && changesWhatIsHeld(type)) return true;
    if (outcome === 'granted') return false;
    const minorStatus = (await this.subjects.find(subjectId))?.minorStatus;
    return minorStatus === 'under14' || minorStatus === 'under18';
  }
}
