import { ApiProperty } from '@nestjs/swagger';
import type { Localized } from '@abide/kernel';
import { LocalizedText, OneOf, PageQuery, Text } from '@abide/platform';
import { pendingChangeStates, type PendingChangeState } from './pending-change.entity.js';
import type { PendingChangeFacts } from './pending-changes.service.js';

export class ListPendingChanges extends PageQuery {
  @OneOf(pendingChangeStates, { optional: true }) readonly state?: PendingChangeState;
}

export class ConfirmPendingChange {
  @Text({ max: 500, optional: true, description: 'Kept with the evidence' }) readonly reason?: string;
}

export class RejectPendingChange {
  @Text({ max: 500, description: 'Kept with the evidence' }) readonly reason: string = '';
}

class DecidingOperator {
  @ApiProperty({ format: 'uuid' }) readonly id: string = '';
  @ApiProperty({ example: 'Li Na' }) readonly name: string = '';
}

class ChangedObject {
  @ApiProperty({ example: 'recipient' }) readonly type: string = '';
  @ApiProperty({ example: 'map-provider' }) readonly id: string = '';
  @ApiProperty({ type: LocalizedText }) readonly name: Localized = new LocalizedText();
}

/** A change that widens what is allowed and waits for a second operator, or was decided by one. */
export class PendingChangeResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string = '';
  @ApiProperty({ example: 'clientCreation' }) readonly kind: string = '';
  @ApiProperty({ enum: pendingChangeStates }) readonly state: PendingChangeState = 'waiting';
  @ApiProperty({ type: ChangedObject }) readonly object: ChangedObject = new ChangedObject();
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'How it is to be; never a secret' })
  readonly proposed: object = {};
  @ApiProperty({ type: [LocalizedText], description: 'What it would open, a sentence each' })
  readonly opens: readonly Localized[] = [];
  @ApiProperty({ description: 'How many more it would open than are listed' }) readonly opensMore: number = 0;
  @ApiProperty({ type: DecidingOperator }) readonly proposedBy: DecidingOperator = new DecidingOperator();
  @ApiProperty({ format: 'date-time' }) readonly proposedAt: string = '';
  @ApiProperty({ format: 'date-time', description: 'Seven days after the proposal' }) readonly expiresAt: string = '';
  @ApiProperty({ type: DecidingOperator, nullable: true }) readonly decidedBy: DecidingOperator | null = null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly decidedAt: string | null = null;
  @ApiProperty({ type: String, nullable: true, description: 'Given with the decision' }) readonly reason:
    string | null = null;
  @ApiProperty({ description: 'Whether the operator who asks may confirm it' }) readonly mayConfirm: boolean = false;
}

/** The answer of an act that waits for a second operator. */
export class PendingChangeAnswer {
  @ApiProperty({ type: PendingChangeResponse }) readonly change: PendingChangeResponse = new PendingChangeResponse();
}

export function toPendingChange({
  change,
  state,
  people,
  mayConfirm,
  details,
}: PendingChangeFacts): PendingChangeResponse {
  const named = (id: string) => ({ id, name: people.get(id)?.name ?? '' });
  return {
    id: change.id,
    kind: change.kind,
    state,
    mayConfirm,
    object: { type: change.objectType, id: change.objectId, name: change.name },
    proposed: { ...change.proposed, ...details },
    opens: change.opens,
    opensMore: change.opensMore,
    proposedBy: named(change.proposedBy),
    proposedAt: change.proposedAt.toISOString(),
    expiresAt: change.expiresAt.toISOString(),
    decidedBy: change.decidedBy === null ? null : named(change.decidedBy),
    decidedAt: change.decidedAt?.toISOString() ?? null,
    reason: change.reason,
  };
}
