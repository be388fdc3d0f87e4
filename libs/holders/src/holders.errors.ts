import { DomainError, type DomainErrorDetails, type ErrorKind } from '@abide/kernel';

/** Every refusal this module makes, with the kind that decides its status and the words people see. */
const refusals = {
  'holder.not_found': ['notFound', 'There is no such holder.'],
  'holder.code_taken': ['conflict', 'A holder has this code, or had it. Codes are never given twice.'],
  'holder.bad_address': ['invalid', 'An address begins with https://, and has no password, question mark or #.'],
  'holder.bad_network': ['invalid', 'A network looks like 10.0.0.0/8 or fd00::/8.'],
  'holder.bad_database': [
    'invalid',
    'The address of a database looks like postgres://user:password@host:5432/database, with ?sslmode= at most.',
  ],
  'holder.networks_needed': ['invalid', 'Name the networks that the database lies in.'],
  'holder.bad_manifest': ['invalid', 'The manifest cannot be used as it is. Nothing was kept.'],
  'holder.cannot_answer': [
    'invalid',
    'Name a role that answers requests, or operators who do, one of the two. Nothing was proposed.',
  ],
  'holder.no_database': ['conflict', 'The holder is no database. Nothing was changed.'],
  'holder.signs_nothing': [
    'conflict',
    'Only a service signs with a secret of ours; databases and people do not. Nothing was changed.',
  ],
  'holder.no_answer': ['conflict', 'The database gave no answer that counts. Nothing was changed there.'],
  'holder.state': ['conflict', 'The holder is not at a point where this can be done. Nothing was changed.'],
  'holder.no_secret_due': [
    'notFound',
    'No secret waits here for you. It is shown once, to whoever proposed the holder.',
  ],
  'holder.unproven': ['unauthenticated', 'The answer is not signed as it should be. Nothing was taken.'],
  'holder.not_waited_for': ['notFound', 'Nobody waits for this answer.'],
} as const satisfies Record<string, readonly [ErrorKind, string]>;

export type HoldersErrorCode = keyof typeof refusals;

/** The refusal `code` as the error that the HTTP filter understands. */
export function refusal(code: HoldersErrorCode, details: Partial<DomainErrorDetails> = {}): DomainError {
  const [kind, detail] = refusals[code];
  return new DomainError(kind, code, { detail, ...details });
}
