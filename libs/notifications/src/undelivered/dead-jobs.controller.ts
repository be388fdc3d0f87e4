import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, ForOperator, Jobs } from '@abide/platform';
import { DeadJobsResponse, toDeadJobResponse } from './dead-job.dto.js';
import { Undelivered } from './undelivered.service.js';

const shown = 100;

/** Work in the background that failed every time, for operators. */
@ApiTags('Operators')
@Controller('operator/dead-jobs')
export class DeadJobsController {
  constructor(
    private readonly jobs: Jobs,
    private readonly undelivered: Undelivered,
  ) {}

  @Get()
  @ForOperator('delivery.read')
  @ApiOperation({
    summary: 'The hundred pieces of work that have failed every time for the longest',
    operationId: 'listDeadJobs',
  })
  @ApiOkResponse({ type: DeadJobsResponse })
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  async list(): Promise<DeadJobsResponse> {
    return { items: (await this.jobs.dead(shown)).map(toDeadJobResponse) };
  }

  @Post(':id/replay')
  @HttpCode(204)
  @ForOperator('delivery.replay')
  @ApiOperation({ summary: 'Run work again that failed every time', operationId: 'replayDeadJob' })
  @ApiNoContentResponse()
  @ApiProblems(400, 'request.malformed')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  @ApiProblems(404, 'job.not_found')
  async replay(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.undelivered.replayJob(id);
  }
}
