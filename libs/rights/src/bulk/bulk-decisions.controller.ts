import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { respondToOutcome } from '@abide/identity';
import { ApiProblems, CurrentOperator, ForOperator, type OperatorPrincipal } from '@abide/platform';
import { refusal } from '../rights.errors.js';
import { toItems } from '../requests/operator-request.dto.js';
import { QueueFilters } from '../requests/queue-filters.js';
import {
  BulkDecisionAnswer,
  BulkDecisionResponse,
  DecideInBulk,
  toBulkDecision,
  toPreview,
} from './bulk-decision.dto.js';
import { BulkDecisions, type WantedBulk } from './bulk-decisions.service.js';

/** One decision for many requests. */
@ApiTags('Operators')
@Controller('operator')
export class BulkDecisionsController {
  constructor(
    private readonly bulk: BulkDecisions,
    private readonly filters: QueueFilters,
  ) {}

  @Post('requests/bulk-decisions')
  @HttpCode(200)
  @ForOperator('request.decide')
  @ApiOperation({
    summary: 'Decide on up to 200 requests alike',
    description:
      'A dry run says of each what would come of it, or why not. Otherwise those that could be decided wait for a privacy officer other than whoever asks (202); once confirmed each is decided by itself, on what was held of it when it was proposed.',
    operationId: 'decideRequestsInBulk',
  })
  @ApiOkResponse({ type: BulkDecisionResponse })
  @ApiAcceptedResponse({ type: BulkDecisionAnswer })
  @ApiProblems(400, 'request.too_many_at_once', 'request.invalid')
  @ApiProblems(404, 'request.not_found')
  @ApiProblems(409, 'request.nothing_to_decide')
  async decide(
    @Body() { ids, filter, decision, dryRun }: DecideInBulk,
    @CurrentOperator() operator: OperatorPrincipal,
  ): Promise<BulkDecisionResponse | BulkDecisionAnswer> {
    if ((ids === undefined) === (filter === undefined)) throw refusal('request.ids_or_filter');
    const chosen = ids ?? (await this.bulk.idsOf(await this.filters.of(filter ?? {}, operator)));
    const { outcome, items, reason, text } = decision;
    const wanted: WantedBulk = {
      operatorId: operator.operatorId,
      decision: { wanted: { outcome, items: toItems(items), reason: reason ?? null }, text: text ?? null },
    };
    if (dryRun) return toPreview(wanted.decision, await this.bulk.preview(chosen, wanted));
    const { id, items: weighed, outcome: waiting } = await this.bulk.propose(chosen, wanted);
    const answer = respondToOutcome(waiting, () => ({}) as never);
    return { ...toPreview(wanted.decision, weighed), ...answer, id, state: 'waiting' };
  }

  @Get('bulk-decisions/:id')
  @ForOperator('request.read')
  @ApiOperation({
    summary: 'How far a decision for many requests is, and what came of each',
    operationId: 'getBulkDecision',
  })
  @ApiOkResponse({ type: BulkDecisionResponse })
  @ApiProblems(404, 'request.bulk_not_found')
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<BulkDecisionResponse> {
    const { bulk, items } = await this.bulk.get(id);
    return toBulkDecision(bulk, items);
  }
}
