import { identityStack } from '@abide/identity/testing';
import { joinPersistence } from '@abide/platform';
import { createTestApp, type TestApp } from '@abide/platform/testing';
import { AttachmentsModule } from '../attachments.module.js';
import { attachmentsPersistence } from '../persistence.js';
import { aPdf } from './samples.js';

/** A form as it goes over the wire. */
export interface TestForm {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

interface TestPart {
  readonly field?: string;
  /** Null: a part that is no file. */
  readonly name?: string | null;
  readonly type?: string;
  readonly content?: Buffer | string;
}

const boundary = 'abide-test-form';

export function createAttachmentsApp(env: Record<string, string> = {}): Promise<TestApp> {
  return createTestApp(
    [...identityStack.modules, AttachmentsModule],
    joinPersistence(identityStack.persistence, attachmentsPersistence),
    { ABIDE_TRUSTED_PROXY: '127.0.0.1', ...env },
  );
}

/** A form with these parts, each a small PDF unless it says otherwise. `end`: what follows the last part. */
export function aForm(parts: readonly TestPart[] = [{}], end = `\r\n--${boundary}--\r\n`): TestForm {
  const bytes = parts.flatMap(
    ({ field = 'file', name = 'evidence.pdf', type = 'application/pdf', content = aPdf() }, at) => [
      Buffer.from(
        `${at === 0 ? '' : '\r\n'}--${boundary}\r\nContent-Disposition: form-data; name="${field}"${name === null ? '' : `; filename="${name}"`}\r\n` +
          `Content-Type: ${name === null ? 'text/plain' : type}\r\n\r\n`,
      ),
      Buffer.from(content),
    ],
  );
  return {
    body: Buffer.concat([...bytes, Buffer.from(end)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
