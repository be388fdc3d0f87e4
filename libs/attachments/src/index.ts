export { AttachmentsModule } from './attachments.module.js';
export { attachmentFile } from './attachment-file.js';
export { type Citing, type Uploader } from './attachment.entity.js';
export { type AttachmentErrorCode } from './attachments.errors.js';
export { Attachments, type AttachmentFacts, type Citation } from './attachments.service.js';
export { type Upload } from './upload.js';
export { ReceivedUpload, UploadReceiver } from './upload.receiver.js';
