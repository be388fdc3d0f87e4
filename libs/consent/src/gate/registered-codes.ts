import { unknownCodesIn, type NamedCodes, type Rulebook, type UnknownCode } from '@abide/rulebook';
import { refusal } from '../consent.errors.js';

/** What a question that stands alone is refused with where a code of it stands in no register. */
export const unknownCodes = [
  'question.unknownService',
  'question.unknownPurpose',
  'question.unknownCategory',
  'question.unknownRegion',
  'recipient.unknown',
] as const;

/** @throws DomainError `question.unknown*`, `recipient.unknown` for a code that stands in no register, with the place of each */
export function requireRegistered(rulebook: Rulebook, asked: NamedCodes): void {
  const [first, ...rest] = unknownCodesIn(rulebook, asked);
  if (first) throw misspelt([first, ...rest]);
}

/** The codes that neither of two rulebooks knows: what one of them knows is spelt right, whatever it may be used for. */
export function unknownInBoth(one: Rulebook, other: Rulebook, asked: NamedCodes): readonly UnknownCode[] {
  const elsewhere = new Set(unknownCodesIn(other, asked).map(({ pointer }) => pointer));
  return unknownCodesIn(one, asked).filter(({ pointer }) => elsewhere.has(pointer));
}

/** Requests name recipients by id or slug. */
export function requestPointer(pointer: string): string {
  return pointer === '/recipient' ? '/recipientId' : pointer;
}

export function misspelt(unknown: readonly [UnknownCode, ...UnknownCode[]]) {
  return refusal(unknown[0].code, {
    detail:
      'Some codes are not registered, exactly as they are written. Nothing was decided; correct them and ask again.',
    errors: unknown.map(({ code, pointer }) => ({
      pointer: requestPointer(pointer),
      code,
      message: 'Not registered.',
    })),
  });
}
