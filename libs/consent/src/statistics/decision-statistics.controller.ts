import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock, type Page } from '@abide/kernel';
import { ApiPageOf, ApiProblems, ForOperator, toSpan } from '@abide/platform';
import {
  DecisionSummaryQuery,
  DecisionSummaryResponse,
  RefusalQuery,
  SampledRefusalDto,
  toDecisionSummary,
  toSampledRefusal,
} from './decision-statistics.dto.js';
import { DecisionStatistics } from './decision-statistics.queries.js';

/** What the gate decided, counted and sampled without anybody's name. */
@ApiTags('Operators')
@Controller('operator/decisions')
export class DecisionStatisticsController {
  constructor(
    private readonly statistics: DecisionStatistics,
    private readonly clock: Clock,
  ) {}

  @Get('summary')
  @ForOperator('overview.read')
  @ApiOperation({
    summary: 'Count decisions over time by outcome, and by purpose and category',
    operationId: 'summariseDecisions',
  })
  @ApiOkResponse({ type: DecisionSummaryResponse })
  @ApiProblems(400, 'request.invalid')
  async summary(@Query() query: DecisionSummaryQuery): Promise<DecisionSummaryResponse> {
    return toDecisionSummary(await this.statistics.summary(toSpan(query, this.clock.now()), query.purpose ?? null));
  }

  @Get('refusals')
  @ForOperator('overview.read')
  @ApiOperation({
    summary: 'List refusals kept as examples, newest first: one of each kind a minute, of nobody',
    operationId: 'listSampledRefusals',
  })
  @ApiPageOf(SampledRefusalDto)
  async refusals(@Query() { limit, cursor, ...filter }: RefusalQuery): Promise<Page<SampledRefusalDto>> {
    const { items, nextCursor } = await this.statistics.refusals(
      { limit, ...(cursor === undefined ? {} : { cursor }) },
      filter,
    );
    return { items: items.map(toSampledRefusal), nextCursor };
  }
}
