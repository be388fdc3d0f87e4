import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Locale } from '@abide/kernel';
import {
  ApiProblems,
  CurrentSubject,
  ForSubject,
  Id,
  RequestLocale,
  Text,
  type SubjectPrincipal,
} from '@abide/platform';
import { Requests } from '../requests/requests.service.js';

class GiveFeedback {
  @Text({ max: 5000, description: 'In my own words' }) readonly text: string = '';
  @Text({ max: 80, optional: true, example: 'ticketing', description: 'The service that it is about' })
  readonly service?: string;
}

class FeedbackTaken {
  @Id({ description: 'Of the inquiry that it became: `GET /me/requests/{id}` says how it stands' })
  readonly id: string = '';
  @Text({ max: 20, example: '261130-7K3M9QA' }) readonly number: string = '';
}

/** What somebody thinks of a service: an inquiry, so that it is sealed, seen by whoever answers requests, and answered in time. */
@ApiTags('Client apps')
@Controller('me/feedback')
export class FeedbackController {
  constructor(private readonly requests: Requests) {}

  @Post()
  @ForSubject({ countsAsUse: false })
  @ApiOperation({ summary: 'Say what I think of a service; somebody answers', operationId: 'giveMyFeedback' })
  @ApiCreatedResponse({ type: FeedbackTaken })
  @ApiProblems(400, 'request.unknown_service')
  @ApiProblems(409, 'request.too_many')
  async give(
    @Body() { text, service }: GiveFeedback,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @RequestLocale() locale: Locale,
  ): Promise<FeedbackTaken> {
    const { request } = await this.requests.open(subjectId, {
      type: 'inquiry',
      channel: 'app',
      locale,
      text,
      service: service ?? null,
      categories: [],
      corrections: [],
      purpose: null,
      target: null,
      evidence: null,
      requester: null,
    });
    return { id: request.id, number: request.number };
  }
}
