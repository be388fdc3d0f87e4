import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Attachments } from '@abide/attachments';
import { Looks, MinorLooks, Operators, OperatorSubjects, Subjects } from '@abide/identity';
import { Clock, type Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentOperator,
  ForOperator,
  IfMatch,
  readCursor,
  requestContext,
  requireFreshSignIn,
  setEtag,
  toPage,
  type OperatorPrincipal,
} from '@abide/platform';
import {
  AskSubject,
  AssignRequest,
  ColleaguesResponse,
  ConfirmDecision,
  DecideRequest,
  FindingsResponse,
  ListRequests,
  OperatorRequestResponse,
  QueuedRequestResponse,
  SendDecisionBack,
  toAttachments,
  toFindings,
  withoutBarred,
  toItems,
  toRequester,
  WrittenReason,
} from './operator-request.dto.js';
import { RequestFigureResponse } from './request-figure.dto.js';
import { citing, PublicRequestRecords } from '../askers/public-request-records.js';
import { isIrrevocable } from '../request-kinds.js';
import { Deciders } from './deciders.js';
import { DecisionOptionsOf } from './decision-options.service.js';
import { RequestClocks } from '../clock/request-clocks.service.js';
import { Colleagues } from './colleagues.service.js';
import { isBeyondDeadlines } from './queue-filter.js';
import { QueueFilters } from './queue-filters.js';
import { RequestHandling } from './request-handling.service.js';
import { QueueAskers } from './queue-askers.js';
import { RequestRecords } from './request-records.js';
import { lacksSecondProof } from './second-looks.js';
import { TaskAnswerers } from './task-answerers.js';
import { RequestViews, type RequestView } from './request-view.service.js';
import { articleIn, toRequest, toRequestLine, type Reading, type RequestResponse } from './request.dto.js';
import type { SubjectRequest } from './request.entity.js';
import { RequestQueries } from './request.queries.js';

