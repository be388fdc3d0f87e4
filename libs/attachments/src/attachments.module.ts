import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttachmentNames } from './attachment-names.service.js';
import { AttachmentRemoval } from './attachment-removal.service.js';
import { Attachment } from './attachment.entity.js';
import { AttachmentsController } from './attachments.controller.js';
import { AttachmentsHolder } from './attachments.holder.js';
import { Attachments } from './attachments.service.js';
import { UploadLimits } from './upload-limits.service.js';
import { UploadReceiver } from './upload.receiver.js';
import { Uploads } from './uploads.service.js';

/** Files that are uploaded for something, sealed. */
@Module({
  imports: [TypeOrmModule.forFeature([Attachment])],
  controllers: [AttachmentsController],
  providers: [
    Attachments,
    AttachmentNames,
    AttachmentRemoval,
    AttachmentsHolder,
    UploadLimits,
    UploadReceiver,
    Uploads,
  ],
  exports: [Attachments, UploadLimits, UploadReceiver, Uploads],
})
export class AttachmentsModule {}
