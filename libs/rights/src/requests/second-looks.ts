import { Injectable } from '@nestjs/common';
import { Subjects } from '@abide/identity';
import { changesSomething } from '../request-kinds.js';
import type { SubjectRequest } from './request.entity.js';

/** Which decisions a second operator has to look at. */
@Injectable()
export class SecondLooks {
  constructor(private readonly subjects: Subjects) {}

  /**
   * What changes somebody's data or what may be done with it, decided by who recorded it for them; closing an account on one proof alone; a refusal to somebody
   * who is under age, or to a guardian.
   */
  async needs(request: SubjectRequest): Promise<boolean> {
    const { subjectId, type, outcome, openedBy, decidedBy, askedAs } = request;
    const subject = await this.subjects.find(subjectId);
    if (outcome !== 'refused' && subject !== null && lacksSecondProof(request)) return true;
    if (openedBy !== null && openedBy === decidedBy && changesSomething(type)) return true;
    if (outcome === 'granted') return false;
    if (askedAs === 'guardian') return true;
    const minorStatus = subject?.minorStatus;
    return minorStatus === 'under14' || minorStatus === 'under18';
  }
}

/** An account is closed on more than a code to one address: a password as well, or a colleague who recorded it and made sure who asks. */
export function lacksSecondProof({
  type,
  hasSecondProof,
  openedBy,
}: Pick<SubjectRequest, 'type' | 'hasSecondProof' | 'openedBy'>): boolean {
  return type === 'accountClosure' && !hasSecondProof && openedBy === null;
}
