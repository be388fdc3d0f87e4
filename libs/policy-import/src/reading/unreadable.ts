/** Why a file cannot be read. */
export const unreadableCodes = [
  'empty',
  'pdf',
  'oldWord',
  'encrypted',
  'unknownFormat',
  'unknownEncoding',
  'damaged',
  'unfoldsTooLarge',
  'tooLong',
  'noText',
] as const;
export type UnreadableCode = (typeof unreadableCodes)[number];

/** Thrown where reading a file ends, with nothing of what it says. */
export class Unreadable extends Error {
  constructor(readonly code: UnreadableCode) {
    super(code);
  }
}
