import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, ForOperator, SecretAnswer } from '@abide/platform';
import { ClientsResponse, CreateClient, RotateClient, ShownSecretResponse, toClientResponse, toShownSecret } from './service-clients.dto.js';
import { ServiceClients } from './service-clients.service.js';

/** The platform's back-end services, as operators see them. */
@ApiTags('Operators')
@Controller('operator/clients')
export class ServiceClientsController {
  constructor(private readonly clients: ServiceClients) {}

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
  @ApiOperation({ summary: 'Add a service client; its secret is shown once', operationId: 'createClient' })
  @ApiCreatedResponse({ type: ShownSecretResponse })
  @ApiProblems(409, 'client.too_many')
  async create(@Body() body: CreateClient): Promise<ShownSecretResponse> {
    return toShownSecret(await this.clients.create(body));
  }

  @Post(':id/rotation')
  @SecretAnswer()
  @ForOperator('client.manage', { needsStepUp: true })
  @ApiOperation({ summary: 'Give a client a new secret; the old ones stay good for a while', operationId: 'rotateClient' })
  @ApiCreatedResponse({ type: ShownSecretResponse })
  @ApiProblems(404, 'client.not_found')
  async rotate(@Param('id') id: string, @Body() body: RotateClient): Promise<ShownSecretResponse> {
    return toShownSecret(await this.clients.rotate(id, body));
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
