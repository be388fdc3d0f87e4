import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOperator, ForOperator, type OperatorPrincipal } from '@abide/platform';
import { OverviewFragments } from './overview-fragments.js';
import { OverviewResponse, toOverview } from './overview.dto.js';

/** What waits for an operator and how things stand, in one answer. */
@ApiTags('Operators')
@Controller('operator/overview')
export class OverviewController {
  constructor(private readonly fragments: OverviewFragments) {}

  @Get()
  @ForOperator(null)
  @ApiOperation({
    summary: 'What waits for me, what waits for others, and how things stand, of what I may see',
    description: 'A fragment that fails is named in `missing`; the others are there.',
    operationId: 'getOverview',
  })
  @ApiOkResponse({ type: OverviewResponse })
  async get(@CurrentOperator() operator: OperatorPrincipal): Promise<OverviewResponse> {
    return toOverview(await this.fragments.load(operator));
  }
}
