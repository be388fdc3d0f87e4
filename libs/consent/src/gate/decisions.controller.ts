import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '@abide/kernel';
import { ApiProblems, CheckedBody, CreatesNothing, ForClient, ManyMembers, requestContext } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { DecisionBatchResponse, DecisionResponse, toDecisionResponse, toGateQuestion } from './decision.dto.js';
import { unknownCodes } from './registered-codes.js';
import { decisionBatchSchema, decisionSchema, type DecisionRequest } from './decision.schema.js';
import { Gate, type GateQuestion } from './gate.service.js';

const noSlugs: ReadonlyMap<string, string> = new Map();

/** The gate, for the platform's services: asked before each use. */
@ApiTags('Services')
@Controller('decisions')
export class DecisionsController {
  constructor(
    private readonly gate: Gate,
    private readonly rulebooks: EffectiveRulebook,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @CreatesNothing()
  @ForClient('decisions:read')
  @ApiOperation({
    summary: 'May this be done, for this subject, now, and under which clause?',
    description:
      'Never answered from before a withdrawal that was acknowledged when the question arrived. Send `Sec-GPC: 1` on where the request that led here carried it.',
    operationId: 'decide',
  })
  @ApiOkResponse({ type: DecisionResponse })
  @ApiProblems(400, 'request.invalid', ...unknownCodes)
  async decide(@CheckedBody(decisionSchema) body: DecisionRequest): Promise<DecisionResponse> {
    const grounds = await this.gate.groundsOfWellSpelt(this.questionOf(body, await this.slugsFor([body])));
    return toDecisionResponse(this.gate.answer(grounds));
  }

  @Post('batch')
  @HttpCode(200)
  @ManyMembers()
  @CreatesNothing()
  @ForClient('decisions:read')
  @ApiOperation({
    summary: 'The same for as many as a thousand questions',
    description:
      'A question with a code that is not registered is refused with `question.unknownService`, `question.unknownPurpose`, `question.unknownCategory`, `question.unknownRegion` or `recipient.unknown`; the others are answered.',
    operationId: 'decideBatch',
  })
  @ApiOkResponse({ type: DecisionBatchResponse })
  @ApiProblems(400, 'request.invalid')
  async decideBatch(
    @CheckedBody(decisionBatchSchema) { items }: { items: readonly DecisionRequest[] },
  ): Promise<DecisionBatchResponse> {
    const slugs = await this.slugsFor(items);
    return {
      items: (await this.gate.decideMany(items.map((item) => this.questionOf(item, slugs)))).map(toDecisionResponse),
    };
  }

  private questionOf(body: DecisionRequest, recipientSlugs: ReadonlyMap<string, string>): GateQuestion {
    return toGateQuestion(body, {
      recipientSlugs,
      hasGpcSignal: requestContext()?.globalPrivacyControl ?? false,
      now: this.clock.now(),
    });
  }

  /** Recipients may be named by id, which only the registry can turn into the slug that clauses cite. */
  private async slugsFor(items: readonly DecisionRequest[]): Promise<ReadonlyMap<string, string>> {
    return items.some(({ recipientId }) => recipientId !== undefined)
      ? (await this.rulebooks.current()).recipientSlugs
      : noSlugs;
  }
}
