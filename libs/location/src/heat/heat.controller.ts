import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Gate } from '@abide/consent';
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
    private readonly gate: Gate,
  ) {}

  @Get()
  @ForOperator('overview.read')
  @ApiOperation({
    summary: 'A coarse map of where subjects were: how many in each cell, and nothing of cells with too few',
    description:
      'Of positions that are kept for the purpose and may be used for it at this moment, week by week. Counts are exact and cells under the smallest group are left out whole, also from what a coarser map of the same weeks adds up; of several weeks each cell shows its fullest. A look counts as no decision of the gate.',
    operationId: 'drawHeat',
  })
  @ApiOkResponse({ type: HeatResponse })
  @ApiProblems(400, 'request.invalid', 'location.too_much', 'question.unknownPurpose')
  async read(@Query() query: HeatQuery): Promise<HeatResponse> {
    const { utcOffsetHours } = (await this.gate.inForce()).rulebook.profile;
    const question = toHeatQuestion(query, { now: this.clock.now(), utcOffsetHours });
    return toHeatResponse(question, await this.maps.read(question));
  }
}
