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

/** Where positions come in. */
@ApiTags('Services', 'Client apps')
@Controller('location/batches')
export class BatchesController {
  constructor(private readonly batches: Batches) {}

  @Post()
  @HttpCode(200)
  @CreatesNothing()
  @LargeBody()
  @ForClient('location:write', { orSubject: true })
  @ApiOperation({
    summary: 'Store positions, as far as the switch, a clause and the subject allow each',
    description: [
      'A service sends of anybody, a subject or a device of itself. The answer comes after the commit: what is accepted is stored, once, and what is refused is answered by index and code and not kept.',
      'From the acknowledged switch-off on nothing is stored, whenever it was taken; and nothing ever that was taken while positioning was off. What no purpose may have exactly is kept as the cell of an H3 grid.',
      'Codes: those of the gate (`location.off`, `consent.separateMissing`, …), `event.malformed`, `event.notYourSubject`, `event.tooOld`, `event.inFuture`, `event.unknownService`, and `fix.impossible` for what no device can have measured.',
    ].join('\n\n'),
    operationId: 'sendFixes',
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
