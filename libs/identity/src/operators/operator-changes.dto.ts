import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { locales, type Locale } from '@abide/kernel';
import { OneOf, PageQuery, Text } from '@abide/platform';
import { changeKinds, changeStates, type ChangeKind, type ChangeState } from './operator-change.entity.js';
import type { ChangeFacts } from '../operator-changes/operator-changes.service.js';
import { roles, type Role } from './roles.js';

export class ListOperatorChanges extends PageQuery {
  @OneOf(changeStates, { optional: true }) readonly state?: ChangeState;
}

export class ConfirmOperatorChange {
  @Text({ max: 500, optional: true, description: 'Kept with the evidence' }) readonly reason?: string;
}

export class RejectOperatorChange {
  @Text({ max: 500, description: 'Kept with the evidence' }) readonly reason: string = '';
}

class ChangingOperator {
  @ApiProperty({ format: 'uuid' }) readonly id: string = '';
  @ApiProperty({ example: 'Li Na' }) readonly name: string = '';
}

class OperatorAsIs extends ChangingOperator {
  @ApiProperty({ example: 'li.na@abide.example' }) readonly email: string = '';
  @ApiProperty({ enum: roles, isArray: true }) readonly roles: readonly Role[] = [];
  @ApiProperty() readonly active: boolean = true;
}

class OperatorAsProposed {
  @ApiPropertyOptional({ example: 'li.na@abide.example' }) readonly email?: string;
  @ApiPropertyOptional({ example: 'Li Na' }) readonly name?: string;
  @ApiPropertyOptional({ enum: locales }) readonly locale?: Locale;
  @ApiPropertyOptional({ enum: roles, isArray: true }) readonly roles?: readonly Role[];
  @ApiPropertyOptional({ description: 'true: may sign in again, failed attempts are forgiven; false: stays shut out' })
  readonly active?: boolean;
}

/** A change to an operator's access that waits for a second person, or was decided on. */
export class OperatorChangeResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string = '';
  @ApiProperty({ enum: changeKinds, description: 'factorReset: the second factor is taken away' })
  readonly kind: ChangeKind = 'creation';
  @ApiProperty({ enum: changeStates }) readonly state: ChangeState = 'pending';
  @ApiProperty({
    type: OperatorAsIs,
    nullable: true,
    description: 'As they are now; null for one who is yet to be added',
  })
  readonly operator: OperatorAsIs | null = null;
  @ApiProperty({ type: OperatorAsProposed, description: 'What is absent stays' })
  readonly proposed: OperatorAsProposed = new OperatorAsProposed();
  @ApiProperty({ type: ChangingOperator }) readonly proposedBy: ChangingOperator = new ChangingOperator();
  @ApiProperty({ format: 'date-time' }) readonly proposedAt: string = '';
  @ApiProperty({ format: 'date-time', description: 'Seven days after the proposal' }) readonly expiresAt: string = '';
  @ApiProperty({ type: ChangingOperator, nullable: true }) readonly decidedBy: ChangingOperator | null = null;
  @ApiProperty({ format: 'date-time', nullable: true }) readonly decidedAt: string | null = null;
  @ApiProperty({ type: String, nullable: true, description: 'Given with the decision' }) readonly reason:
    string | null = null;
}

/** The answer of an act that waits for a second person. */
export class WaitingChangeResponse {
  @ApiProperty({ type: OperatorChangeResponse }) readonly change: OperatorChangeResponse = new OperatorChangeResponse();
}

export function toOperatorChangeResponse({ change, state, people }: ChangeFacts): OperatorChangeResponse {
  const { isActive, ...proposed } = change.proposed;
  const named = (id: string) => ({ id, name: people.get(id)?.name ?? '' });
  const target = change.operatorId === null ? undefined : people.get(change.operatorId);
  return {
    id: change.id,
    kind: change.kind,
    state,
    operator: target
      ? { id: target.id, name: target.name, email: target.email, roles: target.roles, active: target.isActive }
      : null,
    proposed: { ...proposed, ...(isActive === undefined ? {} : { active: isActive }) },
    proposedBy: named(change.proposedBy),
    proposedAt: change.proposedAt.toISOString(),
    expiresAt: change.expiresAt.toISOString(),
    decidedBy: change.decidedBy === null ? null : named(change.decidedBy),
    decidedAt: change.decidedAt?.toISOString() ?? null,
    reason: change.reason,
  };
}
