import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Looks, Operators } from '@abide/identity';
import { Clock, type Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentOperator,
  ForOperator,
  readCursor,
  requestContext,
  toPage,
  type OperatorPrincipal,
} from '@abide/platform';
import {
  AskSubject,
  AssignRequest,
  ColleaguesResponse,
  ListRequests,
  OperatorRequestResponse,
  QueuedRequestResponse,
  WrittenReason,
} from './operator-request.dto.js';
import { RequestFigureResponse } from './request-figure.dto.js';
import { Colleagues } from './colleagues.service.js';
import { isBeyondDeadlines } from './queue-filter.js';
import { QueueFilters } from './queue-filters.js';
import { RequestHandling } from './request-handling.service.js';
import { OperatorRequestAnswers } from './operator-request-answers.service.js';
import { QueueAskers } from './queue-askers.js';
import { RequestRecords } from './request-records.js';
import { CodeNames } from './code-names.js';
import { toRequestLine, type Reading } from './request.dto.js';
import { RequestQueries } from './request.queries.js';

/** The queue of requests, and what operators do with each. */
@ApiTags('Operators')
@ApiExtraModels(RequestFigureResponse)
@Controller('operator/requests')
export class OperatorRequestsController {
  constructor(
    private readonly clock: Clock,
    private readonly queries: RequestQueries,
    private readonly filters: QueueFilters,
    private readonly records: RequestRecords,
    private readonly names: CodeNames,
    private readonly handling: RequestHandling,
    private readonly operators: Operators,
    private readonly looks: Looks,
    private readonly askers: QueueAskers,
    private readonly colleagues: Colleagues,
    private readonly answers: OperatorRequestAnswers,
  ) {}

  @Get()
  @ForOperator('request.read')
  @ApiOperation({ summary: 'Requests: what falls due first, or the newest', operationId: 'listRequests' })
  @ApiPageOf(QueuedRequestResponse)
  async list(
    @Query() { limit, cursor, sort, ...asked }: ListRequests,
    @CurrentOperator() operator: OperatorPrincipal,
  ): Promise<Page<QueuedRequestResponse>> {
    if (asked.subjectId) await this.looks.note(asked.subjectId, operator.operatorId, 'request');
    const wanted = await this.filters.of(asked, operator);
    const isNewestFirst = sort === 'newest' || isBeyondDeadlines(wanted);
    const after = readCursor(cursor);
    const found = isNewestFirst
      ? await this.queries.newest(wanted, limit, after)
      : await this.queries.byDeadline(wanted, limit, after);
    const people = await this.operators.namesOf(found.flatMap((one) => one.assignee ?? []));
    const names = await this.names.of(found.flatMap(({ categories }) => categories));
    const askers = await this.askers.of(found);
    return toPage(
      found,
      limit,
      ({ id, openedAt, dueAt }) => ({ at: isNewestFirst ? openedAt : (dueAt ?? openedAt), id }),
      (one) => ({
        ...toRequestLine(one, this.reading()),
        subjectId: one.subjectId,
        assignee: one.assignee && (people.get(one.assignee) ?? null),
        channel: one.channel,
        isAppeal: one.round > 1,
        isJoined: one.joinedTo !== null,
        ...askers(one),
        names: Object.fromEntries(Object.entries(names).filter(([code]) => one.categories.includes(code))),
      }),
    );
  }

  @Get(':id')
  @ForOperator('request.read')
  @ApiOperation({
    summary: 'A request with its words, its clock, what was decided and how far it is',
    operationId: 'getRequest',
  })
  @ApiOkResponse({ type: OperatorRequestResponse })
  @ApiProblems(404, 'request.not_found')
  async get(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentOperator() operator: OperatorPrincipal,
  ): Promise<OperatorRequestResponse> {
    const request = await this.records.get(id);
    await this.looks.note(request.subjectId, operator.operatorId, 'request');
    return this.answers.one(request, operator);
  }

  @Get(':id/colleagues')
  @ForOperator('request.read')
  @ApiOperation({
    summary: 'Who may answer a request, and who of them may decide it',
    operationId: 'getRequestColleagues',
  })
  @ApiOkResponse({ type: ColleaguesResponse })
  @ApiProblems(404, 'request.not_found')
  async whoMayAnswer(@Param('id', ParseUUIDPipe) id: string): Promise<ColleaguesResponse> {
    return { items: await this.colleagues.of(await this.records.get(id)) };
  }

  @Post(':id/assignment')
  @HttpCode(200)
  @ForOperator('request.answer')
  @ApiOperation({ summary: 'Say who answers a request', operationId: 'assignRequest' })
  @ApiOkResponse({ type: OperatorRequestResponse })
  @ApiProblems(400, 'request.unknown_operator')
  @ApiProblems(403, 'request.same_operator')
  @ApiProblems(404, 'request.not_found')
  @ApiProblems(409, 'request.over', 'request.state')
  async assign(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { operatorId }: AssignRequest,
    @CurrentOperator() operator: OperatorPrincipal,
  ): Promise<OperatorRequestResponse> {
    return this.answers.one(await this.handling.assign(id, operatorId), operator);
  }

  @Post(':id/message')
  @HttpCode(200)
  @ForOperator('request.answer')
  @ApiOperation({
    summary: 'Ask the person something; the time to answer stands still until they reply',
    operationId: 'askAboutRequest',
  })
  @ApiOkResponse({ type: OperatorRequestResponse })
  @ApiProblems(404, 'request.not_found')
  @ApiProblems(409, 'request.over', 'request.state')
  async ask(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { text }: AskSubject,
    @CurrentOperator() operator: OperatorPrincipal,
  ): Promise<OperatorRequestResponse> {
    return this.answers.one(await this.handling.ask(id, text), operator);
  }

  @Post(':id/extension')
  @HttpCode(200)
  @ForOperator('request.answer')
  @ApiOperation({ summary: 'Extend the deadline, once, as far as the profile lets', operationId: 'extendRequest' })
  @ApiOkResponse({ type: OperatorRequestResponse })
  @ApiProblems(404, 'request.not_found')
  @ApiProblems(
    409,
    'request.no_extension',
    'request.extended_already',
    'request.overdue',
    'request.over',
    'request.state',
  )
  async extend(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: WrittenReason,
    @CurrentOperator() operator: OperatorPrincipal,
  ): Promise<OperatorRequestResponse> {
    return this.answers.one(await this.handling.extend(id, reason), operator);
  }

  private reading(): Reading {
    return { now: this.clock.now(), locale: requestContext()?.locale ?? 'zh-CN' };
  }
}
