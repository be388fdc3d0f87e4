import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentOperator,
  ForOperator,
  IfMatch,
  PageQuery,
  readCursor,
  setEtag,
  toPage,
  type OperatorPrincipal,
} from '@abide/platform';
import { respondToOutcome } from '../changes/pending-changes.controller.js';
import { PendingChangeAnswer } from '../changes/pending-changes.dto.js';
import { OperatorChanges } from './operator-changes.service.js';
import type { Operator } from '../operators/operator.entity.js';
import {
  ChangeOperator,
  CreateOperator,
  OperatorResponse,
  RolesResponse,
  toOperatorResponse,
  toRolesResponse,
} from '../operators/operators.dto.js';
import { etagOf, Operators } from '../operators/operators.service.js';

const secondPerson =
  'A second person has to confirm, another administrator or, where there is none, a privacy officer: 202 with the change that waits. Where neither has ever been there it is done at once.';

/** The people of the console and the roles they may hold. */
@ApiTags('Operators')
@Controller('operator')
export class OperatorsController {
  constructor(
    private readonly operators: Operators,
    private readonly changes: OperatorChanges,
  ) {}

  @Get('roles')
  @ForOperator('operator.read')
  @ApiOperation({ summary: 'Every role with the permissions it grants', operationId: 'listRoles' })
  @ApiOkResponse({ type: RolesResponse })
  listRoles(): RolesResponse {
    return toRolesResponse();
  }

  @Get('operators')
  @ForOperator('operator.read')
  @ApiOperation({ summary: 'Every operator, oldest first', operationId: 'listOperators' })
  @ApiPageOf(OperatorResponse)
  async list(@Query() { limit, cursor }: PageQuery): Promise<Page<OperatorResponse>> {
    const operators = await this.operators.list(limit, readCursor(cursor));
    return toPage(operators, limit, ({ createdAt, id }) => ({ at: createdAt, id }), toOperatorResponse);
  }

  @Get('operators/:id')
  @ForOperator('operator.read')
  @ApiOperation({ summary: 'One operator, with an ETag for changes', operationId: 'getOperator' })
  @ApiOkResponse({ type: OperatorResponse })
  @ApiProblems(404, 'operator.not_found')
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<OperatorResponse> {
    return withEtag(await this.operators.get(id));
  }

  @Post('operators')
  @ForOperator('operator.manage', { needsStepUp: true })
  @ApiOperation({
    summary: 'Add an operator with roles; an invitation goes to their address',
    description: `${secondPerson} The invitation is a one-time link, good for 24 hours.`,
    operationId: 'createOperator',
  })
  @ApiCreatedResponse({ type: OperatorResponse })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(409, 'operator.email_taken', 'delivery.not_configured')
  async create(
    @Body() body: CreateOperator,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OperatorResponse | PendingChangeAnswer> {
    return respondToOutcome(await this.changes.create(body, operatorId), withEtag);
  }

  @Patch('operators/:id')
  @ForOperator('operator.manage', { needsStepUp: true })
  @ApiOperation({
    summary: 'Change name, roles or whether an operator may sign in',
    description: `${secondPerson} A name and a deactivation take effect at once; that of an administrator or a privacy officer is confirmed afterwards.`,
    operationId: 'changeOperator',
  })
  @ApiOkResponse({ type: OperatorResponse })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(403, 'operator.own_roles')
  @ApiProblems(409, 'operator.last_administrator')
  @ApiProblems(412, 'operator.stale_edit')
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { active, ...changes }: ChangeOperator,
    @IfMatch() etag: string | undefined,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OperatorResponse | PendingChangeAnswer> {
    const outcome = await this.changes.amend(id, { ...changes, isActive: active }, { by: operatorId, etag });
    return respondToOutcome(outcome, withEtag);
  }

  @Delete('operators/:id/sessions')
  @HttpCode(204)
  @ForOperator('operator.manage', { needsStepUp: true })
  @ApiOperation({
    summary: 'End every session of an operator, who may sign in again',
    operationId: 'endOperatorSessions',
  })
  @ApiNoContentResponse()
  @ApiProblems(404, 'operator.not_found')
  async endSessions(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.operators.endSessions(id);
  }

  @Delete('operators/:id/factors')
  @HttpCode(204)
  @ForOperator('operator.manage', { needsStepUp: true })
  @ApiOperation({
    summary: 'Take away the second factor of an operator who lost it; sessions end',
    description: secondPerson,
    operationId: 'clearOperatorFactors',
  })
  @ApiNoContentResponse()
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(404, 'operator.not_found')
  @ApiProblems(409, 'factor.required')
  async clearFactors(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<PendingChangeAnswer | undefined> {
    return respondToOutcome(await this.changes.resetFactors(id, operatorId), () => undefined);
  }
}

function withEtag(operator: Operator): OperatorResponse {
  setEtag(etagOf(operator));
  return toOperatorResponse(operator);
}
