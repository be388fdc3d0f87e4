import { Injectable } from '@nestjs/common';
import { RequestCodes } from '@abide/identity';
import { Clock, DomainError } from '@abide/kernel';
import type { SubjectPrincipal } from '@abide/platform';
import { RequestQueries } from './request.queries.js';
import type { SubjectRequest } from './request.entity.js';

const recentMinutes = 15;

/** More than a session, before a request shows what is held or lets it go for good: a session may be stolen, and is renewed for months. */
@Injectable()
export class RecentProof {
  constructor(
    private readonly clock: Clock,
    private readonly codes: RequestCodes,
    private readonly queries: RequestQueries,
  ) {}

  /**
   * The session began, or a code for this request was given in it, within the last fifteen minutes: what somebody proves in one session, another that was stolen has no part in.
   * @throws DomainError `access.reauthentication_needed`
   */
  async require(request: SubjectRequest, by: SubjectPrincipal): Promise<void> {
    const since = new Date(this.clock.now().getTime() - recentMinutes * 60_000);
    if (await this.codes.signedInSince(by, since)) return;
    if (await this.queries.isProvenSince(request, by.sessionId, since)) return;
    throw new DomainError('forbidden', 'access.reauthentication_needed', {
      detail: `Have a code sent for this request and confirm it, or sign in again; then repeat this within ${recentMinutes} minutes. Nothing was changed.`,
    });
  }
}
