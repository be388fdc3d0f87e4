import { Injectable } from '@nestjs/common';
import { isDecidedBySupport } from '../request-kinds.js';
import type { Asker } from './queue-filters.js';
import { RequestRecords } from './request-records.js';
import type { SubjectRequest } from './request.entity.js';

/** What about a request and an operator forbids them to judge it: its kind, an earlier round, or their own part in this one. */
export type DeciderBarrier = 'kind' | 'decidedBefore' | 'ownDecision';

/** Who may judge a request: after an appeal people who had no part in what was decided before. */
@Injectable()
export class Deciders {
  constructor(private readonly records: RequestRecords) {}

  async barrier(request: SubjectRequest, decider: Asker): Promise<DeciderBarrier | null> {
    return barrierOf(request, decider, await this.earlier(request));
  }

  /** Who decided or agreed in an earlier round. */
  async earlier(request: SubjectRequest): Promise<ReadonlySet<string>> {
    return new Set(request.round > 1 ? await this.records.earlierJudges(request) : []);
  }
}

/** Null where the operator may decide it, or, where it waits for a second look, agree or disagree. */
export function barrierOf(
  { type, state, decidedBy, openedBy }: SubjectRequest,
  { operatorId, permissions }: Asker,
  earlier: ReadonlySet<string>,
): DeciderBarrier | null {
  if (!permissions.has(isDecidedBySupport(type) ? 'request.decide' : 'request.decideAny')) return 'kind';
  if (state === 'awaitingSecond' && [decidedBy, openedBy].includes(operatorId)) return 'ownDecision';
  return earlier.has(operatorId) ? 'decidedBefore' : null;
}
