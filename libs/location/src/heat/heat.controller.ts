import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '@abide/kernel';
import { ApiProblems, ForOperator } from '@abide/platform';
import { HeatQuery, HeatResponse, toHeatQuestion, toHeatResponse } from './heat.dto.js';
import { HeatMaps } from './heat.service.js';

/** Where subjects were, in groups. */
@ApiTags('Operators')
@Controller('operator/location/heat')
export class HeatController {
  constructor(
    private readonly maps: HeatMaps,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ForOperator('overview.read')
  @ApiOperation({
    summary: 'A coarse map of where subjects were: how many in each cell, and nothing of cells with too few',
    description: 'Of positions that are kept for the purpose and may be used for it at this moment. Counts are exact and cells under the smallest group are left out whole, also from what a coarser map of the same days adds up.',
    operationId: 'drawHeat',
  })
  @ApiOkResponse({ type: HeatResponse })
  @ApiProblems(400, 'request.invalid', 'location.too_much', 'question.unknownPurpose')
  async draw(@Query() query: HeatQuery): Promise<HeatResponse> {
    const question = toHeatQuestion(query, this.clock.now());
    return toHeatResponse(question, await this.maps.draw(question));
  }
}
