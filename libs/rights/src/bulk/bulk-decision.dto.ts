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
import type { WantedDecision } from '../findings/finding.rules.js';
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
  @Whole({
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    nullable: true,
    description: 'Held of what it is about when it was proposed; null where nobody counted',
  })
  readonly records: number | null = null;
  @OneOf(requestOutcomes, { nullable: true, description: 'Null while it waits, and where it is refused' })
  readonly outcome: RequestOutcome | null = null;
  @OneOf(requestStates, { nullable: true, description: 'Where it is after the decision' })
  readonly state: RequestState | null = null;
  @Text({ max: 80, nullable: true, description: 'The code of why it cannot be decided so' })
  readonly refusal: string | null = null;
}

class BulkWordsDto {
  @OneOf(['grant', 'refuse', 'perCategory']) readonly outcome: WantedDecision['outcome'] = 'grant';
  @Text({ max: 2000, nullable: true, description: 'Of a refusal' }) readonly reason: string | null = null;
  @Text({ max: 5000, nullable: true, description: 'What everybody is answered' }) readonly text: string | null = null;
}

const bulkStates = ['dryRun', 'waiting', 'running', 'done'] as const;

/** A decision for many requests, with what comes of each. */
export class BulkDecisionResponse {
  @Id({ nullable: true, description: 'Null of a dry run' }) readonly id: string | null = null;
  @OneOf(bulkStates, { description: 'waiting: for a second operator' })
  readonly state: (typeof bulkStates)[number] = 'dryRun';
  @Whole({ min: 0, max: mostAtOnce, description: 'How many are settled' }) readonly settled: number = 0;
  @Nested(() => BulkWordsDto, { description: 'What is decided, and in which words' })
  readonly decision: BulkWordsDto = new BulkWordsDto();
  @ListOf(() => BulkItemDto, { max: mostAtOnce }) readonly items: readonly BulkItemDto[] = [];
}

/** One that was proposed just now, with the change that waits. */
export class BulkDecisionAnswer extends IntersectionType(BulkDecisionResponse, PendingChangeAnswer) {}

export function toPreview(decision: BulkDecision['decision'], items: readonly BulkItem[]): BulkDecisionResponse {
  return { id: null, state: 'dryRun', settled: 0, decision: toWords(decision), items: items.map(toItem) };
}

export function toBulkDecision(bulk: BulkDecision, items: readonly BulkItem[]): BulkDecisionResponse {
  const settled = items.filter(({ outcome, refusal }) => outcome !== null || refusal !== null).length;
  const going = settled === items.length ? 'done' : 'running';
  return {
    id: bulk.id,
    state: bulk.confirmedBy === null ? 'waiting' : going,
    settled,
    decision: toWords(bulk.decision),
    items: items.map(toItem),
  };
}

function toWords({ wanted: { outcome, reason }, text }: BulkDecision['decision']): BulkWordsDto {
  return { outcome, reason, text };
}

function toItem({ id, number, type, records, outcome, state, refusal }: BulkItem): BulkItemDto {
  return { id, number, type, records, outcome, state, refusal };
}
