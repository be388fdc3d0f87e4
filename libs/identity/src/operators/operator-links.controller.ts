import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, ForEveryone, ForOperator, SecretAnswer } from '@abide/platform';
import type { FastifyRequest } from 'fastify';
import { LinkHolderResponse, OpenLink, toLinkHolderResponse, UseLink } from './operator-links.dto.js';
import { OperatorLinks } from './operator-links.service.js';
import { SessionCookie } from './session-cookie.js';

/** One-time links: an administrator has them sent, the owner chooses a password with one. */
@ApiTags('Operators')
@Controller('operator')
export class OperatorLinksController {
  constructor(
    private readonly links: OperatorLinks,
    private readonly cookie: SessionCookie,
  ) {}

  @Post('operators/:id/password-link')
  @HttpCode(204)
  @ForOperator('operator.manage', { needsStepUp: true })
  @ApiOperation({
    summary: 'Send an operator a one-time link to their own address: the invitation again, or to choose a new password',
    operationId: 'sendOperatorPasswordLink',
  })
  @ApiNoContentResponse()
  @ApiProblems(404, 'operator.not_found')
  @ApiProblems(409, 'operator.inactive', 'delivery.not_configured')
  async send(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.links.send(id);
  }

  @Post('password-links/holder')
  @HttpCode(200)
  @ForEveryone()
  @SecretAnswer()
  @ApiOperation({ summary: 'Whom a one-time link is for', operationId: 'openOperatorPasswordLink' })
  @ApiOkResponse({ type: LinkHolderResponse })
  @ApiProblems(404, 'operator.link_unusable')
  async open(@Body() { token }: OpenLink, @Req() request: FastifyRequest): Promise<LinkHolderResponse> {
    this.cookie.requireOwnOrigin(request);
    return toLinkHolderResponse(await this.links.holderOf(token));
  }

  @Post('password-links/use')
  @HttpCode(204)
  @ForEveryone()
  @SecretAnswer()
  @ApiOperation({
    summary: 'Choose the password with a one-time link; the link is used up and every session ends',
    operationId: 'useOperatorPasswordLink',
  })
  @ApiNoContentResponse()
  @ApiProblems(400, 'password.too_short', 'password.too_long', 'password.common')
  @ApiProblems(404, 'operator.link_unusable')
  async use(@Body() { token, password }: UseLink, @Req() request: FastifyRequest): Promise<void> {
    this.cookie.requireOwnOrigin(request);
    await this.links.use(token, password);
  }
}
