import { Injectable } from '@nestjs/common';
import { HolderCalls } from '@abide/holders';
import { Database, Jobs } from '@abide/platform';
import { refusal } from '../rights.errors.js';
import { queueFulfilment } from '../requests/fulfilment-job.js';
import { RequestRecords } from '../requests/request-records.js';

/** Begins anew what is left of a request. */
@Injectable()
export class FulfilmentRetries {
  constructor(
    private readonly db: Database,
    private readonly jobs: Jobs,
    private readonly calls: HolderCalls,
    private readonly records: RequestRecords,
  ) {}

  /** @throws DomainError `request.not_found`, `request.waiting`, `request.over`, `request.state` */
  async retry(requestId: string): Promise<void> {
    await this.db.transaction(async () => {
      const request = await this.records.lock(requestId);
      if (request.state === 'waiting') throw refusal('request.waiting');
      request.requireState('fulfilling');
      await this.calls.revive({ reference: requestId });
      await queueFulfilment(this.jobs, request);
    });
  }
}
