import { DomainError, type ErrorKind } from '@abide/kernel';

/** Every refusal this module makes: the kind that decides its status, the words people see, and what machines learn beside them. */
const refusals = {
  'attachment.type_refused': [
    'invalid',
    'By its content the file is no PDF, no picture (PNG, JPEG, WebP, HEIC) and no plain text in UTF-8. Nothing was stored.',
    { httpStatus: 415 },
  ],
  'attachment.empty': ['invalid', 'The file is empty. Nothing was stored.'],
  'attachment.no_room': [
    'tooMany',
    'More files are waiting to be used than there is room for. Nothing was stored; try again later.',
    { retryAfterSeconds: 3600 },
  ],
  'attachment.unusable': [
    'invalid',
    'One of the attachments cannot be used: it was not uploaded here, is used already, or was deleted after a day. Nothing was stored; upload it again.',
  ],
  'attachment.not_found': ['notFound', 'There is no such attachment here.'],
} as const satisfies Record<string, readonly [ErrorKind, string, Record<string, number>?]>;

export type AttachmentErrorCode = keyof typeof refusals;

/** The refusal `code` as the error that the HTTP filter understands. */
export function refusal(code: AttachmentErrorCode): DomainError {
  const [kind, detail, extra] = refusals[code] as readonly [ErrorKind, string, Record<string, number>?];
  return new DomainError(kind, code, { detail, ...(extra ? { extra } : {}) });
}
