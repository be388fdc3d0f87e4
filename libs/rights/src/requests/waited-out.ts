import { Injectable } from '@nestjs/common';
import { Closings, Subjects } from '@abide/identity';
import { Jobs } from '@abide/platform';
import { Farewells } from './farewells.js';
import { queueFulfilment } from './fulfilment-job.js';
import type { SubjectRequest } from './request.entity.js';

/** What was to go for good begins to go: nobody takes it back any more. */
@Injectable()
export class WaitedOut {
  constructor(
    private readonly jobs: Jobs,
    private readonly closings: Closings,
    private readonly farewells: Farewells,
    private readonly subjects: Subjects,
  ) {}

  /** Of a locked request, in the open transaction; whoever calls saves it. Where the account goes, it is closed in the same instant, so that nothing comes in any more while what is there is erased. */
  async begin(request: SubjectRequest): Promise<void> {
    request.requireState('waiting');
    request.waitFor('fulfilling');
    if (request.type === 'accountClosure' && (await this.subjects.find(request.subjectId))) {
      await this.farewells.prepare(request);
      await this.closings.close(request.subjectId, { number: request.number });
    }
    await queueFulfilment(this.jobs, request);
  }
}
