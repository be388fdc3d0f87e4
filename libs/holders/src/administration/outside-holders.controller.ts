import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PendingChangeAnswer, respondToOutcome } from '@abide/identity';
import { ApiProblems, CurrentOperator, ForOperator, SecretAnswer, type OperatorPrincipal } from '@abide/platform';
import { HolderCallQueries } from '../calls/holder-calls.queries.js';
import { HolderChanges } from './holder-changes.service.js';
import { HolderRemovals } from './holder-removals.service.js';
import { SecretChanges } from './secret-changes.service.js';
import { FormerSecrets } from '../registry/former-secrets.service.js';
import { HolderChecks } from '../registry/holder-checks.service.js';
import {
  HolderCallsResponse,
  HolderCheckResponse,
  HolderReason,
  HolderRemovalResponse,
  HolderSecret,
  OutsideHolderResponse,
  OutsideHoldersResponse,
  RegisterHolder,
  RegisterPeople,
  toCall,
  toHolder,
} from './outside-holders.dto.js';
import { OutsideHolders } from '../registry/outside-holders.service.js';

const secondOperator =
  'It says who answers for personal data, so a second operator has to confirm: 202 with the change that waits.';
const shownCalls = 100;

/** Who keeps personal data outside and answers for it, as operators see them. */
@ApiTags('Operators')
@Controller('operator/holders')
export class OutsideHoldersController {
  constructor(
    private readonly holders: OutsideHolders,
    private readonly changes: HolderChanges,
    private readonly checks: HolderChecks,
    private readonly calls: HolderCallQueries,
    private readonly removals: HolderRemovals,
    private readonly secrets: SecretChanges,
    private readonly formerSecrets: FormerSecrets,
  ) {}

  @Get()
  @ForOperator('holder.read')
  @ApiOperation({ summary: 'Every holder outside, and how it is', operationId: 'listHolders' })
  @ApiOkResponse({ type: OutsideHoldersResponse })
  async list(): Promise<OutsideHoldersResponse> {
    const [open, ends] = [await this.calls.open(), await this.formerSecrets.ends()];
    const holders = await this.holders.list();
    return { items: holders.map((holder) => toHolder(holder, open.get(holder.id), ends.get(holder.id))) };
  }

