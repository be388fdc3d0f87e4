import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblems, CurrentOperator, ForOperator, SecretAnswer, type OperatorPrincipal } from '@abide/platform';
import { respondToOutcome } from '../changes/pending-changes.controller.js';
import { PendingChangeAnswer } from '../changes/pending-changes.dto.js';
import { ClientChanges } from './client-changes.service.js';
import {
  BoundClient,
  ClientsResponse,
  CreateClient,
  RotateClient,
  ShownSecretResponse,
  toClientResponse,
  toShownSecret,
} from './service-clients.dto.js';
import { ServiceClients } from './service-clients.service.js';

const secondOperator =
  'Where it opens or releases personal data a second operator has to confirm: 202 with the change that waits, after which `…/secret` shows the secret once to whoever proposed it.';

/** The platform's back-end services, as operators see them. */
@ApiTags('Operators')
@Controller('operator/clients')
export class ServiceClientsController {
  constructor(
    private readonly clients: ServiceClients,
    private readonly changes: ClientChanges,
  ) {}

  @Get()
  @ForOperator('client.read')
  @ApiOperation({ summary: 'Every service client', operationId: 'listClients' })
  @ApiOkResponse({ type: ClientsResponse })
  async list(): Promise<ClientsResponse> {
    return { items: (await this.clients.list()).map(toClientResponse), nextCursor: null };
  }

  @Post()
  @SecretAnswer()
  @ForOperator('client.manage', { needsStepUp: true })
  @ApiOperation({
    summary: 'Add a service client for certain purposes and services; its secret is shown once',
    description: secondOperator,
    operationId: 'createClient',
  })
  @ApiCreatedResponse({ type: ShownSecretResponse })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(400, 'request.invalid')
  @ApiProblems(409, 'client.too_many')
  async create(
    @Body() body: CreateClient,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<ShownSecretResponse | PendingChangeAnswer> {
    return respondToOutcome(await this.changes.create(body, operatorId), toShownSecret);
  }

  @Patch(':id')
  @ForOperator('client.manage', { needsStepUp: true })
  @ApiOperation({
    summary:
      'Bound a client to purposes and services: at once, unless it widens the client, which waits for a second operator',
    operationId: 'boundClient',
  })
  @ApiNoContentResponse()
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(400, 'request.invalid')
  @ApiProblems(404, 'client.not_found')
  @HttpCode(204)
  async bound(
    @Param('id') id: string,
    @Body() body: BoundClient,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<PendingChangeAnswer | undefined> {
    return respondToOutcome(await this.changes.amend(id, body, operatorId), () => undefined);
  }

  @Post(':id/rotation')
  @SecretAnswer()
  @ForOperator('client.manage', { needsStepUp: true })
  @ApiOperation({
    summary: 'Give a client a new secret; the old ones stay good for a while',
    description: secondOperator,
    operationId: 'rotateClient',
  })
  @ApiCreatedResponse({ type: ShownSecretResponse })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(404, 'client.not_found')
  async rotate(
    @Param('id') id: string,
    @Body() body: RotateClient,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<ShownSecretResponse | PendingChangeAnswer> {
    return respondToOutcome(await this.changes.rotate(id, body, operatorId), toShownSecret);
  }

  @Post(':id/secret')
  @SecretAnswer()
  @ForOperator('client.manage', { needsStepUp: true })
  @ApiOperation({
    summary: 'Have the secret shown that waits for the operator since the change was confirmed: once, within a week',
    operationId: 'collectClientSecret',
  })
  @ApiCreatedResponse({ type: ShownSecretResponse })
  @ApiProblems(404, 'client.no_secret_due')
  async collect(
    @Param('id') id: string,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<ShownSecretResponse> {
    return toShownSecret(await this.clients.collect(id, operatorId));
  }

  @Delete(':id')
  @HttpCode(204)
  @ForOperator('client.manage', { needsStepUp: true })
  @ApiOperation({ summary: 'End a client and every token it holds, at once', operationId: 'revokeClient' })
  @ApiNoContentResponse()
  @ApiProblems(404, 'client.not_found')
  async revoke(@Param('id') id: string): Promise<void> {
    await this.clients.revoke(id);
  }
}
