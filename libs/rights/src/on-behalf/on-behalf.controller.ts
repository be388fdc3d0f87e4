import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, CurrentOperator, ForOperator, type OperatorPrincipal } from '@abide/platform';
import { OpenedOnBehalf, OpenOnBehalf } from './on-behalf.dto.js';
import { refusal } from '../rights.errors.js';
import { OnBehalf, type RecordedByAddress } from './on-behalf.service.js';

/** What nothing is recorded for. */
const senseless = [
  'request.purpose_needed',
  'request.corrections_needed',
  'request.text_needed',
  'request.unknown_category',
  'request.unknown_purpose',
  'request.one_asker',
  'request.account_needed',
  'identifier.bad_phone',
  'identifier.bad_email',
  'attachment.unusable',
];

@ApiTags('Operators')
@Controller('operator/requests')
export class OnBehalfController {
  constructor(private readonly onBehalf: OnBehalf) {}

  @Post()
  @ForOperator('request.answer')
  @ApiOperation({
    summary: 'Record a request for somebody who called, wrote or came',
    description:
      'By `subjectId`, or, of somebody without an account, by `identifier`: then a code goes there, and it is the same as what people ask under `/requests`: nothing looks whose address it is before the code is right, and only an inquiry or a complaint begins before it. They are told where they are registered. Whoever records it does not decide alone on what changes their data, and what is asked to be seen is fetched only by the person, once they have proven it by a code.',
    operationId: 'openRequestOnBehalf',
  })
  @ApiCreatedResponse({ type: OpenedOnBehalf })
  @ApiProblems(400, ...senseless)
  @ApiProblems(404, 'subject.not_found')
  @ApiProblems(409, 'request.too_many', 'delivery.not_configured')
  @ApiProblems(429, 'session.too_many_attempts')
  async open(
    @Body() { subjectId, identifier, name, locale, ...body }: OpenOnBehalf,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<OpenedOnBehalf> {
    const { type, channel, reason, categories = [], text = null, corrections = [], ...rest } = body;
    const evidence = { text: body.evidence.text, attachmentIds: body.evidence.attachmentIds ?? [] };
    const helped = { operatorId, channel, reason, evidence };
    if (subjectId !== undefined && identifier === undefined) {
      const { purpose = null, target = null } = rest;
      const wanted = { type, categories, text, corrections, purpose, target };
      const { id, number } = await this.onBehalf.open({ ...helped, subjectId, wanted });
      return { id, number, verification: null };
    }
    if (identifier === undefined || subjectId !== undefined) throw refusal('request.one_asker');
    const asker = { identifier: { ...identifier }, name: name ?? null, locale: locale ?? ('zh-CN' as const) };
    return toOpened(await this.onBehalf.openFor({ ...helped, ...asker, wanted: { type, text } }));
  }
}

function toOpened({ id, number, verification: { channel, expiresAt } }: RecordedByAddress): OpenedOnBehalf {
  return { id, number, verification: { channel, expiresAt: expiresAt.toISOString() } };
}