  @Post()
  @ForOperator('holder.manage', { needsStepUp: true })
  @ApiOperation({ summary: 'Register a holder outside', description: secondOperator, operationId: 'registerHolder' })
  @ApiCreatedResponse({ type: OutsideHolderResponse })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(400, 'request.invalid', 'holder.bad_address', 'holder.bad_network')
  @ApiProblems(409, 'holder.code_taken')
  async register(
    @Body() body: RegisterHolder,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OutsideHolderResponse | PendingChangeAnswer> {
    return respondToOutcome(await this.changes.register({ ...body }, operatorId), (holder) => toHolder(holder));
  }

  @Post('people')
  @ForOperator('holder.manage', { needsStepUp: true })
  @ApiOperation({
    summary: 'Register a place that only people answer for, such as an archive of paper',
    description: `What requests ask there is a task for a person. ${secondOperator}`,
    operationId: 'registerPeople',
  })
  @ApiCreatedResponse({ type: OutsideHolderResponse })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(400, 'request.invalid', 'holder.cannot_answer')
  @ApiProblems(409, 'holder.code_taken')
  async registerPeople(
    @Body() body: RegisterPeople,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OutsideHolderResponse | PendingChangeAnswer> {
    return respondToOutcome(await this.changes.registerPeople({ ...body }, operatorId), (holder) => toHolder(holder));
  }

  @Get(':id/calls')
  @ForOperator('holder.read')
  @ApiOperation({ summary: 'What a holder was asked last, and what came of it', operationId: 'listHolderCalls' })
  @ApiOkResponse({ type: HolderCallsResponse })
  @ApiProblems(404, 'holder.not_found')
  async lastCalls(@Param('id', ParseUUIDPipe) id: string): Promise<HolderCallsResponse> {
    const holder = await this.holders.get(id);
    return { items: (await this.calls.newest(holder.id, shownCalls)).map(toCall) };
  }

  @Post(':id/check')
  @HttpCode(200)
  @ForOperator('holder.manage')
  @ApiOperation({ summary: 'Ask a holder who it is, about nobody', operationId: 'checkHolder' })
  @ApiOkResponse({ type: HolderCheckResponse })
  @ApiProblems(404, 'holder.not_found')
  @ApiProblems(409, 'holder.state')
  async check(@Param('id', ParseUUIDPipe) id: string): Promise<HolderCheckResponse> {
    const { failure, identity, unregistered, drift } = await this.checks.check(id);
    const { appeared = [], gone = [] } = drift ?? {};
    const health = failure === null ? 'answering' : 'failing';
    return { health, failure, name: identity?.name ?? null, unregistered, appeared, gone };
  }

  @Post(':id/secret')
  @SecretAnswer()
  @ForOperator('holder.manage', { needsStepUp: true })
  @ApiOperation({
    summary:
      'Have the secret shown that both sides sign with: once, to whoever proposed the holder or that it is replaced',
    operationId: 'collectHolderSecret',
  })
  @ApiCreatedResponse({ type: HolderSecret })
  @ApiProblems(404, 'holder.not_found', 'holder.no_secret_due')
  async secret(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<HolderSecret> {
    return { secret: await this.holders.showSecret(id, operatorId) };
  }

  @Post(':id/suspension')
  @HttpCode(200)
  @ForOperator('holder.manage')
  @ApiOperation({ summary: 'Ask a holder nothing more, until two operators let it', operationId: 'suspendHolder' })
  @ApiOkResponse({ type: OutsideHolderResponse })
  @ApiProblems(404, 'holder.not_found')
  @ApiProblems(409, 'holder.state')
  async suspend(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: HolderReason,
  ): Promise<OutsideHolderResponse> {
    return toHolder(await this.changes.suspend(id, reason));
  }

  @Post(':id/resumption')
  @HttpCode(200)
  @ForOperator('holder.manage', { needsStepUp: true })
  @ApiOperation({ summary: 'Ask a suspended holder again', description: secondOperator, operationId: 'resumeHolder' })
  @ApiOkResponse({ type: OutsideHolderResponse })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(404, 'holder.not_found')
  @ApiProblems(409, 'holder.state')
  async resume(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OutsideHolderResponse | PendingChangeAnswer> {
    return respondToOutcome(await this.changes.resume(id, operatorId), (holder) => toHolder(holder));
  }

  @Post(':id/secret-replacement')
  @HttpCode(200)
  @ForOperator('holder.manage', { needsStepUp: true })
  @ApiOperation({
    summary: 'Replace the secret of a service that was lost or leaked',
    description: `The new one is made when whoever proposed it has it shown; the former one counts for a day from then on. ${secondOperator}`,
    operationId: 'replaceHolderSecret',
  })
  @ApiOkResponse({ type: OutsideHolderResponse })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(404, 'holder.not_found')
  @ApiProblems(409, 'holder.state', 'holder.signs_nothing')
  async replaceSecret(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: HolderReason,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OutsideHolderResponse | PendingChangeAnswer> {
    return respondToOutcome(await this.secrets.propose(id, reason, operatorId), (holder) => toHolder(holder));
  }

  @Get(':id/removal')
  @ForOperator('holder.read')
  @ApiOperation({
    summary: 'How many open requests still expect an answer from a holder: each would be left to a person',
    operationId: 'previewHolderRemoval',
  })
  @ApiOkResponse({ type: HolderRemovalResponse })
  @ApiProblems(404, 'holder.not_found')
  async previewRemoval(@Param('id', ParseUUIDPipe) id: string): Promise<HolderRemovalResponse> {
    return this.removals.preview(id);
  }

  @Post(':id/removal')
  @HttpCode(200)
  @ForOperator('holder.manage', { needsStepUp: true })
  @ApiOperation({
    summary: 'Remove a holder for good; what requests wait for there is left to a person',
    description:
      'Requests no longer reach what it keeps, so a second operator has to confirm: 202 with the change that waits.',
    operationId: 'removeHolder',
  })
  @ApiOkResponse({ type: OutsideHolderResponse })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(404, 'holder.not_found')
  @ApiProblems(409, 'holder.state')
  async remove(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: HolderReason,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OutsideHolderResponse | PendingChangeAnswer> {
    return respondToOutcome(await this.removals.propose(id, reason, operatorId), (holder) => toHolder(holder));
  }
}
