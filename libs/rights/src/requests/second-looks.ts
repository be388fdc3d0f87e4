import { Injectable } from '@nestjs/common';
import { Subjects } from '@abide/identity';
import type { SubjectRequest } from './request.entity.js';

/** Which decisions a second operator has to look at. */
@Injectable()
export class SecondLooks {
  constructor(private readonly subjects: Subjects) {}

  /** A refusal to somebody who is under age, or may be. */
  async needs({ subjectId, outcome }: SubjectRequest): Promise<boolean> {
    if (outcome === 'granted') return false;
    const minorStatus = (await this.subjects.find(subjectId))?.minorStatus;
    return minorStatus === 'under14' || minorStatus === 'under18';
  }
}
