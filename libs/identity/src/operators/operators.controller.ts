import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import { ApiPageOf, ApiProblems, CurrentOperator, ForOperator, IfMatch, PageQuery, readCursor, setEtag, toPage, type OperatorPrincipal } from '@abide/platform';
import { Factors } from './factors.service.js';
import type { Operator } from './operator.entity.js';
import { ChangeOperator, CreateOperator, OperatorResponse, RolesResponse, toOperatorResponse, toRolesResponse } from './operators.dto.js';
import { etagOf, Operators } from './operators.service.js';

/** The people of the console and the roles they may hold. */
@ApiTags('Operators')
@Controller('operator')
export class OperatorsController {
  constructor(
    private readonly operators: Operators,
    private readonly factors: Factors,
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
  @ApiOperation({ summary: 'Add an operator with roles', operationId: 'createOperator' })
  @ApiCreatedResponse({ type: OperatorResponse })
  @ApiProblems(400, 'password.too_short', 'password.too_long', 'password.common')
  @ApiProblems(409, 'operator.email_taken')
  async create(@Body() body: CreateOperator): Promise<OperatorResponse> {
    return withEtag(await this.operators.create(body));
  }

  @Patch('operators/:id')
  @ForOperator('operator.manage', { needsStepUp: true })
  @ApiOperation({ summary: 'Change name, roles, password or whether an operator may sign in', operationId: 'changeOperator' })
  @ApiOkResponse({ type: OperatorResponse })
  @ApiProblems(403, 'operator.own_roles')
  @ApiProblems(409, 'operator.last_administrator')
  @ApiProblems(412, 'operator.stale_edit')
  async change(
    @Param('id', ParseUUIDPipe) id: string, @Body() { active, ...changes }: ChangeOperator, @IfMatch() etag: string | undefined, @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OperatorResponse> {
    return withEtag(await this.operators.change(id, { ...changes, isActive: active }, { by: operatorId, etag }));
  }

  @Delete('operators/:id/factors')
  @HttpCode(204)
  @ForOperator('operator.manage', { needsStepUp: true })
  @ApiOperation({ summary: 'Take away the second factor of an operator who lost it; sessions end', operationId: 'clearOperatorFactors' })
  @ApiNoContentResponse()
  @ApiProblems(404, 'operator.not_found')
  async clearFactors(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.operators.get(id);
    await this.factors.clear(id);
  }
}

function withEtag(operator: Operator): OperatorResponse {
  setEtag(etagOf(operator));
  return toOperatorResponse(operator);
}
