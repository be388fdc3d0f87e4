import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { attachmentFile, Attachments } from '@abide/attachments';
import { Looks, MinorLooks, PendingChangeAnswer, respondToOutcome } from '@abide/identity';
import { Clock, type Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentOperator,
  ForOperator,
  readCursor,
  toPage,
  type OperatorPrincipal,
} from '@abide/platform';
import { HoldLifting } from './hold-lifting.service.js';
import { HoldRecords } from './hold-records.js';
import { HoldViews } from './hold-views.js';
import { HoldLineResponse, HoldResponse, LiftHold, ListHolds, PlaceHold, toNewHold } from './hold.dto.js';
import { Holds } from './holds.service.js';

/** What of people's data is not deleted, and why, for operators. */
@ApiTags('Operators')
@Controller('operator/holds')
export class OperatorHoldsController {
  constructor(
    private readonly clock: Clock,
    private readonly holds: Holds,
    private readonly records: HoldRecords,
    private readonly views: HoldViews,
    private readonly lifting: HoldLifting,
    private readonly attachments: Attachments,
    private readonly looks: Looks,
    private readonly minorLooks: MinorLooks,
  ) {}

  @Get()
  @ForOperator('hold.read')
  @ApiOperation({ summary: 'Holds, newest first', operationId: 'listHolds' })
  @ApiPageOf(HoldLineResponse)
  async list(@Query() { limit, cursor, ...filter }: ListHolds): Promise<Page<HoldLineResponse>> {
    const found = await this.records.list(filter, this.clock.now(), { limit, after: readCursor(cursor) });
    const lines = await this.views.lines(found.slice(0, limit));
    const page = toPage(
      found,
      limit,
      ({ placedAt, id }) => ({ at: placedAt, id }),
      ({ id }) => id,
    );
    return { ...page, items: lines };
  }

  @Post()
  @ForOperator('hold.write')
  @ApiOperation({
    summary: 'Place a hold: what it covers is not deleted until its end',
    description: 'It closes, so one operator is enough.',
    operationId: 'placeHold',
  })
  @ApiCreatedResponse({ type: HoldResponse })
  @ApiProblems(
    400,
    'hold.unknown_subject',
    'hold.unknown_category',
    'hold.bad_end',
    'hold.bad_period',
    'attachment.unusable',
  )
  async place(@Body() body: PlaceHold, @CurrentOperator() { operatorId }: OperatorPrincipal): Promise<HoldResponse> {
    return this.views.whole(await this.holds.place(toNewHold(body), operatorId), operatorId);
  }

  @Get(':id')
  @ForOperator('hold.read')
  @ApiOperation({ summary: 'A hold with its notes and what it rests on', operationId: 'getHold' })
  @ApiOkResponse({ type: HoldResponse })
  @ApiProblems(404, 'hold.not_found')
  async get(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<HoldResponse> {
    const hold = await this.records.get(id);
    await this.looks.note(hold.subjectId, operatorId, 'holds');
    return this.views.whole(hold, operatorId);
  }

  @Get(':id/documents/:documentId')
  @ForOperator('hold.read')
  @ApiOperation({ summary: 'A document that a hold rests on, to be saved', operationId: 'getHoldDocument' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiProblems(403, 'subject.minor_look_unapproved')
  @ApiProblems(404, 'hold.not_found', 'attachment.not_found')
  async document(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('documentId', ParseUUIDPipe) documentId: string,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<StreamableFile> {
    const { subjectId } = await this.records.get(id);
    await this.minorLooks.require(subjectId, operatorId);
    await this.looks.note(subjectId, operatorId, 'holds');
    return attachmentFile(await this.attachments.read(documentId, { kind: 'hold', id }));
  }

  @Post(':id/lifting')
  @HttpCode(200)
  @ForOperator('hold.write', { needsStepUp: true })
  @ApiOperation({
    summary: 'Lift a hold before its end, which waits for a second operator',
    operationId: 'liftHold',
  })
  @ApiOkResponse({ type: HoldResponse, description: 'Where nobody else could confirm it' })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(404, 'hold.not_found')
  @ApiProblems(409, 'hold.over')
  async lift(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: LiftHold,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<HoldResponse | PendingChangeAnswer> {
    return respondToOutcome(await this.lifting.propose(id, reason, operatorId), (hold) =>
      this.views.whole(hold, operatorId),
    );
  }
}
