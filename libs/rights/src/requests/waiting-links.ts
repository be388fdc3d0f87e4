import { Injectable } from '@nestjs/common';
import { PendingChanges } from '@abide/identity';
import type { SubjectRequest } from './request.entity.js';

/** What a change is about that says whose data a near relative asks about. */
export const relativeRequestObject = 'relativeRequest';

/** Which requests of near relatives wait for somebody to agree whose data they are about. */
@Injectable()
export class WaitingLinks {
  constructor(private readonly changes: PendingChanges) {}

  /** The change that waits, by its id; null where none does. Relatives ask on the web alone, and what is linked goes on as another request. */
  async of({ id, channel, askedAs }: SubjectRequest): Promise<string | null> {
    if (channel !== 'web' || askedAs !== null) return null;
    return this.changes.findWaiting(relativeRequestObject, id);
  }
}
