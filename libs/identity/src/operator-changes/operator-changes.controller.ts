import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentOperator,
  ForOperator,
  readCursor,
  toPage,
  type OperatorPrincipal,
} from '@abide/platform';
import { ConfirmPendingChange, ListPendingChanges, RejectPendingChange } from '../changes/pending-changes.dto.js';
import { PendingChanges, type PendingChangeFacts } from '../changes/pending-changes.service.js';
import { Operators } from '../operators/operators.service.js';
import { operatorType } from './operator-changes.service.js';
import { OperatorChangeResponse, toOperatorChange } from './operator-changes.dto.js';

const secondPerson =
  'For another administrator, or a privacy officer where there is no other. Neither who proposed it nor whom it is about; whom one person alone has shut out still counts.';

/** The changes under `/operator/changes` that are about operators, each with the operator. */
@ApiTags('Operators')
@Controller('operator/operator-changes')
export class OperatorChangesController {
  constructor(
    private readonly changes: PendingChanges,
    private readonly operators: Operators,
  ) {}

  @Get()
  @ForOperator('operator.read')
  @ApiOperation({
    summary: 'Changes of operators that wait for a second person, and those decided; newest first',
    operationId: 'listOperatorChanges',
  })
  @ApiPageOf(OperatorChangeResponse)
  async list(
    @Query() { limit, cursor, state }: ListPendingChanges,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<Page<OperatorChangeResponse>> {
    const asked = { limit, position: readCursor(cursor), state, objectType: operatorType };
    const found = await this.changes.list(operatorId, asked);
    const operators = await this.operators.getAll(found.map(({ change }) => change.objectId));
    return toPage(
      found,
      limit,
      ({ change: { proposedAt, id } }) => ({ at: proposedAt, id }),
      (facts) => toOperatorChange(facts, operators.get(facts.change.objectId)),
    );
  }

  @Post(':id/confirmation')
  @HttpCode(200)
  @ForOperator('change.decide', { needsStepUp: true })
  @ApiOperation({
    summary: 'Confirm what an administrator proposed; it takes effect',
    description: secondPerson,
    operationId: 'confirmOperatorChange',
  })
  @ApiOkResponse({ type: OperatorChangeResponse })
  @ApiProblems(403, 'operator.own_change', 'operator.own_benefit', 'operator.second_person_only')
  @ApiProblems(404, 'change.not_found')
  @ApiProblems(
    409,
    'change.decided',
    'change.expired',
    'change.proposer_gone',
    'change.stale',
    'operator.email_taken',
    'delivery.not_configured',
    'operator.last_administrator',
  )
  async confirm(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ConfirmPendingChange,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OperatorChangeResponse> {
    return this.withOperator(
      await this.changes.confirm(id, { by: operatorId, reason: reason ?? null, objectType: operatorType }),
    );
  }

  @Post(':id/rejection')
  @HttpCode(200)
  @ForOperator('change.decide', { needsStepUp: true })
  @ApiOperation({
    summary: 'Reject what an administrator proposed; nothing changes, and whom they had shut out alone is let in again',
    description: secondPerson,
    operationId: 'rejectOperatorChange',
  })
  @ApiOkResponse({ type: OperatorChangeResponse })
  @ApiProblems(403, 'operator.own_change', 'operator.own_benefit', 'operator.second_person_only')
  @ApiProblems(404, 'change.not_found')
  @ApiProblems(409, 'change.decided', 'change.expired')
  async reject(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: RejectPendingChange,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OperatorChangeResponse> {
    return this.withOperator(await this.changes.reject(id, { by: operatorId, reason, objectType: operatorType }));
  }

  private async withOperator(facts: PendingChangeFacts): Promise<OperatorChangeResponse> {
    const { objectId } = facts.change;
    return toOperatorChange(facts, (await this.operators.getAll([objectId])).get(objectId));
  }
}
