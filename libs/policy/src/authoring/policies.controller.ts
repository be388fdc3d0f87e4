import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Locale, Page } from '@abide/kernel';
import { ApiPageOf, ApiProblems, ForOperator, IfMatch, PageQuery, RequestLocale } from '@abide/platform';
import { Drafts } from './drafts.service.js';
import { answerDraft } from './draft-answer.js';
import { Policies } from '../revisions/policies.js';
import { hasErrors, PolicyCheck } from '../revisions/policy-check.js';
import { PolicySummary, toPolicySummary } from './policy.dto.js';
import { DraftDto, PolicyCheckDto, RevisionSummary, toProblem, toRevisionSummary } from '../revisions/revision.dto.js';
import { ApiDraftSaved, ApiPolicyBody, toSubmittedPolicy } from './submitted-policy.js';

/** Policies and the drafts of their next revision, for operators. */
@ApiTags('Operators')
@Controller('operator/policies')
export class PoliciesController {
  constructor(
    private readonly policies: Policies,
    private readonly drafts: Drafts,
    private readonly checks: PolicyCheck,
  ) {}

  @Get()
  @ForOperator('policy.read')
  @ApiOperation({ summary: 'List the policies with where each stands', operationId: 'listOperatorPolicies' })
  @ApiPageOf(PolicySummary)
  async list(@Query() query: PageQuery): Promise<Page<PolicySummary>> {
    const { items, nextCursor } = await this.policies.list(query);
    return { items: items.map(toPolicySummary), nextCursor };
  }

  @Post('check')
  @HttpCode(200)
  @ForOperator('policy.read')
  @ApiOperation({ summary: 'Check a policy without saving it', operationId: 'checkPolicy' })
  @ApiPolicyBody()
  @ApiOkResponse({ type: PolicyCheckDto })
  async check(@Body() body: unknown, @RequestLocale() locale: Locale): Promise<PolicyCheckDto> {
    const { findings } = await this.checks.submission(toSubmittedPolicy(body));
    return { valid: !hasErrors(findings), problems: findings.map((finding) => toProblem(finding, locale)) };
  }

  @Get(':slug')
  @ForOperator('policy.read')
  @ApiOperation({ summary: 'Read where a policy stands; by slug or id', operationId: 'getOperatorPolicy' })
  @ApiOkResponse({ type: PolicySummary })
  @ApiProblems(404, 'policy.not_found')
  async get(@Param('slug') idOrSlug: string): Promise<PolicySummary> {
    return toPolicySummary(await this.policies.overview(await this.policies.getByAnyName(idOrSlug)));
  }

  @Get(':slug/revisions')
  @ForOperator('policy.read')
  @ApiOperation({
    summary: 'List the revisions of a policy, newest first; by slug or id',
    operationId: 'listOperatorRevisions',
  })
  @ApiPageOf(RevisionSummary)
  @ApiProblems(404, 'policy.not_found')
  async revisions(@Param('slug') idOrSlug: string, @Query() query: PageQuery): Promise<Page<RevisionSummary>> {
    const { id } = await this.policies.getByAnyName(idOrSlug);
    const { items, nextCursor } = await this.policies.revisions(id, query);
    return { items: items.map(toRevisionSummary), nextCursor };
  }

  @Get(':slug/draft')
  @ForOperator('policy.read')
  @ApiOperation({ summary: 'Read what is being prepared, with what is wrong with it', operationId: 'getDraft' })
  @ApiOkResponse({ type: DraftDto })
  @ApiProblems(404, 'policy.not_found', 'policy.no_draft')
  async draft(@Param('slug') slug: string, @RequestLocale() locale: Locale): Promise<DraftDto> {
    return answerDraft(await this.drafts.get(slug), locale);
  }

  @Put(':slug/draft')
  @ForOperator('policy.edit')
  @ApiOperation({ summary: 'Save the draft, creating policy and draft where there are none', operationId: 'saveDraft' })
  @ApiDraftSaved()
  async save(
    @Param('slug') slug: string,
    @Body() body: unknown,
    @IfMatch() expected: string | undefined,
    @RequestLocale() locale: Locale,
  ): Promise<DraftDto> {
    return answerDraft(await this.drafts.save(slug, toSubmittedPolicy(body), expected), locale);
  }
}
