import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  UseGuards,
  type StreamableFile,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { StartedVerification } from '@abide/identity';
import { Clock, type Locale } from '@abide/kernel';
import { apiPrefix, ApiProblems, ForEveryone, ForTokenHolder, RequestLocale, SecretAnswer } from '@abide/platform';
import { packageFile } from '../packages/package.controller.js';
import { Packages } from '../packages/packages.service.js';
import { RequestWords } from '../requests/own-request.dto.js';
import { RequestResponse, toRequest } from '../requests/request.dto.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { RequestViews } from '../requests/request-view.service.js';
import { Requests } from '../requests/requests.service.js';
import {
  MakePublicRequest,
  ProvePublicRequest,
  PublicRequestAccepted,
  PublicRequestToken,
} from './public-request.dto.js';
import { PublicRequests } from './public-requests.service.js';
import { bearer, RequestTokenGuard } from './request-token.guard.js';

/** What people ask without an account. What opens a request afterwards is a token that its code was exchanged for. */
@ApiTags('Client apps')
@Controller(`${apiPrefix}/requests`)
@ForEveryone()
export class PublicRequestsController {
  constructor(
    private readonly clock: Clock,
    private readonly publicRequests: PublicRequests,
    private readonly requests: Requests,
    private readonly views: RequestViews,
    private readonly packages: Packages,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Ask about my data without an account',
    description:
      'A code goes to the address. The answer and its time are the same whether or not anybody here has it. An inquiry or a complaint begins at once, anything else with the code.',
    operationId: 'makePublicRequest',
  })
  @ApiAcceptedResponse({ type: PublicRequestAccepted })
  @ApiProblems(400, 'request.text_needed', 'identifier.bad_phone', 'identifier.bad_email', 'attachment.unusable')
  @ApiProblems(409, 'delivery.not_configured')
  @ApiProblems(429, 'session.too_many_attempts')
  async make(@Body() body: MakePublicRequest, @RequestLocale() locale: Locale): Promise<PublicRequestAccepted> {
    const { type, identifier, name = null, relation = null, text = null, attachmentIds = [] } = body;
    const { type: kind, value } = identifier;
    const asked = { type, identifier: { type: kind, value }, name, relation, text, attachmentIds, locale };
    const { id, verification } = await this.publicRequests.ask(asked);
    return accepted(id, verification);
  }

  @Post(':id/code')
  @HttpCode(202)
  @ApiOperation({ summary: 'Have another code sent for a request without an account', operationId: 'sendPublicCode' })
  @ApiAcceptedResponse({ type: PublicRequestAccepted })
  @ApiProblems(404, 'request.not_found')
  @ApiProblems(409, 'delivery.not_configured')
  @ApiProblems(429, 'session.too_many_attempts')
  async sendCode(@Param('id', ParseUUIDPipe) id: string): Promise<PublicRequestAccepted> {
    return accepted(id, await this.publicRequests.sendCode(id));
  }

  @Post(':id/verification')
  @HttpCode(200)
  @SecretAnswer()
  @ApiOperation({ summary: 'Prove the address of a request without an account', operationId: 'provePublicRequest' })
  @ApiOkResponse({ type: PublicRequestToken })
  @ApiProblems(400, 'verification.wrong_code')
  @ApiProblems(404, 'request.not_found')
  @ApiProblems(409, 'verification.expired', 'verification.exhausted', 'verification.used', 'request.too_many')
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped')
  async prove(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { code }: ProvePublicRequest,
  ): Promise<PublicRequestToken> {
    const { token } = await this.publicRequests.confirm(id, code);
    return { token };
  }

  @Get(':id')
  @ForTokenHolder('request')
  @ApiOperation({ summary: 'How a request without an account stands', operationId: 'getPublicRequest' })
  @ApiOkResponse({ type: RequestResponse, description: 'It, or the earlier one of its kind that it was joined to' })
  @ApiProblems(401, 'request.token_invalid')
  async get(
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('authorization') authorization: string | undefined,
    @RequestLocale() locale: Locale,
  ): Promise<RequestResponse> {
    return this.read(await this.publicRequests.opened(id, bearer(authorization)), locale);
  }

  @Post(':id/message')
  @HttpCode(200)
  @UseGuards(RequestTokenGuard)
  @ForTokenHolder('request')
  @ApiOperation({
    summary: 'Say something about a request without an account; where something was asked, the time goes on',
    operationId: 'replyToPublicRequest',
  })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(401, 'request.token_invalid')
  @ApiProblems(409, 'request.over', 'request.too_many_messages')
  async reply(
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('authorization') authorization: string | undefined,
    @Body() { text }: RequestWords,
    @RequestLocale() locale: Locale,
  ): Promise<RequestResponse> {
    const { id: openedId, subjectId } = await this.publicRequests.opened(id, bearer(authorization));
    return this.read(await this.requests.reply(subjectId, openedId, text), locale);
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @UseGuards(RequestTokenGuard)
  @ForTokenHolder('request')
  @ApiOperation({ summary: 'Take a request without an account back', operationId: 'cancelPublicRequest' })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(401, 'request.token_invalid')
  @ApiProblems(409, 'request.over', 'request.under_way')
  async cancel(
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('authorization') authorization: string | undefined,
    @RequestLocale() locale: Locale,
  ): Promise<RequestResponse> {
    return this.read(await this.publicRequests.cancel(id, bearer(authorization)), locale);
  }

  @Post(':id/appeal')
  @HttpCode(200)
  @UseGuards(RequestTokenGuard)
  @ForTokenHolder('request')
  @ApiOperation({
    summary: 'Have a request without an account decided anew, by somebody else; within thirty days',
    operationId: 'appealPublicRequest',
  })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(401, 'request.token_invalid')
  @ApiProblems(409, 'request.nothing_to_appeal', 'request.appeal_too_late')
  async appeal(
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('authorization') authorization: string | undefined,
    @Body() { text }: RequestWords,
    @RequestLocale() locale: Locale,
  ): Promise<RequestResponse> {
    return this.read(await this.publicRequests.appeal(id, bearer(authorization), text), locale);
  }

  @Get(':id/package')
  @ForTokenHolder('request')
  @ApiOperation({ summary: 'Fetch what was asked to be seen without an account', operationId: 'fetchPublicPackage' })
  @ApiProduces('application/zip')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiProblems(401, 'request.token_invalid')
  @ApiProblems(404, 'request.no_package')
  @ApiProblems(410, 'request.package_expired')
  async fetch(
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('authorization') authorization: string | undefined,
  ): Promise<StreamableFile> {
    const request = await this.publicRequests.opened(id, bearer(authorization));
    return packageFile(request, await this.packages.fetch(request));
  }

  private async read(request: SubjectRequest, locale: Locale): Promise<RequestResponse> {
    return toRequest(await this.views.forSubject(request), { now: this.clock.now(), locale });
  }
}

function accepted(id: string, { channel, expiresAt }: StartedVerification): PublicRequestAccepted {
  return { id, verification: { channel, expiresAt: expiresAt.toISOString() } };
}
