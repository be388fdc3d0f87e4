import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, ForOperator } from '@abide/platform';
import { FulfilmentRetries } from './fulfilment-retries.js';

/** What an operator does about a request that is being carried out and does not come to its end. */
@ApiTags('Operators')
@Controller('operator/requests')
export class FulfilmentController {
  constructor(private readonly retries: FulfilmentRetries) {}

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
}
