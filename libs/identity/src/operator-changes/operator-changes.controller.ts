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
import {
  ConfirmOperatorChange,
  ListOperatorChanges,
  OperatorChangeResponse,
  RejectOperatorChange,
  toOperatorChangeResponse,
} from '../operators/operator-changes.dto.js';
import { OperatorChanges } from './operator-changes.service.js';

const secondPerson =
  'For another administrator, or a privacy officer where there is no other. Neither who proposed it nor whom it is about; whom one person alone has shut out still counts.';

/** The second pair of eyes on who may come into the console and do what there. */
@ApiTags('Operators')
@Controller('operator/operator-changes')
export class OperatorChangesController {
  constructor(private readonly changes: OperatorChanges) {}

  @Get()
  @ForOperator('operator.read')
  @ApiOperation({
    summary: 'Changes of operators that wait for a second person, and those decided; newest first',
    operationId: 'listOperatorChanges',
  })
  @ApiPageOf(OperatorChangeResponse)
  async list(@Query() { limit, cursor, state }: ListOperatorChanges): Promise<Page<OperatorChangeResponse>> {
    const found = await this.changes.list(limit, { position: readCursor(cursor), state });
    return toPage(found, limit, ({ change: { proposedAt, id } }) => ({ at: proposedAt, id }), toOperatorChangeResponse);
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
  @ApiProblems(404, 'operator.change_not_found')
  @ApiProblems(
    409,
    'operator.change_decided',
    'operator.change_expired',
    'operator.proposer_gone',
    'change.stale',
    'operator.email_taken',
    'delivery.not_configured',
    'operator.last_administrator',
  )
  async confirm(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ConfirmOperatorChange,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OperatorChangeResponse> {
    return toOperatorChangeResponse(await this.changes.confirm(id, { by: operatorId, reason: reason ?? null }));
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
  @ApiProblems(404, 'operator.change_not_found')
  @ApiProblems(409, 'operator.change_decided', 'operator.change_expired')
  async reject(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: RejectOperatorChange,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OperatorChangeResponse> {
    return toOperatorChangeResponse(await this.changes.reject(id, { by: operatorId, reason }));
  }
}
