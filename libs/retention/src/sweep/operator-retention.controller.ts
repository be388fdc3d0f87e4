import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentOperator,
  ForOperator,
  readCursor,
  toPage,
  type OperatorPrincipal,
} from '@abide/platform';
import { refusal } from '../retention.errors.js';
import { RetentionViews } from './retention-views.js';
import {
  ListRetentionRuns,
  RetentionForecastResponse,
  RetentionRunResponse,
  RetentionSchedulesResponse,
  RetentionStandingResponse,
  StartRetentionRun,
} from './retention.dto.js';
import { RunRequests } from './run-requests.service.js';
import { SweepRuns } from './sweep-runs.queries.js';

/** How long what is collected stays, what went, and what falls due next, for operators. */
@ApiTags('Operators')
@Controller('operator/retention')
export class OperatorRetentionController {
  constructor(
    private readonly runs: SweepRuns,
    private readonly requests: RunRequests,
    private readonly views: RetentionViews,
  ) {}

  @Get()
  @ForOperator('retention.read')
  @ApiOperation({ summary: 'What is older than its term, and what waits to be looked at', operationId: 'getRetention' })
  @ApiOkResponse({ type: RetentionStandingResponse })
  standing(): Promise<RetentionStandingResponse> {
    return this.views.standing();
  }

  @Get('schedules')
  @ForOperator('retention.read')
  @ApiOperation({
    summary: 'How long each kind of data stays, as the revisions in force promise it',
    operationId: 'listRetentionSchedules',
  })
  @ApiOkResponse({ type: RetentionSchedulesResponse })
  schedules(): Promise<RetentionSchedulesResponse> {
    return this.views.schedules();
  }

  @Get('forecast')
  @ForOperator('retention.read')
  @ApiOperation({ summary: 'How much falls due in which month', operationId: 'getRetentionForecast' })
  @ApiOkResponse({ type: RetentionForecastResponse })
  forecast(): Promise<RetentionForecastResponse> {
    return this.views.forecast();
  }

  @Get('runs')
  @ForOperator('retention.read')
  @ApiOperation({ summary: 'What was deleted when it was due, newest first', operationId: 'listRetentionRuns' })
  @ApiPageOf(RetentionRunResponse)
  async list(@Query() { limit, cursor }: ListRetentionRuns): Promise<Page<RetentionRunResponse>> {
    const found = await this.runs.list({ limit, after: readCursor(cursor) });
    const page = toPage(
      found,
      limit,
      ({ askedAt, id }) => ({ at: askedAt, id }),
      (run) => run,
    );
    return { ...page, items: await this.views.runsOf(page.items) };
  }

  @Get('runs/:id')
  @ForOperator('retention.read')
  @ApiOperation({ summary: 'One run and what it counted', operationId: 'getRetentionRun' })
  @ApiOkResponse({ type: RetentionRunResponse })
  @ApiProblems(404, 'retention.run_not_found')
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<RetentionRunResponse> {
    const run = await this.runs.find(id);
    const [seen] = run ? await this.views.runsOf([run]) : [];
    if (!seen) throw refusal('retention.run_not_found');
    return seen;
  }

  @Post('runs')
  @HttpCode(202)
  @ForOperator('retention.run')
  @ApiOperation({
    summary: 'Count what is due, or delete it now',
    description: 'It is taken up within seconds. What is due is deleted every hour anyhow.',
    operationId: 'startRetentionRun',
  })
  @ApiAcceptedResponse({ type: RetentionRunResponse })
  @ApiProblems(409, 'retention.run_under_way', 'retention.awaits_approval')
  async start(
    @Body() { dryRun }: StartRetentionRun,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<RetentionRunResponse> {
    return this.get(await this.requests.ask(dryRun, operatorId));
  }

  @Post('runs/:id/approval')
  @HttpCode(202)
  @ForOperator('retention.run', { needsStepUp: true })
  @ApiOperation({
    summary: 'Let what a dry run counted be deleted',
    description: 'Answers the run that does it. What fell due after the dry run goes with the next one.',
    operationId: 'approveRetentionRun',
  })
  @ApiAcceptedResponse({ type: RetentionRunResponse })
  @ApiProblems(404, 'retention.run_not_found')
  @ApiProblems(409, 'retention.not_waiting')
  async approve(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<RetentionRunResponse> {
    return this.get(await this.requests.approve(id, operatorId));
  }
}
