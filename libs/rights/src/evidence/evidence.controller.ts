import { Controller, Get, Param, ParseUUIDPipe, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { attachmentFile, Attachments } from '@abide/attachments';
import { Audit } from '@abide/audit';
import { MinorLooks } from '@abide/identity';
import { ApiProblems, CurrentOperator, Database, ForOperator, type OperatorPrincipal } from '@abide/platform';
import { citing } from '../askers/public-request-records.js';
import { RequestRecords } from '../requests/request-records.js';

/** What people and operators attached to a request, for who answers it. */
@ApiTags('Operators')
@Controller('operator/requests')
export class EvidenceController {
  constructor(
    private readonly db: Database,
    private readonly records: RequestRecords,
    private readonly attachments: Attachments,
    private readonly audit: Audit,
    private readonly minorLooks: MinorLooks,
  ) {}

  @Get(':id/attachments/:attachmentId')
  @ForOperator('request.answer', { needsStepUp: true })
  @ApiOperation({
    summary: 'Read a file that a request rests on; each time is kept with the evidence',
    operationId: 'readRequestAttachment',
  })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiProblems(403, 'session.step_up_required', 'subject.minor_look_unapproved')
  @ApiProblems(404, 'request.not_found', 'attachment.not_found')
  async read(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('attachmentId', ParseUUIDPipe) attachmentId: string,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<StreamableFile> {
    const { subjectId, number } = await this.records.get(id);
    await this.minorLooks.require(subjectId, operatorId);
    const file = await this.attachments.read(attachmentId, citing(id));
    const details = { number, attachment: attachmentId };
    await this.db.transaction(() =>
      this.audit.record({ act: 'request.evidenceRead', object: { type: 'request', id }, subjectId, details }),
    );
    return attachmentFile(file);
  }
}
