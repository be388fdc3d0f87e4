import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, CurrentOperator, ForOperator, SecretAnswer, type OperatorPrincipal } from '@abide/platform';
import { Factors } from './factors.service.js';
import { ConfirmFactor, FactorsResponse, ProposedFactor, RecoveryCodes } from './operator-sessions.dto.js';
import { Operators } from './operators.service.js';

/** The operator's own second factor. */
@ApiTags('Operators')
@Controller('operator/sessions/factors')
export class FactorsController {
  constructor(
    private readonly factors: Factors,
    private readonly operators: Operators,
  ) {}

  @Get()
  @ForOperator(null)
  @ApiOperation({ summary: 'Which second factors the operator has', operationId: 'getFactors' })
  @ApiOkResponse({ type: FactorsResponse })
  async get(@CurrentOperator() { operatorId }: OperatorPrincipal): Promise<FactorsResponse> {
    const operator = await this.operators.get(operatorId);
    return {
      totp: operator.hasSecondFactor,
      required: this.factors.areRequired,
      recoveryCodesLeft: await this.factors.countRecoveryCodes(operatorId),
    };
  }

  @Post('totp')
  @HttpCode(200)
  @SecretAnswer()
  @ForOperator(null, { needsStepUp: true })
  @ApiOperation({
    summary: 'Get a secret for an authenticator application; nothing changes until a code of it is confirmed',
    operationId: 'proposeTotp',
  })
  @ApiOkResponse({ type: ProposedFactor })
  async propose(@CurrentOperator() { operatorId }: OperatorPrincipal): Promise<ProposedFactor> {
    return this.factors.propose(operatorId);
  }

  @Post('totp/confirmation')
  @HttpCode(200)
  @SecretAnswer()
  @ForOperator(null, { needsStepUp: true })
  @ApiOperation({
    summary: 'Enrol the authenticator with one of its codes; every session ends',
    operationId: 'confirmTotp',
  })
  @ApiOkResponse({ type: RecoveryCodes })
  @ApiProblems(400, 'factor.wrong_code')
  @ApiProblems(409, 'factor.nothing_proposed')
  async confirm(
    @Body() { code }: ConfirmFactor,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<RecoveryCodes> {
    return { recoveryCodes: await this.factors.confirm(operatorId, code) };
  }

  @Delete('totp')
  @HttpCode(204)
  @ForOperator(null, { needsStepUp: true })
  @ApiOperation({
    summary: 'Take the second factor away, where none is required; every session ends',
    operationId: 'removeTotp',
  })
  @ApiNoContentResponse()
  @ApiProblems(409, 'factor.required')
  async remove(@CurrentOperator() { operatorId }: OperatorPrincipal): Promise<void> {
    await this.factors.remove(operatorId);
  }
}
