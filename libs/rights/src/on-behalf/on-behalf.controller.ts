import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, CurrentOperator, ForOperator, type OperatorPrincipal } from '@abide/platform';
import { OpenedOnBehalf, OpenOnBehalf } from './on-behalf.dto.js';
import { OnBehalf } from './on-behalf.service.js';

@ApiTags('Operators')
@Controller('operator/requests')
export class OnBehalfController {
  constructor(private readonly onBehalf: OnBehalf) {}

  @Post()
  @ForOperator('request.answer')
  @ApiOperation({
    summary: 'Record a request for somebody who called, wrote or came',
    description:
      'They are told where they are registered. Whoever records it does not decide alone on what changes their data, and what is asked to be seen is fetched only by the person, once they have proven it by a code.',
    operationId: 'openRequestOnBehalf',
  })
  @ApiCreatedResponse({ type: OpenedOnBehalf })
  @ApiProblems(
    400,
    'request.purpose_needed',
    'request.corrections_needed',
    'request.text_needed',
    'request.unknown_category',
    'request.unknown_purpose',
    'attachment.unusable',
  )
  @ApiProblems(404, 'subject.not_found')
  @ApiProblems(409, 'request.too_many')
  async open(
    @Body() { subjectId, channel, evidence, reason, ...body }: OpenOnBehalf,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OpenedOnBehalf> {
    const { type, categories = [], text = null, corrections = [], purpose = null, target = null } = body;
    const { id, number } = await this.onBehalf.open({
      operatorId,
      subjectId,
      channel,
      wanted: { type, categories, text, corrections, purpose, target },
      evidence: { text: evidence.text, attachmentIds: evidence.attachmentIds ?? [] },
      reason,
    });
    return { id, number };
  }
}
