import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentOperator,
  ForOperator,
  readCursor,
  requestContext,
  toPage,
  type OperatorPrincipal,
} from '@abide/platform';
import {
  ConfirmPendingChange,
  ListPendingChanges,
  PendingChangeAnswer,
  PendingChangeResponse,
  RejectPendingChange,
  toPendingChange,
} from './pending-changes.dto.js';
import { PendingChanges, type ChangeOutcome } from './pending-changes.service.js';

/** The second pair of eyes on whatever widens what is allowed. */
@ApiTags('Operators')
@Controller('operator/changes')
export class PendingChangesController {
  constructor(private readonly changes: PendingChanges) {}

  @Get()
  @ForOperator(null)
  @ApiOperation({
    summary: 'Changes that wait for a second operator, and those decided, newest first: of what the operator may see',
    operationId: 'listChanges',
  })
  @ApiPageOf(PendingChangeResponse)
  async list(
    @Query() { limit, cursor, state }: ListPendingChanges,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<Page<PendingChangeResponse>> {
    const found = await this.changes.list(operatorId, { limit, position: readCursor(cursor), state });
    return toPage(found, limit, ({ change: { proposedAt, id } }) => ({ at: proposedAt, id }), toPendingChange);
  }

  @Get(':id')
  @ForOperator(null)
  @ApiOperation({ summary: 'One change, with what it would open', operationId: 'getChange' })
  @ApiOkResponse({ type: PendingChangeResponse })
  @ApiProblems(404, 'change.not_found')
  async get(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<PendingChangeResponse> {
    return toPendingChange(await this.changes.get(id, operatorId));
  }

  @Post(':id/confirmation')
  @HttpCode(200)
  @ForOperator('change.decide', { needsStepUp: true })
  @ApiOperation({ summary: 'Confirm what another operator proposed; it takes effect', operationId: 'confirmChange' })
  @ApiOkResponse({ type: PendingChangeResponse })
  @ApiProblems(403, 'operator.own_change', 'operator.own_benefit', 'operator.second_person_only')
  @ApiProblems(404, 'change.not_found')
  @ApiProblems(409, 'change.decided', 'change.expired', 'change.proposer_gone', 'change.stale')
  async confirm(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ConfirmPendingChange,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<PendingChangeResponse> {
    return toPendingChange(await this.changes.confirm(id, { by: operatorId, reason: reason ?? null }));
  }

  @Post(':id/rejection')
  @HttpCode(200)
  @ForOperator('change.decide', { needsStepUp: true })
  @ApiOperation({ summary: 'Reject what another operator proposed; nothing changes', operationId: 'rejectChange' })
  @ApiOkResponse({ type: PendingChangeResponse })
  @ApiProblems(403, 'operator.own_change', 'operator.own_benefit', 'operator.second_person_only')
  @ApiProblems(404, 'change.not_found')
  @ApiProblems(409, 'change.decided', 'change.expired')
  async reject(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: RejectPendingChange,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<PendingChangeResponse> {
    return toPendingChange(await this.changes.reject(id, { by: operatorId, reason }));
  }
}

/** The answer of an act that may have to wait: 202 with the change where it does. */
export function respondToOutcome<T, Answer>(
  outcome: ChangeOutcome<T>,
  toAnswer: (done: T) => Answer,
): Answer | PendingChangeAnswer {
  if ('done' in outcome) return toAnswer(outcome.done);
  void requestContext()?.reply.status(202);
  return { change: toPendingChange(outcome.waiting) };
}
