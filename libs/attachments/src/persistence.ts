import type { Persistence } from '@abide/platform';
import { Attachment } from './attachment.entity.js';
import { Attachments1764000900000 } from './migrations/1764000900000-attachments.js';

export const attachmentsPersistence: Persistence = {
  entities: [Attachment],
  migrations: [Attachments1764000900000],
};
