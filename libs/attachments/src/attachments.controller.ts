import { Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, ForEveryoneKnown, Id, UploadRoute } from '@abide/platform';
import type { Uploader } from './attachment.entity.js';
import { Attachments } from './attachments.service.js';
import type { Upload } from './upload.js';
import { CurrentUploader, ReceivedUpload, UploadReceiver } from './upload.receiver.js';

class AttachmentResponse {
  @Id({
    description:
      'To be cited. Whoever uploads without an account keeps it secret: it is all that makes the file theirs.',
  })
  readonly attachmentId: string = '';
}

/** Where files come in. */
@ApiTags('Client apps')
@Controller('attachments')
export class AttachmentsController {
  constructor(private readonly attachments: Attachments) {}

  @Post()
  @ForEveryoneKnown()
  @UploadRoute(UploadReceiver)
  @ApiOperation({
    summary: 'Upload one file, to be cited within a day by what it belongs to',
    description:
      'A PDF, a picture (PNG, JPEG, WebP, HEIC) or plain text in UTF-8 of 10 MiB at most; what it is, its content tells. It is kept sealed, and deleted unless something cites it within a day.',
    operationId: 'uploadAttachment',
  })
  @ApiCreatedResponse({ type: AttachmentResponse })
  @ApiProblems(400, 'request.one_file', 'request.malformed', 'attachment.empty')
  @ApiProblems(413, 'request.too_large')
  @ApiProblems(415, 'attachment.type_refused', 'request.unsupported_media_type')
  @ApiProblems(429, 'session.too_many_attempts', 'attachment.no_room')
  async upload(@ReceivedUpload() upload: Upload, @CurrentUploader() uploader: Uploader): Promise<AttachmentResponse> {
    return { attachmentId: await this.attachments.keep(upload, uploader) };
  }
}
