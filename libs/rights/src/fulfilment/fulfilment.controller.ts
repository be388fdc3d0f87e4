import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, CurrentOperator, ForOperator, type OperatorPrincipal } from '@abide/platform';
import { FulfilmentRetries } from './fulfilment-retries.js';
import { CompleteManualTask } from './manual-task.dto.js';
import { ManualTasks } from './manual-tasks.js';

/** What an operator does about a request that is being carried out and does not come to its end. */
@ApiTags('Operators')
@Controller('operator/requests')
export class FulfilmentController {
  constructor(
    private readonly retries: FulfilmentRetries,
    private readonly tasks: ManualTasks,
  ) {}

  @Post(':id/fulfilment')
  @HttpCode(204)
  @ForOperator('request.answer')
  @ApiOperation({
    summary: 'Ask again, now, every holder that owes an answer, those that were given up included',
    operationId: 'retryFulfilment',
  })
  @ApiNoContentResponse()
  @ApiProblems(404, 'request.not_found')
  @ApiProblems(409, 'request.waiting', 'request.over', 'request.state')
  async retry(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.retries.retry(id);
  }

  @Post(':id/manual/:taskId')
  @HttpCode(204)
  @ForOperator('request.answer')
  @ApiOperation({
    summary: 'Say that what a holder left to a person is done, and what shows it',
    operationId: 'completeManualTask',
  })
  @ApiNoContentResponse()
  @ApiProblems(400, 'request.invalid', 'request.no_copies_wanted', 'attachment.unusable')
  @ApiProblems(403, 'request.not_yours_to_do')
  @ApiProblems(404, 'request.not_found', 'request.no_task')
  @ApiProblems(409, 'request.over', 'request.state', 'request.still_there')
  async complete(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('taskId', ParseUUIDPipe) taskId: string,
    @Body() { outcome, evidence, copyIds = [] }: CompleteManualTask,
    @CurrentOperator() operator: OperatorPrincipal,
  ): Promise<void> {
    const { text, attachmentIds = [] } = evidence;
    await this.tasks.complete(id, taskId, { outcome, evidence: { text, attachmentIds }, copyIds, operator });
  }
}
