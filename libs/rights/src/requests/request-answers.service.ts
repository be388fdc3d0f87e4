import { Injectable } from '@nestjs/common';
import { Clock, type Page } from '@abide/kernel';
import { requestContext, toPage } from '@abide/platform';
import { toRequest, toRequestLine, type Reading, type RequestLine, type RequestResponse } from './request.dto.js';
import { RequestViews } from './request-view.service.js';
import type { QueuedRequest } from './request.queries.js';
import type { SubjectRequest } from './request.entity.js';

/** Requests as whoever asked reads them, in the language of the call: for themselves, for a ward, for an enterprise. */
@Injectable()
export class RequestAnswers {
  constructor(
    private readonly clock: Clock,
    private readonly views: RequestViews,
  ) {}

  async one(request: SubjectRequest): Promise<RequestResponse> {
    return toRequest(await this.views.forSubject(request), this.reading());
  }

  /** The same for whom it is about, who may not have asked it. */
  async own(request: SubjectRequest): Promise<RequestResponse> {
    return toRequest(await this.views.forConcerned(request), this.reading());
  }

  page(found: readonly QueuedRequest[], limit: number): Page<RequestLine> {
    return toPage(
      found,
      limit,
      ({ openedAt, id }) => ({ at: openedAt, id }),
      (one) => toRequestLine(one, this.reading()),
    );
  }

  private reading(): Reading {
    return { now: this.clock.now(), locale: requestContext()?.locale ?? 'zh-CN' };
  }
}
