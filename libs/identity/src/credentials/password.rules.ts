import { DomainError } from '@abide/kernel';
import languageCommon from '@zxcvbn-ts/language-common';

const commonPasswords: ReadonlySet<string> = new Set(languageCommon.dictionary['passwords-common']);
const maximumLength = 128;

/** The shortest password a person may choose: an operator's stands alone, a subject's may be replaced by a code. */
export const minimumLength = { operator: 15, subject: 8 } as const;

export const commonPasswordCount = commonPasswords.size;

/**
 * Length counts characters, not bytes; there are no composition rules (NIST SP 800-63B-4 §3.1.1.2).
 * @throws DomainError `password.too_short`, `password.too_long` or `password.common`, pointing at `pointer`.
 */
export function requireAcceptablePassword(password: string, { minimum, pointer = '/password' }: { minimum: number; pointer?: string }): void {
  const length = [...password.normalize('NFKC')].length;
  if (length < minimum) throw refusal('password.too_short', `Choose a password of at least ${minimum} characters.`, pointer);
  if (length > maximumLength) throw refusal('password.too_long', `Choose a password of at most ${maximumLength} characters.`, pointer);
  if (isCommon(password)) throw refusal('password.common', 'This password is among the first that are tried. Choose another.', pointer);
}

function isCommon(password: string): boolean {
  return commonPasswords.has(password.toLowerCase());
}

function refusal(code: string, message: string, pointer: string): DomainError {
  return new DomainError('invalid', code, { detail: `${message} Nothing was stored.`, errors: [{ pointer, code, message }] });
}
