import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Locale, Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentSubject,
  ForSubject,
  readCursor,
  RequestLocale,
  type SubjectPrincipal,
} from '@abide/platform';
import { packageFile } from '../packages/package.controller.js';
import {
  ListOwnRequests,
  MakeRequest,
  ProveRequest,
  RequestVerification,
  RequestWords,
  toWanted,
} from '../requests/own-request.dto.js';
import { RequestLine, RequestResponse, toOpened } from '../requests/request.dto.js';
import { RequestAnswers } from '../requests/request-answers.service.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { Requests } from '../requests/requests.service.js';
import { EnterpriseRequests, type Acting } from './enterprise-requests.service.js';

const mandateRefusals = ['mandate.contact_only', 'mandate.beyond_acts'] as const;

/** What its contact person, and the members that they let, ask about an enterprise's data. It is in the path for whom: `me/requests` is about themselves. */
@ApiTags('Client apps')
@Controller('me/enterprises/:enterpriseId/requests')
export class EnterpriseRequestsController {
  constructor(
    private readonly enterprise: EnterpriseRequests,
    private readonly requests: Requests,
    private readonly answers: RequestAnswers,
  ) {}

  @Post()
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Ask about the data of an enterprise that I act for',
    description:
      'Where a code is needed it goes to an address that I have confirmed. To delete data or close the account I send my password as well, or evidence that a colleague looks at.',
    operationId: 'makeEnterpriseRequest',
  })
  @ApiCreatedResponse({ type: RequestResponse })
  @ApiProblems(
    400,
    'request.purpose_needed',
    'request.corrections_needed',
    'request.text_needed',
    'request.unknown_category',
    'request.unknown_purpose',
    'attachment.unusable',
  )
  @ApiProblems(401, 'session.invalid_credentials')
  @ApiProblems(403, ...mandateRefusals, 'request.second_proof_needed')
  @ApiProblems(404, 'mandate.not_found')
  @ApiProblems(409, 'request.too_many', 'verification.unreachable', 'delivery.not_configured')
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped', 'password.busy')
  async make(
    @CurrentSubject() { subjectId: personId }: SubjectPrincipal,
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @Body() body: MakeRequest,
    @RequestLocale() locale: Locale,
  ): Promise<RequestResponse> {
    const acting = { personId, enterpriseId };
    const { request, verification } = await this.enterprise.open(acting, toWanted(body, locale));
    return toOpened(await this.answers.one(await this.enterprise.get(acting, request.id)), verification);
  }

  @Get()
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary:
      'Requests about the data of an enterprise that I act for, newest first; as a member, of the kinds I may ask',
    operationId: 'listEnterpriseRequests',
  })
  @ApiPageOf(RequestLine)
  @ApiProblems(404, 'mandate.not_found')
  async list(
    @CurrentSubject() { subjectId: personId }: SubjectPrincipal,
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @Query() { limit, cursor }: ListOwnRequests,
  ): Promise<Page<RequestLine>> {
    return this.answers.page(await this.enterprise.list({ personId, enterpriseId }, limit, readCursor(cursor)), limit);
  }

  @Get(':id')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'A request about the data of an enterprise that I act for, and who did what',
    operationId: 'getEnterpriseRequest',
  })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(403, ...mandateRefusals)
  @ApiProblems(404, 'mandate.not_found', 'request.not_found')
  async get(
    @CurrentSubject() { subjectId: personId }: SubjectPrincipal,
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RequestResponse> {
    return this.answers.one(await this.enterprise.get({ personId, enterpriseId }, id));
  }

  @Post(':id/verification')
  @HttpCode(200)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Prove a request for an enterprise by the code that was sent to me for it',
    operationId: 'proveEnterpriseRequest',
  })
  @ApiOkResponse({ type: RequestResponse, description: 'It, or the earlier one of its kind that it was joined to' })
  @ApiProblems(400, 'verification.wrong_code')
  @ApiProblems(403, ...mandateRefusals)
  @ApiProblems(404, 'mandate.not_found', 'request.not_found', 'verification.not_found')
  @ApiProblems(
    409,
    'request.state',
    'request.lapsed',
    'verification.expired',
    'verification.exhausted',
    'verification.used',
  )
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped')
  async prove(
    @CurrentSubject() { subjectId: personId }: SubjectPrincipal,
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { code }: ProveRequest,
  ): Promise<RequestResponse> {
    return this.answers.one(await this.enterprise.confirm({ personId, enterpriseId }, id, code));
  }

  @Post(':id/code')
  @HttpCode(202)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary:
      'Have another code sent to me to prove a request for an enterprise, or one to fetch its package or end its waiting time',
    operationId: 'sendEnterpriseRequestCode',
  })
  @ApiAcceptedResponse({ type: RequestVerification })
  @ApiProblems(403, ...mandateRefusals)
  @ApiProblems(404, 'mandate.not_found', 'request.not_found')
  @ApiProblems(409, 'request.state', 'verification.unreachable', 'delivery.not_configured')
  @ApiProblems(429, 'session.too_many_attempts')
  async sendCode(
    @CurrentSubject() { subjectId: personId }: SubjectPrincipal,
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RequestVerification> {
    const { expiresAt, ...sent } = await this.enterprise.sendCode({ personId, enterpriseId }, id);
    return { ...sent, expiresAt: expiresAt.toISOString() };
  }

  @Post(':id/message')
  @HttpCode(200)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Say something about a request for an enterprise; where it was asked, the time to answer goes on',
    operationId: 'replyToEnterpriseRequest',
  })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(403, ...mandateRefusals)
  @ApiProblems(404, 'mandate.not_found', 'request.not_found')
  @ApiProblems(409, 'request.over', 'request.too_many_messages')
  async reply(
    @CurrentSubject() { subjectId: personId }: SubjectPrincipal,
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { text }: RequestWords,
  ): Promise<RequestResponse> {
    return this.act({ personId, enterpriseId }, id, (whose) => this.requests.reply(whose, id, text));
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({ summary: 'Take a request for an enterprise back', operationId: 'cancelEnterpriseRequest' })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(403, ...mandateRefusals)
  @ApiProblems(404, 'mandate.not_found', 'request.not_found')
  @ApiProblems(409, 'request.over', 'request.under_way')
  async cancel(
    @CurrentSubject() { subjectId: personId }: SubjectPrincipal,
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RequestResponse> {
    return this.act({ personId, enterpriseId }, id, (whose) => this.requests.cancel(whose, id));
  }

  @Post(':id/appeal')
  @HttpCode(200)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Have a request for an enterprise decided anew, by somebody else',
    operationId: 'appealEnterpriseRequest',
  })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(403, ...mandateRefusals)
  @ApiProblems(404, 'mandate.not_found', 'request.not_found')
  @ApiProblems(409, 'request.nothing_to_appeal', 'request.appeal_too_late')
  async appeal(
    @CurrentSubject() { subjectId: personId }: SubjectPrincipal,
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { text }: RequestWords,
  ): Promise<RequestResponse> {
    return this.act({ personId, enterpriseId }, id, (whose) => this.requests.appeal(whose, id, text));
  }

  @Post(':id/waiver')
  @HttpCode(200)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'End the waiting time before something of an enterprise goes for good',
    description: 'Takes a sign-in, or a code for this request, of the last fifteen minutes.',
    operationId: 'waiveEnterpriseWaiting',
  })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(403, ...mandateRefusals, 'access.reauthentication_needed')
  @ApiProblems(404, 'mandate.not_found', 'request.not_found')
  @ApiProblems(409, 'request.state', 'request.over')
  async waive(
    @CurrentSubject() by: SubjectPrincipal,
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RequestResponse> {
    return this.act({ personId: by.subjectId, enterpriseId }, id, (whose) => this.requests.waive(whose, id, by));
  }

  @Get(':id/package')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Fetch what was asked to be seen of an enterprise that I act for',
    description: 'Takes a sign-in, or a code for this request, of the last fifteen minutes.',
    operationId: 'fetchEnterprisePackage',
  })
  @ApiProduces('application/zip')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiProblems(403, ...mandateRefusals, 'access.reauthentication_needed')
  @ApiProblems(404, 'mandate.not_found', 'request.not_found', 'request.no_package')
  @ApiProblems(409, 'request.unproven')
  @ApiProblems(410, 'request.package_expired')
  async fetch(
    @CurrentSubject() by: SubjectPrincipal,
    @Param('enterpriseId', ParseUUIDPipe) enterpriseId: string,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<StreamableFile> {
    const { request, file } = await this.enterprise.fetch({ personId: by.subjectId, enterpriseId }, id, by);
    return packageFile(request, file);
  }

  private async act(
    acting: Acting,
    id: string,
    act: (enterpriseId: string) => Promise<SubjectRequest>,
  ): Promise<RequestResponse> {
    return this.answers.one(await this.enterprise.act(acting, id, act));
  }
}