const notToSecond = [
  'request.own_decision',
  'request.not_yours_to_decide',
  'request.same_operator',
  'subject.minor_look_unapproved',
] as const;

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
    private readonly views: RequestViews,
    private readonly handling: RequestHandling,
    private readonly operators: Operators,
    private readonly subjects: Subjects,
    private readonly operatorSubjects: OperatorSubjects,
    private readonly attachments: Attachments,
    private readonly looks: Looks,
    private readonly minorLooks: MinorLooks,
    private readonly askers: QueueAskers,
    private readonly asked: PublicRequestRecords,
    private readonly answerers: TaskAnswerers,
    private readonly deciders: Deciders,
    private readonly options: DecisionOptionsOf,
    private readonly colleagues: Colleagues,
    private readonly clocks: RequestClocks,
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
    const names = await this.views.namesOf(found.flatMap(({ categories }) => categories));
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
    return this.read(request, operator);
  }

  @Get(':id/findings')
  @ForOperator('request.read')
  @ApiOperation({
    summary: 'What is held of what a request is about, and what would have to stay',
    description: 'Counted, never shown. The ETag says what a decision rests on.',
    operationId: 'getRequestFindings',
  })
  @ApiOkResponse({ type: FindingsResponse })
  @ApiProblems(403, 'subject.minor_look_unapproved')
  @ApiProblems(404, 'request.not_found')
  async findings(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentOperator() { operatorId, permissions }: OperatorPrincipal,
  ): Promise<FindingsResponse> {
    await this.look(id, operatorId);
    const { findings, tag } = await this.handling.findingsOf(id);
    setEtag(tag);
    return toFindings(
      permissions.has('hold.read') ? findings : withoutBarred(findings),
      await this.views.namesOf(findings.flatMap(({ category, holder }) => [category, holder])),
      this.reading().locale,
    );
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
    return this.read(await this.handling.assign(id, operatorId), operator);
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
    return this.read(await this.handling.ask(id, text), operator);
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
    return this.read(await this.handling.extend(id, reason), operator);
  }

  @Post(':id/decision')
  @HttpCode(200)
  @ForOperator('request.decide')
  @ApiOperation({
    summary: 'Decide on a request, as a whole or category by category',
    description: 'With `If-Match` of the findings it is refused (412) where what is held has changed since.',
    operationId: 'decideRequest',
  })
  @ApiOkResponse({ type: OperatorRequestResponse })
  @ApiProblems(
    400,
    'request.reason_needed',
    'request.ground_needed',
    'request.no_hold',
    'request.not_about_this',
    'request.not_decided_whole',
    'request.answer_needed',
  )
  @ApiProblems(
    403,
    'request.not_yours_to_decide',
    'request.same_operator',
    'session.step_up_required',
    'subject.minor_look_unapproved',
  )
  @ApiProblems(404, 'request.not_found')
  @ApiProblems(409, 'request.exempt', 'request.held', 'request.link_waits', 'request.over', 'request.state')
  @ApiProblems(412, 'request.stale_findings')
  async decide(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { outcome, items, reason, text }: DecideRequest,
    @IfMatch() seen: string | undefined,
    @CurrentOperator() operator: OperatorPrincipal,
  ): Promise<OperatorRequestResponse> {
    const wanted = { outcome, items: toItems(items), reason: reason ?? null };
    const { operatorId } = operator;
    await this.look(id, operatorId);
    await this.requireFreshSignIn(id, operator);
    await this.handling.prepare(id);
    return this.read(await this.handling.decide(id, { operatorId, wanted, text: text ?? null, seen }), operator);
  }

  @Post(':id/approval')
  @HttpCode(200)
  @ForOperator('request.decide')
  @ApiOperation({
    summary: 'Agree, as a second operator, with what was decided',
    operationId: 'approveRequestDecision',
  })
  @ApiOkResponse({ type: OperatorRequestResponse })
  @ApiProblems(403, ...notToSecond, 'session.step_up_required')
  @ApiProblems(404, 'request.not_found')
  @ApiProblems(409, 'request.over', 'request.state')
  async approve(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { comment }: ConfirmDecision,
    @CurrentOperator() operator: OperatorPrincipal,
  ): Promise<OperatorRequestResponse> {
    await this.look(id, operator.operatorId);
    await this.requireFreshSignIn(id, operator);
    return this.read(await this.handling.confirm(id, operator.operatorId, comment ?? null), operator);
  }

  @Post(':id/rejection')
  @HttpCode(200)
  @ForOperator('request.decide')
  @ApiOperation({ summary: 'Disagree, as a second operator: it is decided anew', operationId: 'rejectRequestDecision' })
  @ApiOkResponse({ type: OperatorRequestResponse })
  @ApiProblems(403, ...notToSecond)
  @ApiProblems(404, 'request.not_found')
  @ApiProblems(409, 'request.over', 'request.state')
  async reject(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: SendDecisionBack,
    @CurrentOperator() operator: OperatorPrincipal,
  ): Promise<OperatorRequestResponse> {
    await this.look(id, operator.operatorId);
    return this.read(await this.handling.sendBack(id, operator.operatorId, reason), operator);
  }

  /** For what takes something away for good, of whoever may decide it at all. */
  private async requireFreshSignIn(id: string, operator: OperatorPrincipal): Promise<void> {
    const request = await this.records.get(id);
    if (isIrrevocable(request.type) && (await this.deciders.barrier(request, operator)) === null)
      requireFreshSignIn(operator, this.clock.now());
  }

  /** Whoever decides, alone or as the second, looks at what is held. @throws DomainError `request.not_found`, `subject.minor_look_unapproved` */
  private async look(id: string, operatorId: string): Promise<void> {
    const { subjectId } = await this.records.get(id);
    await this.minorLooks.require(subjectId, operatorId);
    await this.looks.note(subjectId, operatorId, 'request');
  }

  private async read(request: SubjectRequest, operator: OperatorPrincipal): Promise<OperatorRequestResponse> {
    const view = await this.views.forOperator(request, operator);
    const names = await this.operators.namesOf(request.assignee === null ? [] : [request.assignee]);
    const askers = await this.askers.of([request]);
    const hasAccount = (await this.subjects.find(request.subjectId)) !== null;
    const deciding = await this.options.read(view, operator);
    const mayDecide = deciding.barrier === null;
    return {
      ...toRequest(view, this.reading()),
      corrections: await this.differences(view, mayDecide),
      subjectId: request.subjectId,
      locale: request.locale,
      assigneeId: request.assignee,
      assignee: request.assignee && (names.get(request.assignee) ?? null),
      personName: askers(request).personName,
      isAppeal: request.round > 1,
      joinedTo: await this.joinedTo(request),
      extension: await this.extension(request),
      isEnterprise: askers(request).isEnterprise,
      wardName: askers(request).wardName,
      askerId: view.asker?.personId ?? null,
      linkedFrom: request.askedAs === 'relative' ? ((await this.asked.askedFor(request.id))?.requestId ?? null) : null,
      evidence: view.content.evidence,
      isWithheld: view.isWithheld,
      attachments: view.isWithheld ? [] : toAttachments(await this.attachments.citedBy(citing(request.id))),
      requester: toRequester(view, hasAccount),
      lacksSecondProof: hasAccount && lacksSecondProof(request),
      tasks: await this.answerers.tasksOf(view.holders, operator),
      mayDecide,
      deciding,
      isInTime: request.isInTime,
    };
  }

  /** What a relative asked goes on about another account. */
  private async joinedTo({ joinedTo }: SubjectRequest): Promise<OperatorRequestResponse['joinedTo']> {
    if (joinedTo === null) return null;
    const { id, number } = await this.records.get(joinedTo);
    return { id, number };
  }

  private async extension(request: SubjectRequest): Promise<OperatorRequestResponse['extension']> {
    const { now, locale } = this.reading();
    const extended = request.isExtendable(now) ? await this.clocks.extended(request) : null;
    return extended && { dueAt: extended.dueAt?.toISOString() ?? null, article: articleIn(extended.article, locale) };
  }

  /** Old beside new: whoever decides reads the new one whole, to compare it with the evidence. */
  private async differences(
    { request: { subjectId }, content: { corrections } }: RequestView,
    mayDecide: boolean,
  ): Promise<RequestResponse['corrections']> {
    const masked = await this.operatorSubjects.maskedCorrections(subjectId, corrections);
    return masked.map(({ category, held, wanted }, index) => ({
      category,
      held,
      value: mayDecide ? (corrections[index]?.value ?? wanted) : wanted,
    }));
  }

  private reading(): Reading {
    return { now: this.clock.now(), locale: requestContext()?.locale ?? 'zh-CN' };
  }
}
