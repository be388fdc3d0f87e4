import type { TestApp } from '@abide/platform/testing';

const boundary = 'abide-rights-form';
const pdf = '%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n';

/** Uploads a small PDF as whoever these headers say; resolves to its id. */
export async function anUpload(test: TestApp, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const part = `Content-Disposition: form-data; name="file"; filename="evidence.pdf"\r\nContent-Type: application/pdf`;
  const { body } = await test.request({
    method: 'POST',
    path: 'attachments',
    body: Buffer.from(`--${boundary}\r\n${part}\r\n\r\n${pdf}\r\n--${boundary}--\r\n`),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
  });
  return body.attachmentId;
}
