import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '@abide/kernel';
import { ApiProblems, CheckedBody, ForOperator, SecretAnswer } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { toGateQuestion } from '../gate/decision.dto.js';
import { unknownCodes } from '../gate/registered-codes.js';
import { ExplanationResponse, toExplanation } from './explanation.dto.js';
import { explanationSchema, type ExplanationRequest } from './explanation.schema.js';
import { Explanations } from './explanations.service.js';

/** Why something may be done with a subject's data, or may not. */
@ApiTags('Operators')
@Controller('operator/decisions')
export class ExplanationsController {
  constructor(
    private readonly explanations: Explanations,
    private readonly rulebooks: EffectiveRulebook,
    private readonly clock: Clock,
  ) {}

  @Post('explanation')
  @HttpCode(200)
  @SecretAnswer()
  @ForOperator('subject.read')
  @ApiOperation({
    summary: 'Explain a decision about a subject, rule by rule; the look is recorded',
    description: 'Takes a decision request with one purpose and one category. Nothing is decided and nothing counted.',
    operationId: 'explainDecision',
  })
  @ApiOkResponse({ type: ExplanationResponse })
  @ApiProblems(400, 'request.invalid', ...unknownCodes)
  async explain(
    @CheckedBody(explanationSchema) { purpose, ...body }: ExplanationRequest,
  ): Promise<ExplanationResponse> {
    const { recipientSlugs } = await this.rulebooks.current();
    const question = toGateQuestion(
      { ...body, purpose },
      { recipientSlugs, hasGpcSignal: false, now: this.clock.now() },
    );
    return toExplanation(await this.explanations.explain({ ...question, purpose }));
  }
}
