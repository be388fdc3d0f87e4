import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RecordsLook } from '@abide/identity';
import { ApiProblems, Flag, ForOperator, Instant, ListOf, PageQuery, Text } from '@abide/platform';
import { refusal } from '../consent.errors.js';
import { SubjectFactsLoader } from '../gate/facts/subject-facts.loader.js';
import { Preferences } from './preferences.service.js';

class PositioningTurnDto {
  @Flag() readonly on: boolean = false;
  @Instant() readonly at: string = '';
}

class SubjectPositioningResponse {
  @Flag({ description: 'Off until the subject switches it on' }) readonly on: boolean = false;
  @Instant({ nullable: true, description: 'Null: never switched' }) readonly changedAt: string | null = null;
  @ListOf(() => PositioningTurnDto, { max: 100, description: 'Every turn of the switch, newest first' })
  readonly items: readonly PositioningTurnDto[] = [];
  @Text({ max: 200, nullable: true }) readonly nextCursor: string | null = null;
}

/** A subject's positioning switch, for operators. */
@ApiTags('Operators')
@Controller('operator/subjects/:id/positioning')
export class SubjectPositioningController {
  constructor(
    private readonly preferences: Preferences,
    private readonly subjectFacts: SubjectFactsLoader,
  ) {}

  @Get()
  @ForOperator('subject.read')
  @RecordsLook('positioning')
  @ApiOperation({
    summary: 'Whether a subject has positioning on, and every turn of the switch',
    operationId: 'getSubjectPositioning',
  })
  @ApiOkResponse({ type: SubjectPositioningResponse })
  @ApiProblems(404, 'subject.not_found')
  async get(
    @Param('id', ParseUUIDPipe) subjectId: string,
    @Query() page: PageQuery,
  ): Promise<SubjectPositioningResponse> {
    if (!(await this.subjectFacts.of(subjectId)))
      throw refusal('subject.not_found', { detail: 'There is no such subject.' });
    const { isOn, changedAt } = await this.preferences.positioning(subjectId);
    const { items, nextCursor } = await this.preferences.positioningTurns(subjectId, page);
    return {
      on: isOn,
      changedAt: changedAt?.toISOString() ?? null,
      items: items.map((turn) => ({ on: turn.isOn, at: turn.at.toISOString() })),
      nextCursor,
    };
  }
}
