import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RecordsLook } from '@abide/identity';
import type { Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentSubject,
  ForOperator,
  ForSubject,
  PageQuery,
  type SubjectPrincipal,
} from '@abide/platform';
import { AcceptanceDto, AcceptanceRequest, OwnAcceptances, toAcceptance, toOpenAcceptance } from './acceptance.dto.js';
import { AcceptanceQueries } from './acceptance.queries.js';
import { Acceptances } from './acceptances.service.js';

/** What the subject agreed to. Reading it and agreeing do not count as use of the service. */
@ApiTags('Client apps')
@Controller('me/acceptances')
export class OwnAcceptancesController {
  constructor(
    private readonly acceptances: Acceptances,
    private readonly queries: AcceptanceQueries,
  ) {}

  @Get()
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'List what I accepted, newest first, and what in force is still open',
    operationId: 'listMyAcceptances',
  })
  @ApiOkResponse({ type: OwnAcceptances })
  async list(@CurrentSubject() { subjectId }: SubjectPrincipal, @Query() query: PageQuery): Promise<OwnAcceptances> {
    const { items, nextCursor } = await this.queries.ofSubject(subjectId, query);
    const open = await this.queries.open(subjectId);
    return { items: items.map(toAcceptance), nextCursor, open: open.map(toOpenAcceptance) };
  }

  @Post()
  @HttpCode(201)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({ summary: 'Accept a revision in force', operationId: 'acceptRevision' })
  @ApiCreatedResponse({ type: AcceptanceDto })
  @ApiProblems(409, 'acceptance.not_in_force')
  async accept(
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @Body() { revisionId }: AcceptanceRequest,
  ): Promise<AcceptanceDto> {
    return toAcceptance(await this.acceptances.accept(subjectId, revisionId));
  }
}

/** What a subject agreed to, for operators. */
@ApiTags('Operators')
@Controller('operator/subjects')
export class SubjectAcceptancesController {
  constructor(private readonly queries: AcceptanceQueries) {}

  @Get(':id/acceptances')
  @ForOperator('subject.read')
  @RecordsLook('acceptances')
  @ApiOperation({ summary: 'List what a subject accepted, newest first', operationId: 'listSubjectAcceptances' })
  @ApiPageOf(AcceptanceDto)
  async list(@Param('id', ParseUUIDPipe) subjectId: string, @Query() query: PageQuery): Promise<Page<AcceptanceDto>> {
    const { items, nextCursor } = await this.queries.ofSubject(subjectId, query);
    return { items: items.map(toAcceptance), nextCursor };
  }
}
