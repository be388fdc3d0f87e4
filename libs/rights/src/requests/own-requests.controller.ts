import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
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
import {
  ListOwnRequests,
  MakeRequest,
  ProveRequest,
  RequestVerification,
  RequestWords,
  toWanted,
} from './own-request.dto.js';
import { RequestLine, RequestResponse, toOpened } from './request.dto.js';
import { RequestQueries } from './request.queries.js';
import { RequestRecords } from './request-records.js';
import { RequestAnswers } from './request-answers.service.js';
import { Requests } from './requests.service.js';

/** What somebody asks about data of their own. None of it counts as use of the service. */
@ApiTags('Client apps')
@Controller('me/requests')
export class OwnRequestsController {
  constructor(
    private readonly requests: Requests,
    private readonly queries: RequestQueries,
    private readonly records: RequestRecords,
    private readonly answers: RequestAnswers,
  ) {}

  @Post()
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Ask about my data: to see, take along, correct, delete or restrict it, or for anything else',
    description: 'Where somebody else with my session could do harm, a code goes to a confirmed address of mine first.',
    operationId: 'makeMyRequest',
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
  @ApiProblems(409, 'request.too_many', 'verification.unreachable', 'delivery.not_configured')
  @ApiProblems(429, 'session.too_many_attempts', 'session.account_stopped', 'password.busy')
  async make(
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @Body() body: MakeRequest,
    @RequestLocale() locale: Locale,
  ): Promise<RequestResponse> {
    const { request, verification } = await this.requests.open(subjectId, toWanted(body, locale));
    return toOpened(await this.answers.one(await this.records.get(request.id, subjectId)), verification);
  }

  @Get()
  @ForSubject({ countsAsUse: false })
  @ApiOperation({ summary: 'My requests, newest first', operationId: 'listMyRequests' })
  @ApiPageOf(RequestLine)
  async list(
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @Query() { limit, cursor }: ListOwnRequests,
  ): Promise<Page<RequestLine>> {
    const found = await this.queries.ownOf(subjectId, limit, readCursor(cursor));
    return this.answers.page(found, limit);
  }

  @Get(':id')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'One of my requests: how it stands, why its deadline is what it is, what was decided',
    operationId: 'getMyRequest',
  })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(404, 'request.not_found')
  async get(
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RequestResponse> {
    return this.answers.own(await this.records.get(id, subjectId));
  }

  @Post(':id/verification')
  @HttpCode(200)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({ summary: 'Prove a request by the code that was sent for it', operationId: 'proveMyRequest' })
  @ApiOkResponse({ type: RequestResponse, description: 'It, or the earlier one of its kind that it was joined to' })
  @ApiProblems(400, 'verification.wrong_code')
  @ApiProblems(403, 'request.asked_by_guardian', 'request.asked_by_relative')
  @ApiProblems(404, 'request.not_found', 'verification.not_found')
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
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { code }: ProveRequest,
  ): Promise<RequestResponse> {
    await this.requireAskedByThem(id, subjectId);
    return this.answers.one(await this.requests.confirm(subjectId, id, code));
  }

  @Post(':id/code')
  @HttpCode(202)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Have another code sent to prove my request, or one to fetch its package or end its waiting time',
    operationId: 'sendMyRequestCode',
  })
  @ApiAcceptedResponse({ type: RequestVerification })
  @ApiProblems(403, 'request.asked_by_guardian', 'request.asked_by_relative')
  @ApiProblems(404, 'request.not_found')
  @ApiProblems(409, 'request.state', 'verification.unreachable', 'delivery.not_configured')
  @ApiProblems(429, 'session.too_many_attempts')
  async sendCode(
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RequestVerification> {
    await this.requireAskedByThem(id, subjectId);
    const { expiresAt, ...sent } = await this.requests.sendCode(subjectId, id);
    return { ...sent, expiresAt: expiresAt.toISOString() };
  }

  @Post(':id/message')
  @HttpCode(200)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Say something about my request; where I was asked, the time to answer goes on',
    operationId: 'replyToMyRequest',
  })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(403, 'request.asked_by_guardian', 'request.asked_by_relative')
  @ApiProblems(404, 'request.not_found')
  @ApiProblems(409, 'request.over', 'request.too_many_messages')
  async reply(
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { text }: RequestWords,
  ): Promise<RequestResponse> {
    await this.requireAskedByThem(id, subjectId);
    return this.answers.one(await this.requests.reply(subjectId, id, text));
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({ summary: 'Take my request back', operationId: 'cancelMyRequest' })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(403, 'request.asked_by_guardian', 'request.asked_by_relative')
  @ApiProblems(404, 'request.not_found')
  @ApiProblems(409, 'request.over', 'request.under_way')
  async cancel(
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RequestResponse> {
    await this.requireAskedByThem(id, subjectId);
    return this.answers.one(await this.requests.cancel(subjectId, id));
  }

  @Post(':id/appeal')
  @HttpCode(200)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({ summary: 'Have my request decided anew, by somebody else', operationId: 'appealMyRequest' })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(403, 'request.asked_by_guardian', 'request.asked_by_relative')
  @ApiProblems(404, 'request.not_found')
  @ApiProblems(409, 'request.nothing_to_appeal', 'request.appeal_too_late')
  async appeal(
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { text }: RequestWords,
  ): Promise<RequestResponse> {
    await this.requireAskedByThem(id, subjectId);
    return this.answers.one(await this.requests.appeal(subjectId, id, text));
  }

  @Post(':id/waiver')
  @HttpCode(200)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'End the waiting time before something goes for good',
    description: 'Takes a sign-in, or a code for this request, of the last fifteen minutes.',
    operationId: 'waiveMyWaiting',
  })
  @ApiOkResponse({ type: RequestResponse })
  @ApiProblems(403, 'request.asked_by_guardian', 'request.asked_by_relative', 'access.reauthentication_needed')
  @ApiProblems(404, 'request.not_found')
  @ApiProblems(409, 'request.state', 'request.over')
  async waive(
    @CurrentSubject() by: SubjectPrincipal,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RequestResponse> {
    await this.requireAskedByThem(id, by.subjectId);
    return this.answers.one(await this.requests.waive(by.subjectId, id, by));
  }

  /** @throws DomainError `request.not_found`, `request.asked_by_guardian`, `.asked_by_relative` */
  private async requireAskedByThem(id: string, subjectId: string): Promise<void> {
    (await this.records.get(id, subjectId)).requireAskedByThem();
  }
}
