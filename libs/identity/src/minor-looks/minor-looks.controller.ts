import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, CurrentOperator, ForOperator, type OperatorPrincipal } from '@abide/platform';
import { PendingChangeAnswer, toPendingChange } from '../changes/pending-changes.dto.js';
import { MinorLookAsks } from './minor-look-asks.service.js';
import { AskMinorLook, MinorLookResponse, toMinorLook } from './minor-looks.dto.js';

/** A colleague's agreement before an operator looks at a minor's data. */
@ApiTags('Operators')
@Controller('operator/subjects/:id/minor-look')
export class MinorLooksController {
  constructor(private readonly asks: MinorLookAsks) {}

  @Get()
  @ForOperator('subject.read')
  @ApiOperation({
    summary: 'Whether I may look at what is held about somebody, or a colleague has to agree first',
    operationId: 'getMinorLook',
  })
  @ApiOkResponse({ type: MinorLookResponse })
  @ApiProblems(404, 'subject.not_found')
  async get(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<MinorLookResponse> {
    return toMinorLook(await this.asks.standing(id, operatorId));
  }

  @Post()
  @HttpCode(202)
  @ForOperator('subject.read')
  @ApiOperation({
    summary: 'Ask a colleague to let me look at a minor’s data, for an hour from when they agree',
    description: 'What waits already stands, with its reason.',
    operationId: 'askMinorLook',
  })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(404, 'subject.not_found')
  @ApiProblems(409, 'subject.not_a_minor')
  async ask(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: AskMinorLook,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<PendingChangeAnswer> {
    return { change: toPendingChange(await this.asks.ask(id, reason, operatorId)) };
  }
}
