import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ApiProblems, ForOperator, IfMatch, requestContext, setEtag } from '@abide/platform';
import { formatPolicy } from '@abide/rulebook';
import { Activation } from '../activation/activation.service.js';
import { Scheduling } from '../activation/scheduling.service.js';
import { actingOperator } from '../acting.js';
import { OpenRevisionDto } from './open-revision.dto.js';
import { Review } from './review.service.js';
import {
  ApprovalRequest,
  Commented,
  RevisionDto,
  ScheduleRequest,
  SubmissionRequest,
  toRevision,
  WithdrawalRequest,
} from './revision-acts.dto.js';
import { RevisionView } from './revision-view.js';
import type { Revision } from '../revisions/revision.entity.js';
import { Revisions } from '../revisions/revisions.js';

/** A revision on its way from draft to effect, for operators. */
@ApiTags('Operators')
@ApiExtraModels(OpenRevisionDto)
@Controller('operator/revisions')
export class RevisionsController {
  constructor(
    private readonly revisions: Revisions,
    private readonly view: RevisionView,
    private readonly review: Review,
    private readonly scheduling: Scheduling,
    private readonly activation: Activation,
  ) {}

  @Get(':id')
  @ForOperator('policy.read')
  @ApiOperation({
    summary: 'Read a revision with its history and what may be done with it',
    operationId: 'getRevision',
  })
  @ApiOkResponse({ type: RevisionDto })
  @ApiProblems(404, 'policy.revision_not_found')
  async get(@Param('id') id: string): Promise<RevisionDto> {
    return this.answer(await this.revisions.get(id));
  }

  @Get(':id/export')
  @ForOperator('policy.read')
  @ApiOperation({ summary: 'Save a revision as a policy-as-code file', operationId: 'exportRevision' })
  @ApiProduces('application/yaml')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiProblems(404, 'policy.revision_not_found')
  @Header('content-type', 'application/yaml; charset=utf-8')
  async export(@Param('id') id: string): Promise<string> {
    const { document, number } = await this.revisions.get(id);
    void requestContext()?.reply.header(
      'content-disposition',
      `attachment; filename="${document.policy}-${number}.yaml"`,
    );
    return formatPolicy(document);
  }

  @Post(':id/submission')
  @HttpCode(200)
  @ForOperator('policy.submit')
  @ApiOperation({ summary: 'Submit a draft for review', operationId: 'submitRevision' })
  @ApiOkResponse({ type: RevisionDto })
  @ApiProblems(400, 'policy.invalid')
  @ApiProblems(409, 'policy.wrong_state', 'policy.warnings_unanswered', 'policy.too_extensive')
  @ApiProblems(412, 'policy.stale_edit')
  async submit(
    @Param('id') id: string,
    @Body() submission: SubmissionRequest,
    @IfMatch() expectedHash?: string,
  ): Promise<RevisionDto> {
    return this.answer(await this.review.submit(id, submission, expectedHash));
  }

  @Post(':id/approval')
  @HttpCode(200)
  @ForOperator('policy.approve')
  @ApiOperation({ summary: 'Approve the text that somebody else wrote and submitted', operationId: 'approveRevision' })
  @ApiOkResponse({ type: RevisionDto })
  @ApiProblems(403, 'policy.self_approval')
  @ApiProblems(409, 'policy.content_changed', 'policy.wrong_state')
  @ApiProblems(412, 'policy.stale_edit')
  async approve(
    @Param('id') id: string,
    @Body() body: ApprovalRequest,
    @IfMatch() expectedHash?: string,
  ): Promise<RevisionDto> {
    return this.answer(await this.review.approve(id, body, expectedHash));
  }

  @Post(':id/rejection')
  @HttpCode(200)
  @ForOperator('policy.approve')
  @ApiOperation({ summary: 'Send a submitted or approved text back to draft', operationId: 'rejectRevision' })
  @ApiOkResponse({ type: RevisionDto })
  @ApiProblems(409, 'policy.wrong_state')
  @ApiProblems(412, 'policy.stale_edit')
  async reject(
    @Param('id') id: string,
    @Body() { comment }: Commented,
    @IfMatch() expectedHash?: string,
  ): Promise<RevisionDto> {
    return this.answer(await this.review.reject(id, comment, expectedHash));
  }

  @Post(':id/schedule')
  @HttpCode(200)
  @ForOperator('policy.schedule', { needsStepUp: true })
  @ApiOperation({
    summary: 'Fix when an approved revision takes effect, and start telling people where that is owed',
    operationId: 'scheduleRevision',
  })
  @ApiOkResponse({ type: RevisionDto })
  @ApiProblems(400, 'policy.invalid', 'policy.raise_without_reason')
  @ApiProblems(403, 'session.step_up_required')
  @ApiProblems(
    409,
    'policy.not_approved',
    'policy.already_scheduled',
    'policy.lead_time_too_short',
    'policy.channel_not_configured',
    'policy.raise_not_upwards',
    'policy.confirmation_missing',
    'policy.wrong_state',
  )
  @ApiProblems(412, 'policy.stale_edit')
  async schedule(
    @Param('id') id: string,
    @Body() body: ScheduleRequest,
    @IfMatch() expectedHash?: string,
  ): Promise<RevisionDto> {
    const wish = { ...body, effectiveAt: new Date(body.effectiveAt) };
    return this.answer(await this.scheduling.schedule(id, wish, expectedHash));
  }

  @Post(':id/activation')
  @HttpCode(200)
  @ForOperator('policy.schedule', { needsStepUp: true })
  @ApiOperation({
    summary: 'Put a scheduled revision into force if every condition is met; a job does it by itself when due',
    operationId: 'activateRevision',
  })
  @ApiOkResponse({ type: RevisionDto })
  @ApiProblems(403, 'session.step_up_required')
  @ApiProblems(409, 'policy.conditions_not_met', 'policy.wrong_state')
  @ApiProblems(412, 'policy.stale_edit')
  async activate(@Param('id') id: string, @IfMatch() expectedHash?: string): Promise<RevisionDto> {
    return this.answer(await this.activation.activate(id, expectedHash));
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @ForOperator('policy.withdraw')
  @ApiOperation({
    summary: 'Take a submission back to draft, or end a draft or a scheduled revision',
    operationId: 'withdrawRevision',
  })
  @ApiOkResponse({ type: RevisionDto })
  @ApiProblems(409, 'policy.wrong_state')
  @ApiProblems(412, 'policy.stale_edit')
  async withdraw(
    @Param('id') id: string,
    @Body() { reason }: WithdrawalRequest,
    @IfMatch() expectedHash?: string,
  ): Promise<RevisionDto> {
    return this.answer(await this.review.withdraw(id, reason, expectedHash));
  }

  private async answer(revision: Revision): Promise<RevisionDto> {
    setEtag(revision.contentHash);
    return toRevision(await this.view.of(revision, actingOperator()), requestContext()?.locale ?? 'zh-CN');
  }
}
