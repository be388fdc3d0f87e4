import { DomainError, type ErrorKind } from '@abide/kernel';

export type VaultErrorCode =
  | 'vault.key_destroyed'
  | 'vault.keys_missing'
  | 'vault.unreadable'
  | 'vault.malformed_text'
  | 'vault.file_gone'
  | 'identifier.taken';

const refusals: Readonly<Record<VaultErrorCode, readonly [ErrorKind, string]>> = {
  'vault.key_destroyed': ['conflict', 'The data was erased: its key was destroyed and cannot come back.'],
  'vault.keys_missing': ['conflict', 'There are no keys for this subject yet. Nothing was stored.'],
  'vault.unreadable': [
    'conflict',
    'The sealed value was changed, moved or made by another version, and cannot be opened.',
  ],
  'vault.malformed_text': [
    'invalid',
    'The text holds half of a character and cannot be stored faithfully. Nothing was stored.',
  ],
  'vault.file_gone': ['notFound', 'There is no such file any more: it was deleted, or its time is over.'],
  'identifier.taken': ['conflict', 'This identifier was confirmed by someone else. Nothing was changed.'],
};

/** The refusal for `code`, in the words people see. */
export function vaultError(code: VaultErrorCode): DomainError {
  const [kind, detail] = refusals[code];
  return new DomainError(kind, code, { detail });
}
