import { Controller, Get, Headers, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { RecordsLook } from '@abide/identity';
import { ApiProblems, CurrentSubject, ForOperator, ForSubject, type SubjectPrincipal } from '@abide/platform';
import type { FastifyReply } from 'fastify';
import { Receipts, type SignedReceipt } from './receipts.service.js';

const jose = 'application/jose';
const schema = {
  type: 'object',
  additionalProperties: true,
  required: [
    'schema_version',
    'record_id',
    'receipt_id',
    'pii_principal_id',
    'pii_processing',
    'party_identification',
    'events',
    'signature',
  ],
  properties: {
    schema_version: { type: 'string' },
    record_id: { type: 'string' },
    receipt_id: { type: 'string' },
    pii_principal_id: { type: 'string' },
    pii_processing: { type: 'array', items: { type: 'object', additionalProperties: true } },
    party_identification: { type: 'array', items: { type: 'object', additionalProperties: true } },
    events: { type: 'array', items: { type: 'object', additionalProperties: true } },
    signature: { type: 'string', description: 'A compact JWS whose payload is this record without the signature' },
  },
};
const answers = { content: { 'application/json': { schema }, [jose]: { schema: { type: 'string' } } } };

/** Receipts of consents, to keep and to verify without asking us. */
@Controller()
export class ReceiptsController {
  constructor(private readonly receipts: Receipts) {}

  @Get('me/receipts/:id')
  @ForSubject({ countsAsUse: false })
  @ApiTags('Client apps')
  @ApiOperation({
    summary:
      'The receipt of a consent of mine (ISO/IEC TS 27560): JSON with its signature, or the signature alone as application/jose',
    operationId: 'getMyReceipt',
  })
  @ApiProduces('application/json', jose)
  @ApiOkResponse(answers)
  @ApiProblems(404, 'consent.receipt_not_found')
  async own(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentSubject() { subjectId }: SubjectPrincipal,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | string> {
    return answer(await this.receipts.get(subjectId, id), accept, reply);
  }

  @Get('operator/subjects/:subjectId/receipts/:id')
  @ForOperator('subject.read')
  @RecordsLook('receipts')
  @ApiTags('Operators')
  @ApiOperation({ summary: 'The receipt of a consent of a subject', operationId: 'getSubjectReceipt' })
  @ApiProduces('application/json', jose)
  @ApiOkResponse(answers)
  @ApiProblems(404, 'consent.receipt_not_found')
  async ofSubject(
    @Param('subjectId', ParseUUIDPipe) subjectId: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | string> {
    return answer(await this.receipts.get(subjectId, id), accept, reply);
  }
}

function answer({ record, jws }: SignedReceipt, accept: string | undefined, reply: FastifyReply): object | string {
  if (!accept?.includes(jose)) return { ...record, signature: jws };
  void reply.type(jose);
  return jws;
}
