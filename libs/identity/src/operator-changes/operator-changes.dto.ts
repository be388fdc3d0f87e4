import { ApiProperty } from '@nestjs/swagger';
import { PendingChangeResponse, toPendingChange } from '../changes/pending-changes.dto.js';
import type { PendingChangeFacts } from '../changes/pending-changes.service.js';
import type { Operator } from '../operators/operator.entity.js';
import { OperatorResponse, toOperatorResponse } from '../operators/operators.dto.js';

/** A change to an operator's access, with the operator. */
export class OperatorChangeResponse extends PendingChangeResponse {
  @ApiProperty({
    type: OperatorResponse,
    nullable: true,
    description: 'As they are now; null for one who is yet to be added',
  })
  readonly operator: OperatorResponse | null = null;
}

export function toOperatorChange(facts: PendingChangeFacts, operator: Operator | undefined): OperatorChangeResponse {
  return { ...toPendingChange(facts), operator: operator ? toOperatorResponse(operator) : null };
}
