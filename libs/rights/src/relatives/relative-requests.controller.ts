import { Body, Controller, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PendingChangeAnswer, respondToOutcome } from '@abide/identity';
import { ApiProblems, CurrentOperator, ForOperator, Id, Text, type OperatorPrincipal } from '@abide/platform';
import { RelativeRequests } from './relative-requests.service.js';

class LinkDeceased {
  @Id({ description: 'The account of who died' }) readonly subjectId: string = '';
  @Text({ max: 2000, min: 5, description: 'What the evidence shows of the death and of the relation; kept sealed' })
  readonly reason: string = '';
}

/** What operators do with requests of the near relatives of somebody who died. */
@ApiTags('Operators')
@Controller('operator/requests')
export class RelativeRequestsController {
  constructor(private readonly relatives: RelativeRequests) {}

  @Post(':id/deceased')
  @ForOperator('request.answer')
  @ApiOperation({
    summary: 'Say whose data a near relative of somebody who died asks about, after a look at their evidence',
    description:
      'It waits for a privacy officer. Then the death is noted on the account, nobody signs in to it any more, and the request goes on about its data.',
    operationId: 'linkRequestToDeceased',
  })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(404, 'request.not_found', 'request.no_such_person')
  @ApiProblems(409, 'request.not_from_relative', 'request.arranged_otherwise', 'request.over')
  async link(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { subjectId, reason }: LinkDeceased,
    @CurrentOperator() { operatorId: by }: OperatorPrincipal,
  ): Promise<PendingChangeAnswer> {
    return respondToOutcome(await this.relatives.propose(id, { subjectId, reason, by }), (never) => never);
  }
}
