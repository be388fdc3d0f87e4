import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Locale } from '@abide/kernel';
import { Operators } from '@abide/identity';
import { ApiProblems, ForOperator, IfMatch, requestContext, RequestLocale, setEtag } from '@abide/platform';
import type { KeptPolicyTests } from './kept-policy-tests.entity.js';
import { PolicyTestRuns } from './policy-test-runs.js';
import { PolicyTestTexts } from './policy-test-texts.service.js';
import {
  PolicyTestRunDto,
  PolicyTestsDto,
  RunPolicyTests,
  toPolicyTestRun,
  toPolicyTests,
} from './policy-tests.dto.js';
import { ApiPolicyTestsBody, toTestsText } from './submitted-tests.js';

/** The tests kept beside a policy, and running them on what is being prepared. */
@ApiTags('Operators')
@Controller('operator/policies/:slug/tests')
export class PolicyTestsController {
  constructor(
    private readonly texts: PolicyTestTexts,
    private readonly runs: PolicyTestRuns,
    private readonly operators: Operators,
  ) {}

  @Get()
  @ForOperator('policy.read')
  @ApiOperation({ summary: 'Read the tests kept beside a policy', operationId: 'getPolicyTests' })
  @ApiOkResponse({ type: PolicyTestsDto })
  @ApiProblems(404, 'policy.not_found', 'policy.no_tests')
  async get(@Param('slug') slug: string): Promise<PolicyTestsDto> {
    return this.answer(await this.texts.get(slug));
  }

  @Put()
  @ForOperator('policy.edit')
  @ApiOperation({ summary: 'Keep tests beside a policy, 200 kB at most', operationId: 'savePolicyTests' })
  @ApiPolicyTestsBody()
  @ApiOkResponse({ type: PolicyTestsDto })
  @ApiCreatedResponse({ type: PolicyTestsDto })
  @ApiProblems(400, 'policy.tests_invalid')
  @ApiProblems(404, 'policy.not_found')
  @ApiProblems(412, 'policy.stale_edit')
  @ApiProblems(428, 'policy.if_match_required')
  async save(
    @Param('slug') slug: string,
    @Body() body: unknown,
    @IfMatch() expected: string | undefined,
  ): Promise<PolicyTestsDto> {
    const { kept, isNew } = await this.texts.save(slug, toTestsText(body), expected);
    if (isNew) void requestContext()?.reply.status(201);
    return this.answer(kept);
  }

  @Post('run')
  @HttpCode(200)
  @ForOperator('policy.read')
  @ApiOperation({
    summary: 'Run the tests given, or those kept, on the draft or else on the text in force',
    operationId: 'runPolicyTests',
  })
  @ApiOkResponse({ type: PolicyTestRunDto })
  @ApiProblems(400, 'policy.tests_invalid')
  @ApiProblems(404, 'policy.not_found', 'policy.no_tests', 'policy.no_draft')
  async run(
    @Param('slug') slug: string,
    @Body() { content }: RunPolicyTests,
    @RequestLocale() locale: Locale,
  ): Promise<PolicyTestRunDto> {
    return toPolicyTestRun(await this.runs.run(slug, content), locale);
  }

  private async answer(kept: KeptPolicyTests): Promise<PolicyTestsDto> {
    setEtag(kept.contentHash);
    return toPolicyTests(kept, await this.operators.namesOf([kept.updatedBy]));
  }
}
