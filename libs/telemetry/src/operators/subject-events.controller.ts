import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiProblems,
  CreatesNothing,
  CurrentOperator,
  ForOperator,
  SecretAnswer,
  type OperatorPrincipal,
} from '@abide/platform';
import {
  LookAtEventsRequest,
  RevealedValueResponse,
  RevealValueRequest,
  SeenEventsResponse,
  toSeenEvents,
} from './subject-events.dto.js';
import { SubjectEvents } from './subject-events.service.js';

/** What telemetry holds about a subject, for operators. */
@ApiTags('Operators')
@Controller('operator/subjects/:id/telemetry')
export class SubjectEventsController {
  constructor(private readonly events: SubjectEvents) {}

  @Post('query')
  @HttpCode(200)
  @CreatesNothing()
  @SecretAnswer()
  @ForOperator('subject.read')
  @ApiOperation({
    summary: 'List a subject’s events with their lineage, newest first, for a reason that is kept',
    description:
      'Each page is recorded as a look of its own. Sealed values stay sealed; of a minor, and of what is sensitive, plain ones are shown only with the permission for it, and of a minor after a colleague has agreed (`withheld`).',
    operationId: 'lookAtSubjectTelemetry',
  })
  @ApiOkResponse({ type: SeenEventsResponse })
  @ApiProblems(400, 'request.invalid', 'request.bad_cursor')
  @ApiProblems(404, 'subject.not_found')
  async query(
    @Param('id', ParseUUIDPipe) subjectId: string,
    @Body() body: LookAtEventsRequest,
    @CurrentOperator() by: OperatorPrincipal,
  ): Promise<SeenEventsResponse> {
    return toSeenEvents(await this.events.look(subjectId, body, by));
  }

  @Post(':eventId/reveal')
  @HttpCode(200)
  @SecretAnswer()
  @ForOperator('subject.reveal', { needsStepUp: true })
  @ApiOperation({
    summary: 'Show one sealed value of an event for thirty seconds, for a reason that is kept',
    description: 'A minor’s needs `subject.revealMinor`, a sensitive event `subject.revealSensitive`.',
    operationId: 'revealSubjectTelemetry',
  })
  @ApiOkResponse({ type: RevealedValueResponse })
  @ApiProblems(403, 'operator.forbidden', 'session.step_up_required', 'subject.minor_look_unapproved')
  @ApiProblems(404, 'subject.not_found', 'telemetry.event_not_found', 'telemetry.field_not_found')
  @ApiProblems(409, 'subject.restricted')
  async reveal(
    @Param('id', ParseUUIDPipe) subjectId: string,
    @Param('eventId', ParseUUIDPipe) eventId: string,
    @Body() { field, reason }: RevealValueRequest,
    @CurrentOperator() by: OperatorPrincipal,
  ): Promise<RevealedValueResponse> {
    const { value, until } = await this.events.reveal(subjectId, eventId, { field, reason, by });
    return { values: { [field]: value }, until: until.toISOString() };
  }
}
