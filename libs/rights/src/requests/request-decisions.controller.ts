import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Looks, MinorLooks } from '@abide/identity';
import { Clock } from '@abide/kernel';
import {
  ApiProblems,
  CurrentOperator,
  ForOperator,
  IfMatch,
  requestContext,
  requireFreshSignIn,
  setEtag,
  type OperatorPrincipal,
} from '@abide/platform';
import {
  ConfirmDecision,
  DecideRequest,
  FindingsResponse,
  OperatorRequestResponse,
  SendDecisionBack,
  toFindings,
  withoutBarred,
  toItems,
} from './operator-request.dto.js';
import { isIrrevocable } from '../request-kinds.js';
import { Deciders } from './deciders.js';
import { OperatorRequestAnswers } from './operator-request-answers.service.js';
import { RequestHandling } from './request-handling.service.js';
import { RequestRecords } from './request-records.js';
import { CodeNames } from './code-names.js';
import type { SubjectRequest } from './request.entity.js';

const notToSecond = [
  'request.own_decision',
  'request.not_yours_to_decide',
  'request.same_operator',
  'subject.minor_look_unapproved',
] as const;

/** What is held of what a request is about, and what operators decide on it. */
@ApiTags('Operators')
@Controller('operator/requests')
export class RequestDecisionsController {
  constructor(
    private readonly clock: Clock,
    private readonly records: RequestRecords,
    private readonly names: CodeNames,
    private readonly handling: RequestHandling,
    private readonly looks: Looks,
    private readonly minorLooks: MinorLooks,
    private readonly deciders: Deciders,
    private readonly answers: OperatorRequestAnswers,
  ) {}

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
      await this.names.of(findings.flatMap(({ category, holder }) => [category, holder])),
      requestContext()?.locale ?? 'zh-CN',
    );
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
    await this.requireFreshSignIn(await this.look(id, operatorId), operator);
    await this.handling.prepare(id);
    return this.answers.one(await this.handling.decide(id, { operatorId, wanted, text: text ?? null, seen }), operator);
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
    await this.requireFreshSignIn(await this.look(id, operator.operatorId), operator);
    return this.answers.one(await this.handling.confirm(id, operator.operatorId, comment ?? null), operator);
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
    return this.answers.one(await this.handling.sendBack(id, operator.operatorId, reason), operator);
  }

  /** For what takes something away for good, of whoever may decide it at all. */
  private async requireFreshSignIn(request: SubjectRequest, operator: OperatorPrincipal): Promise<void> {
    if (isIrrevocable(request.type) && (await this.deciders.barrier(request, operator)) === null)
      requireFreshSignIn(operator, this.clock.now());
  }

  /** Whoever decides, alone or as the second, looks at what is held. @throws DomainError `request.not_found`, `subject.minor_look_unapproved` */
  private async look(id: string, operatorId: string): Promise<SubjectRequest> {
    const request = await this.records.get(id);
    await this.minorLooks.require(request.subjectId, operatorId);
    await this.looks.note(request.subjectId, operatorId, 'request');
    return request;
  }
}
