import { Body, Controller, Get, HttpCode, HttpStatus, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentOperator,
  ForOperator,
  PageQuery,
  type OperatorPrincipal,
} from '@abide/platform';
import {
  PreviewReminder,
  ReminderPreviewResponse,
  ReminderResponse,
  SendReminder,
  toReminder,
} from './reminder.dto.js';
import { Reminders } from './reminders.service.js';

/** Reminders to subjects whose consent has lapsed, for operators. */
@ApiTags('Operators')
@Controller('operator/consents/reminders')
export class RemindersController {
  constructor(private readonly reminders: Reminders) {}

  @Post('preview')
  @HttpCode(HttpStatus.OK)
  @ForOperator('consent.remind')
  @ApiOperation({
    summary: 'How many subjects a reminder would reach now; nobody is told',
    operationId: 'previewConsentReminder',
  })
  @ApiOkResponse({ type: ReminderPreviewResponse })
  @ApiProblems(400, 'request.invalid')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  @ApiProblems(404, 'consent.unknown_purpose')
  @ApiProblems(409, 'consent.no_clause')
  async preview(@Body() { purpose, state }: PreviewReminder): Promise<ReminderPreviewResponse> {
    return { matched: await this.reminders.preview({ purpose, state }) };
  }

  @Post()
  @ForOperator('consent.remind', { needsStepUp: true })
  @ApiOperation({
    summary: 'Tell everybody whose consent has lapsed, each once: a notice in the inbox and one message',
    operationId: 'sendConsentReminder',
  })
  @ApiCreatedResponse({ type: ReminderResponse })
  @ApiProblems(400, 'request.invalid')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden', 'session.step_up_required')
  @ApiProblems(404, 'consent.unknown_purpose')
  @ApiProblems(409, 'consent.no_clause', 'consent.reminded_lately')
  async send(
    @CurrentOperator() { operatorId }: OperatorPrincipal,
    @Body() body: SendReminder,
  ): Promise<ReminderResponse> {
    return toReminder(await this.reminders.start(body, operatorId));
  }

  @Get()
  @ForOperator('overview.read')
  @ApiOperation({ summary: 'Reminders sent, newest first', operationId: 'listConsentReminders' })
  @ApiPageOf(ReminderResponse)
  @ApiProblems(400, 'request.bad_cursor', 'request.invalid')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  async list(@Query() query: PageQuery): Promise<Page<ReminderResponse>> {
    const { items, nextCursor } = await this.reminders.page(query);
    return { items: items.map(toReminder), nextCursor };
  }

  @Get(':id')
  @ForOperator('overview.read')
  @ApiOperation({ summary: 'One reminder with how far it has come', operationId: 'getConsentReminder' })
  @ApiOkResponse({ type: ReminderResponse })
  @ApiProblems(400, 'request.malformed')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  @ApiProblems(404, 'consent.reminder_not_found')
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<ReminderResponse> {
    return toReminder(await this.reminders.get(id));
  }
}
