import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Jobs } from '@abide/platform';
import { PublicRequestRecords } from '../askers/public-request-records.js';
import { RequestRecords } from './request-records.js';
import { RequestRetention } from './request-retention.js';
import { RequestTelling, type ToldStep } from './request-telling.js';
import type { SubjectRequest } from './request.entity.js';

/** The last step of every request that is answered. */
@Injectable()
export class RequestClosing {
  constructor(
    private readonly clock: Clock,
    private readonly records: RequestRecords,
    private readonly retention: RequestRetention,
    private readonly telling: RequestTelling,
    private readonly publicRequests: PublicRequestRecords,
    private readonly jobs: Jobs,
  ) {}

  /** In the open transaction; whoever calls saves the request. `step`: what they are told of it. */
  async close(request: SubjectRequest, step: ToldStep = 'answered'): Promise<void> {
    const now = this.clock.now();
    request.close(now, await this.retention.endOfClosed());
    await this.records.note(request, 'closed', { details: { outcome: request.outcome ?? '' } });
    await this.publicRequests.releaseEvidence(request.id);
    await this.telling.tell(request, step);
    const { id: requestId, type, outcome } = request;
    await this.jobs.publish('rights.request_closed', { requestId, type, outcome, at: now.toISOString() });
  }
}
