import { Body, Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AfterDeath,
  PendingChangeAnswer,
  RecordsLook,
  relativesActs,
  respondToOutcome,
  type RelativesAct,
} from '@abide/identity';
import {
  ApiProblems,
  CurrentOperator,
  ForOperator,
  Instant,
  SomeOf,
  Text,
  Whole,
  type OperatorPrincipal,
} from '@abide/platform';
import { DeathWithdrawals, type NotedDeath } from './death-withdrawals.service.js';

class WithdrawDeath {
  @Text({ max: 500, min: 5, description: 'Kept sealed, with the evidence' }) readonly reason: string = '';
}

const many = { min: 0, max: 1_000_000 };

class NotedDeathResponse {
  @Instant() readonly notedAt: string = '';
  @SomeOf(relativesActs, { description: 'What the person arranged while alive that relatives may not ask' })
  readonly relativesMayNot: readonly RelativesAct[] = [];
  @Whole({ ...many, description: 'Requests of relatives that taking the note back takes back' }) readonly open: number =
    0;
  @Whole({ ...many, description: 'Those that were answered, which stays so' }) readonly answered: number = 0;
  @Whole({ ...many, description: 'Packages of relatives that it destroys' }) readonly packages: number = 0;
}

/** That somebody died, as it is noted of their account. */
@ApiTags('Operators')
@Controller('operator/subjects/:id/death')
export class DeathsController {
  constructor(
    private readonly withdrawals: DeathWithdrawals,
    private readonly afterDeath: AfterDeath,
  ) {}

  @Get()
  @ForOperator('request.read')
  @RecordsLook('request')
  @ApiOperation({
    summary: 'Since when a death is noted, and what taking the note back would end',
    operationId: 'getDeath',
  })
  @ApiOkResponse({ type: NotedDeathResponse })
  @ApiProblems(404, 'request.no_death')
  async get(@Param('id', ParseUUIDPipe) subjectId: string): Promise<NotedDeathResponse> {
    const death = await this.withdrawals.get(subjectId);
    return toDeath(death, await this.afterDeath.relativesMayNot(subjectId));
  }

  @Post('withdrawal')
  @ForOperator('request.decideAny')
  @ApiOperation({
    summary: 'Say that the death noted on an account was a mistake',
    description:
      'It waits for another privacy officer. Then its owner signs in again, relatives’ requests are taken back and what they could fetch is destroyed.',
    operationId: 'withdrawDeath',
  })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(404, 'request.no_death')
  async withdraw(
    @Param('id', ParseUUIDPipe) subjectId: string,
    @Body() { reason }: WithdrawDeath,
    @CurrentOperator() { operatorId: by }: OperatorPrincipal,
  ): Promise<PendingChangeAnswer> {
    return respondToOutcome(await this.withdrawals.propose(subjectId, { reason, by }), (never) => never);
  }
}

function toDeath({ notedAt, ...counts }: NotedDeath, relativesMayNot: readonly RelativesAct[]): NotedDeathResponse {
  return { notedAt: notedAt.toISOString(), relativesMayNot, ...counts };
}
