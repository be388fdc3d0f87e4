import { fileTypeFromBuffer } from 'file-type';
import { Unreadable } from './unreadable.js';

/** What a file is read as; what a zip holds is seen when it is opened. */
export type FileKind = 'zip' | 'html' | 'markdown' | 'text';

const namedHtml = /\.x?html?$/i;
const namedMarkdown = /\.(?:md|markdown)$/i;
const startsAsHtml =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<(?:!doctype\s+html|html|head|body|main|article|section|div|h[1-6]|p|table)\b/i;
/** Two lines that only Markdown begins so; one may be a note of somebody's. */
const startsAsMarkdown = /^#{1,6} \S[^]*^#{1,6} \S/m;

/** By what the bytes are, whatever the file is called. @throws Unreadable for what is neither a zip nor a text */
export async function binaryKind(bytes: Buffer): Promise<'zip' | 'text'> {
  if (bytes.length === 0) throw new Unreadable('empty');
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return 'zip';
  const known = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (known?.mime === 'application/pdf' || bytes.subarray(0, 1024).includes('%PDF-')) throw new Unreadable('pdf');
  if (known?.mime === 'application/x-cfb') throw new Unreadable(kindOfCompound(bytes));
  if (known && !/^(?:text\/|application\/xml$)/.test(known.mime)) throw new Unreadable('unknown_format');
  return 'text';
}

/** A text by its beginning and by what the file is called. */
export function textKind(text: string, fileName: string): Exclude<FileKind, 'zip'> {
  if (namedMarkdown.test(fileName)) return 'markdown';
  if (namedHtml.test(fileName) || startsAsHtml.test(text.slice(0, 4096))) return 'html';
  return startsAsMarkdown.test(text.slice(0, 20_000)) ? 'markdown' : 'text';
}

/** Word kept a whole file system in its files before 2007, and still does around a file that is encrypted (MS-OFFCRYPTO §2.3.4). */
function kindOfCompound(bytes: Buffer): 'encrypted' | 'old_word' | 'unknown_format' {
  const holds = (stream: string) => bytes.includes(Buffer.from(stream, 'utf16le'));
  if (holds('EncryptedPackage')) return 'encrypted';
  return holds('WordDocument') ? 'old_word' : 'unknown_format';
}
