import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IngestResponse, type IngestAnswer } from '@abide/ingest';
import {
  ApiProblems,
  CheckedBody,
  CreatesNothing,
  CurrentSender,
  ForClient,
  LargeBody,
  type ClientPrincipal,
  type SubjectPrincipal,
} from '@abide/platform';
import { batchSchema, publishedBatchSchema } from './batch.schema.js';
import { Batches, type SubmittedBatch } from './batches.service.js';

/** Where telemetry comes in. */
@ApiTags('Services', 'Client apps')
@Controller('telemetry/batches')
export class BatchesController {
  constructor(private readonly batches: Batches) {}

  @Post()
  @HttpCode(200)
  @CreatesNothing()
  @LargeBody()
  @ForClient('telemetry:write', { orSubject: true })
  @ApiOperation({
    summary: 'Store events, as far as a clause and the subject allow each',
    description: [
      'A service sends about anybody, a subject or a device about itself. The answer comes after the commit: what is accepted is stored, once, and what is refused is answered by index and code and not kept.',
      'A batch sent again by the same sender is answered as it was the first time, for as long as its events live.',
      'Codes: those of the gate, `event.malformed`, `event.unknownCategory`, `event.unknownService`, `event.tooOld`, `event.inFuture`, `event.notYourSubject`, `event.identifyingAttribute`.',
    ].join('\n\n'),
    operationId: 'sendTelemetry',
  })
  @ApiOkResponse({ type: IngestResponse })
  @ApiProblems(400, 'request.invalid')
  @ApiProblems(409, 'batch.reused')
  @ApiProblems(413, 'request.too_large')
  @ApiProblems(415, 'request.unsupported_encoding')
  @ApiProblems(503, 'service.busy', 'service.unavailable')
  send(
    @CheckedBody(batchSchema, publishedBatchSchema) batch: SubmittedBatch,
    @CurrentSender() sender: SubjectPrincipal | ClientPrincipal,
  ): Promise<IngestAnswer> {
    return this.batches.submit(batch, sender);
  }
}
