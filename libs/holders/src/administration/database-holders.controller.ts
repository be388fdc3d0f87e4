import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PendingChangeAnswer, respondToOutcome } from '@abide/identity';
import { ApiProblems, CurrentOperator, ForOperator, type OperatorPrincipal } from '@abide/platform';
import { keptManifest } from '../database/manifest.js';
import { OutsideHolders } from '../registry/outside-holders.service.js';
import { DatabaseChanges } from './database-changes.service.js';
import {
  ChangeDatabaseHolder,
  DatabaseManifestResponse,
  RegisterDatabaseHolder,
  ShadowResponse,
  ShadowRun,
  toManifest,
  toShadow,
} from './database-holders.dto.js';
import { HolderChanges } from './holder-changes.service.js';
import { OutsideHolderResponse, toHolder } from './outside-holders.dto.js';
import { ShadowRuns } from './shadow-runs.service.js';

const secondOperator =
  'It says what is read and changed there, so a second operator has to confirm: 202 with the change that waits.';
const refusals = ['holder.bad_database', 'holder.bad_network', 'holder.networks_needed', 'holder.bad_manifest'];

/** Databases outside that are asked by a manifest, as operators see them. */
@ApiTags('Operators')
@Controller('operator/holders')
export class DatabaseHoldersController {
  constructor(
    private readonly holders: OutsideHolders,
    private readonly holderChanges: HolderChanges,
    private readonly databaseChanges: DatabaseChanges,
    private readonly shadows: ShadowRuns,
  ) {}

  @Post('databases')
  @ForOperator('holder.manage', { needsStepUp: true })
  @ApiOperation({
    summary: 'Register a database by its manifest',
    description: secondOperator,
    operationId: 'registerDatabaseHolder',
  })
  @ApiCreatedResponse({ type: OutsideHolderResponse })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(400, 'request.invalid', ...refusals)
  @ApiProblems(409, 'holder.code_taken')
  async register(
    @Body() body: RegisterDatabaseHolder,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OutsideHolderResponse | PendingChangeAnswer> {
    const outcome = await this.holderChanges.registerDatabase({ ...body }, operatorId);
    return respondToOutcome(outcome, (holder) => toHolder(holder));
  }

  @Get(':id/database')
  @ForOperator('holder.read')
  @ApiOperation({ summary: 'What lies where in a database, and what is done there', operationId: 'getDatabaseHolder' })
  @ApiOkResponse({ type: DatabaseManifestResponse })
  @ApiProblems(404, 'holder.not_found')
  @ApiProblems(409, 'holder.no_database')
  async manifest(@Param('id', ParseUUIDPipe) id: string): Promise<DatabaseManifestResponse> {
    const text = (await this.holders.get(id)).requireManifest();
    return toManifest(text, keptManifest(text));
  }

  @Post(':id/database')
  @HttpCode(200)
  @ForOperator('holder.manage', { needsStepUp: true })
  @ApiOperation({
    summary: 'Ask a database by another manifest, at another address or as somebody else',
    description: secondOperator,
    operationId: 'changeDatabaseHolder',
  })
  @ApiOkResponse({ type: OutsideHolderResponse })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(400, 'request.invalid', ...refusals)
  @ApiProblems(404, 'holder.not_found')
  @ApiProblems(409, 'holder.no_database', 'holder.state')
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeDatabaseHolder,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OutsideHolderResponse | PendingChangeAnswer> {
    const outcome = await this.databaseChanges.propose(id, { ...body }, operatorId);
    return respondToOutcome(outcome, (holder) => toHolder(holder));
  }

  @Post(':id/shadow')
  @HttpCode(200)
  @ForOperator('holder.manage', { needsStepUp: true })
  @ApiOperation({
    summary: 'What erasing somebody in a database would do: done, counted and taken back',
    operationId: 'shadowDatabaseHolder',
  })
  @ApiOkResponse({ type: ShadowResponse })
  @ApiProblems(404, 'holder.not_found')
  @ApiProblems(409, 'holder.no_database', 'holder.state', 'holder.no_answer')
  async shadow(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { subjectId, identifiers = [] }: ShadowRun,
  ): Promise<ShadowResponse> {
    return toShadow(await this.shadows.run(id, { id: subjectId ?? '', identifiers }));
  }
}
