import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Objections } from '@abide/identity';
import { Clock } from '@abide/kernel';
import { ApiProblems, CurrentSubject, ForSubject, type SubjectPrincipal } from '@abide/platform';
import { refusal } from '../consent.errors.js';
import { Consents } from '../recording/consents.service.js';
import {
  ConsentRequest,
  ConsentResponse,
  OwnConsents,
  PromptRequest,
  PromptResponse,
  toConsentResponse,
  toObjection,
  toOwnConsent,
} from './own-consents.dto.js';
import { OwnConsentsQueries } from './own-consents.queries.js';
import { Prompts } from '../prompts/prompts.service.js';

/** What a subject consents to. Reading and deciding it does not count as use of the service. */
@ApiTags('Client apps')
@Controller('me')
export class OwnConsentsController {
  constructor(
    private readonly clock: Clock,
    private readonly queries: OwnConsentsQueries,
    private readonly consents: Consents,
    private readonly prompts: Prompts,
    private readonly objections: Objections,
  ) {}

  @Get('consents')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Every purpose that is mine to decide, where I stand with it, and whether I may be asked',
    operationId: 'listMyConsents',
  })
  @ApiOkResponse({ type: OwnConsents })
  async list(@CurrentSubject() { subjectId }: SubjectPrincipal): Promise<OwnConsents> {
    return {
      items: (await this.queries.of(subjectId)).map(toOwnConsent),
      objections: (await this.queries.objectionsOf(subjectId)).map(toObjection),
      nextCursor: null,
      at: this.clock.now().toISOString(),
    };
  }

  @Put('consents/:purpose')
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Grant or withdraw my consent',
    description:
      'Saying again what stands records nothing and answers the event that stands (`duplicate`). `occurredAt` dates what could not be sent at once.',
    operationId: 'setMyConsent',
  })
  @ApiOkResponse({ type: ConsentResponse })
  @ApiProblems(
    400,
    'consent.unknown_category',
    'consent.unknown_service',
    'consent.unknown_recipient',
    'consent.unknown_region',
    'consent.unknown_revision',
    'consent.unknown_clause',
    'consent.in_future',
    'consent.too_old',
    'consent.before_registration',
  )
  @ApiProblems(403, 'consent.guardian_needed')
  @ApiProblems(404, 'consent.unknown_purpose')
  @ApiProblems(409, 'consent.no_clause', 'consent.too_many', 'subject.restricted')
  async set(
    @Param('purpose') purpose: string,
    @Body() body: ConsentRequest,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<ConsentResponse> {
    return toConsentResponse(await this.consents.record(subjectId, { ...body, purpose }));
  }

  @Delete('objections/:purpose')
  @HttpCode(204)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Take back an objection of mine that was upheld',
    description: 'What rests on a consent stays closed until I give it again.',
    operationId: 'takeBackMyObjection',
  })
  @ApiNoContentResponse()
  @ApiProblems(404, 'consent.no_objection')
  async takeBackObjection(
    @Param('purpose') purpose: string,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<void> {
    if (!(await this.objections.takeBack(subjectId, purpose)))
      throw refusal('consent.no_objection', { detail: 'No objection to this purpose stands.' });
  }

  @Post('consent-prompts')
  @HttpCode(201)
  @ForSubject({ countsAsUse: false })
  @ApiOperation({
    summary: 'Record that a question for a purpose is shown to me; refused while I am not to be asked',
    operationId: 'showConsentPrompt',
  })
  @ApiCreatedResponse({ type: PromptResponse })
  @ApiProblems(404, 'consent.unknown_purpose')
  @ApiProblems(409, 'consent.cooling_off', 'consent.nothing_to_ask')
  async prompt(
    @Body() { purpose, startedBySubject }: PromptRequest,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
  ): Promise<PromptResponse> {
    const shownAt = await this.prompts.show(subjectId, purpose, startedBySubject ?? false);
    return { purpose, shownAt: shownAt.toISOString() };
  }
}
