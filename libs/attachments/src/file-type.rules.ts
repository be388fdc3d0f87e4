import { fileTypeFromBuffer } from 'file-type';

/** What may be attached, with the endings that a name of it may have; another name gets the first of them. */
export const endingsOf = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/webp': ['webp'],
  'image/heic': ['heic'],
  'image/heif': ['heif', 'heic'],
  'text/plain': ['txt', 'log', 'md'],
} as const satisfies Record<string, readonly string[]>;

export type AttachmentType = keyof typeof endingsOf;

/** By how much of its beginning a file is known. */
export const beginningBytes = 4100;

/** A compressed file is not looked into: what it unfolds to may be of any size. */
const compressed = /^(PK|\x1f\x8b)/;
/** What programs take for a page, a picture or a script wherever it stands near the beginning (WHATWG MIME Sniffing §7.1; ISO 32000-1 annex H). */
const active = /^\s*<|<(!doctype|html|head|body|script|svg|iframe|\?xml|\?php)|%PDF-|^#!/i;
const control = /[\0-\x08\x0b\x0e-\x1f\x7f]/;

/** What a file is, by its first `beginningBytes` and nothing that anybody says of it; null for everything that is not on the list. */
export async function typeOf(beginning: Buffer): Promise<AttachmentType | null> {
  if (compressed.test(beginning.toString('latin1', 0, 2))) return null;
  const known = await fileTypeFromBuffer(beginning).catch(() => null);
  if (known === undefined) return startsAsText(beginning) ? 'text/plain' : null;
  return known !== null && known.mime in endingsOf ? (known.mime as AttachmentType) : null;
}

/** Reads a text piece by piece. @throws TypeError for what is not UTF-8, Error for characters that no text has */
export class PlainText {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });

  /** The characters that are whole with this piece. */
  add(piece: Uint8Array): string {
    return this.checked(this.decoder.decode(piece, { stream: true }));
  }

  end(): string {
    return this.checked(this.decoder.decode());
  }

  private checked(text: string): string {
    if (control.test(text)) throw new Error('The text holds a control character');
    return text;
  }
}

function startsAsText(beginning: Buffer): boolean {
  try {
    return !active.test(new PlainText().add(beginning));
  } catch {
    return false;
  }
}
