/** Why a file cannot be read. */
export const unreadableCodes = [
  'empty',
  'pdf',
  'old_word',
  'encrypted',
  'unknown_format',
  'unknown_encoding',
  'damaged',
  'unfolds_too_large',
  'too_long',
  'no_text',
] as const;
export type UnreadableCode = (typeof unreadableCodes)[number];

/** Thrown where reading a file ends, with nothing of what it says. */
export class Unreadable extends Error {
  constructor(readonly code: UnreadableCode) {
    super(code);
  }
}
