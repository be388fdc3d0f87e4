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
import { Requests } from '../requests/requests.service.js';
import { WardRequests } from './ward-requests.service.js';

const guardiansRefusals = ['guardianship.not_confirmed', 'guardianship.came_of_age', 'guardianship.age_unknown'];

/** What a guardian asks about the data of a child who is too young to ask alone. None of it counts as use of the service. */
@ApiTags('Client apps')
@Controller('me/wards/:subjectId/requests')
export class WardRequestsController {
  constructor(
    private readonly ward: WardRequests,
    private readonly requests: Requests,
    private readonly answers: RequestAnswers,
  ) {}

  @Post()
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Ask about the data of a child I am the guardian of',
    description: 'The code that proves it goes to a confirmed address of mine.',
    operationId: 'makeWardRequest',
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
  @ApiProblems(404, 'guardianship.not_found')
  @ApiProblems(409, ...guardiansRefusals, 'request.too_many', 'verification.unreachable', 'delivery.not_configured')
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped', 'password.busy')
  async make(
    @CurrentSubject() { subjectId: guardianId }: SubjectPrincipal,
    @Param('subjectId', ParseUUIDPipe) wardId: string,
    @Body() body: MakeRequest,
    @RequestLocale() locale: Locale,
  ): Promise<RequestResponse> {
    const { request, verification } = await this.ward.open({ guardianId, wardId }, toWanted(body, locale));
    return toOpened(await this.answers.one(await this.ward.get({ guardianId, wardId }, request.id)), verification);
  }

  @Get()
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'What I asked about a child I am the guardian of, newest first',
    operationId: 'listWardRequests',
  })
  @ApiPageOf(RequestLine)
  @ApiProblems(404, 'guardianship.not_found')
  @ApiProblems(409, ...guardiansRefusals)
  async list(
    @CurrentSubject() { subjectId: guardianId }: SubjectPrincipal,
    @Param('subjectId', ParseUUIDPipe) wardId: string,
    @Query() { limit, cursor }: ListOwnRequests,
  ): Promise<Page<RequestLine>> {
    const found = await this.ward.list({ guardianId, wardId }, limit, readCursor(cursor));
    return this.answers.page(found, limit);
  }

  @Get(':id')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'One request that I made for a child: how it stands, what was decided',
    operationId: 'getWardRequest',
  })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(404, 'guardianship.not_found', 'request.not_found')
  @ApiProblems(409, ...guardiansRefusals)
  async get(
    @CurrentSubject() { subjectId: guardianId }: SubjectPrincipal,
    @Param('subjectId', ParseUUIDPipe) wardId: string,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RequestResponse> {
    return this.answers.one(await this.ward.get({ guardianId, wardId }, id));
  }

  @Post(':id/verification')
  @HttpCode(200)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Prove a request for a child by the code that was sent to me',
    operationId: 'proveWardRequest',
  })
  @ApiOkResponse({ type: RequestResponse, description: 'It, or the earlier one of mine that it was joined to' })
  @ApiProblems(400, 'verification.wrong_code')
  @ApiProblems(404, 'guardianship.not_found', 'request.not_found', 'verification.not_found')
  @ApiProblems(
    409,
    ...guardiansRefusals,
    'request.state',
    'request.lapsed',
    'verification.expired',
    'verification.exhausted',
    'verification.used',
  )
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped')
  async prove(
    @CurrentSubject() { subjectId: guardianId }: SubjectPrincipal,
    @Param('subjectId', ParseUUIDPipe) wardId: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { code }: ProveRequest,
  ): Promise<RequestResponse> {
    return this.answers.one(await this.ward.confirm({ guardianId, wardId }, id, code));
  }

  @Post(':id/code')
  @HttpCode(202)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Have another code sent to me to prove my request for a child, or one to fetch its package',
    operationId: 'sendWardRequestCode',
  })
  @ApiAcceptedResponse({ type: RequestVerification })
  @ApiProblems(404, 'guardianship.not_found', 'request.not_found')
  @ApiProblems(409, ...guardiansRefusals, 'request.state', 'verification.unreachable', 'delivery.not_configured')
  @ApiProblems(429, 'session.too_many_attempts')
  async sendCode(
    @CurrentSubject() { subjectId: guardianId }: SubjectPrincipal,
    @Param('subjectId', ParseUUIDPipe) wardId: string,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RequestVerification> {
    const { expiresAt, ...sent } = await this.ward.sendCode({ guardianId, wardId }, id);
    return { ...sent, expiresAt: expiresAt.toISOString() };
  }

  @Post(':id/message')
  @HttpCode(200)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({ summary: 'Say something about a request for a child', operationId: 'replyToWardRequest' })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(404, 'guardianship.not_found', 'request.not_found')
  @ApiProblems(409, ...guardiansRefusals, 'request.over', 'request.too_many_messages')
  async reply(
    @CurrentSubject() { subjectId: guardianId }: SubjectPrincipal,
    @Param('subjectId', ParseUUIDPipe) wardId: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { text }: RequestWords,
  ): Promise<RequestResponse> {
    const guarding = { guardianId, wardId };
    return this.answers.one(await this.ward.act(guarding, id, (about) => this.requests.reply(about, id, text)));
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({ summary: 'Take a request for a child back', operationId: 'cancelWardRequest' })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(404, 'guardianship.not_found', 'request.not_found')
  @ApiProblems(409, ...guardiansRefusals, 'request.over', 'request.under_way')
  async cancel(
    @CurrentSubject() { subjectId: guardianId }: SubjectPrincipal,
    @Param('subjectId', ParseUUIDPipe) wardId: string,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RequestResponse> {
    const guarding = { guardianId, wardId };
    return this.answers.one(await this.ward.act(guarding, id, (about) => this.requests.cancel(about, id)));
  }

  @Post(':id/appeal')
  @HttpCode(200)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Have a request for a child decided anew, by somebody else',
    operationId: 'appealWardRequest',
  })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(404, 'guardianship.not_found', 'request.not_found')
  @ApiProblems(409, ...guardiansRefusals, 'request.nothing_to_appeal', 'request.appeal_too_late')
  async appeal(
    @CurrentSubject() { subjectId: guardianId }: SubjectPrincipal,
    @Param('subjectId', ParseUUIDPipe) wardId: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { text }: RequestWords,
  ): Promise<RequestResponse> {
    const guarding = { guardianId, wardId };
    return this.answers.one(await this.ward.act(guarding, id, (about) => this.requests.appeal(about, id, text)));
  }

  @Get(':id/package')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Fetch what I asked to see of a child',
    description: 'Takes a sign-in, or a code for this request, of the last fifteen minutes.',
    operationId: 'fetchWardPackage',
  })
  @ApiProduces('application/zip')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiProblems(403, 'access.reauthentication_needed')
  @ApiProblems(404, 'guardianship.not_found', 'request.not_found', 'request.no_package')
  @ApiProblems(409, ...guardiansRefusals)
  @ApiProblems(410, 'request.package_expired')
  async fetch(
    @CurrentSubject() by: SubjectPrincipal,
    @Param('subjectId', ParseUUIDPipe) wardId: string,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<StreamableFile> {
    const { request, file } = await this.ward.fetch({ guardianId: by.subjectId, wardId }, id, by);
    return packageFile(request, file);
  }
}
