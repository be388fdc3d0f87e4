import { IntersectionType } from '@nestjs/swagger';
import { PendingChangeAnswer } from '@abide/identity';
import { Flag, Id, Ids, ListOf, Nested, OneOf, Text, Whole } from '@abide/platform';
import {
  requestOutcomes,
  requestStates,
  requestTypes,
  type RequestOutcome,
  type RequestState,
  type RequestType,
} from '../request-kinds.js';
import { DecideRequest } from '../requests/operator-request.dto.js';
import { dueFilters, onlyFilters, type DueFilter, type OnlyFilter } from '../requests/queue-filter.js';
import type { BulkDecision, BulkItem } from './bulk-decision.queries.js';
import { mostAtOnce } from './bulk-decisions.service.js';

class QueuePart {
  @OneOf(requestStates, { optional: true }) readonly state?: RequestState;
  @OneOf(requestTypes, { optional: true }) readonly type?: RequestType;
  @Text({
    max: 36,
    optional: true,
    description: 'me, nobody, or the id of an operator',
    pattern: /^(me|nobody|[0-9a-f-]{36})$/,
  })
  readonly assignee?: string;
  @OneOf(dueFilters, { optional: true }) readonly due?: DueFilter;
  @OneOf(onlyFilters, { optional: true }) readonly only?: OnlyFilter;
}

export class DecideInBulk {
  @Ids({ max: mostAtOnce, min: 1, optional: true, description: 'These; or else all that the filter finds' })
  readonly ids?: string[];
  @Nested(() => QueuePart, { optional: true, description: 'As the queue is filtered' }) readonly filter?: QueuePart;
  @Nested(() => DecideRequest) readonly decision: DecideRequest = new DecideRequest();
  @Flag({ description: 'Say what would come of it, and do nothing' }) readonly dryRun: boolean = false;
}

class BulkItemDto {
  @Id() readonly id: string = '';
  @Text({ max: 20, example: '261130-7K3M9QA' }) readonly number: string = '';
  @OneOf(requestTypes) readonly type: RequestType = 'access';
  @OneOf(requestOutcomes, { nullable: true, description: 'Null while it waits, and where it is refused' })
  readonly outcome: RequestOutcome | null = null;
  @OneOf(requestStates, { nullable: true, description: 'Where it is after the decision' })
  readonly state: RequestState | null = null;
  @Text({ max: 80, nullable: true, description: 'The code of why it cannot be decided so' })
  readonly refusal: string | null = null;
}

const bulkStates = ['dryRun', 'waiting', 'running', 'done'] as const;

/** A decision for many requests, with what comes of each. */
export class BulkDecisionResponse {
  @Id({ nullable: true, description: 'Null of a dry run' }) readonly id: string | null = null;
  @OneOf(bulkStates, { description: 'waiting: for a second operator' })
  readonly state: (typeof bulkStates)[number] = 'dryRun';
  @Whole({ min: 0, max: mostAtOnce, description: 'How many are settled' }) readonly settled: number = 0;
  @ListOf(() => BulkItemDto, { max: mostAtOnce }) readonly items: readonly BulkItemDto[] = [];
}

/** One that was proposed just now, with the change that waits. */
export class BulkDecisionAnswer extends IntersectionType(BulkDecisionResponse, PendingChangeAnswer) {}

export function toPreview(items: readonly BulkItem[]): BulkDecisionResponse {
  return { id: null, state: 'dryRun', settled: 0, items: items.map(toItem) };
}

export function toBulkDecision(bulk: BulkDecision, items: readonly BulkItem[]): BulkDecisionResponse {
  const settled = items.filter(({ outcome, refusal }) => outcome !== null || refusal !== null).length;
  const going = settled === items.length ? 'done' : 'running';
  return {
    id: bulk.id,
    state: bulk.confirmedBy === null ? 'waiting' : going,
    settled,
    items: items.map(toItem),
  };
}

function toItem({ id, number, type, outcome, state, refusal }: BulkItem): BulkItemDto {
  return { id, number, type, outcome, state, refusal };
}
