import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { AttachmentFacts } from './attachments.service.js';

/** An attachment as the answer of a route: to be saved, and never shown within a page, whatever it is. */
export function attachmentFile({
  name,
  type,
  bytes,
  content,
}: AttachmentFacts & { readonly content: Readable }): StreamableFile {
  return new StreamableFile(content, { type, length: bytes, disposition: asDownload(name) });
}

/** A name in any language (RFC 8187). */
function asDownload(name: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  return `attachment; filename*=UTF-8''${encoded}`;
}
