import { analyse } from 'chardet';
import sniffHtmlEncoding from 'html-encoding-sniffer';
import { Unreadable } from './unreadable.js';

/** Encodings that Chinese and English texts come in. GBK and GB 2312 are parts of GB 18030. */
const guessed: Readonly<Record<string, string>> = {
  GB18030: 'gb18030',
  Big5: 'big5',
  'UTF-16LE': 'utf-16le',
  'UTF-16BE': 'utf-16be',
  'ISO-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
};
const control = /[\0-\x08\x0b\x0e-\x1f\x7f]/;
/** What a Chinese text is guessed to be if it is short is often wrong: the commonest goes first unless another is surer by this. */
const muchSurer = 25;

/**
 * The text of a file: in the encoding that its mark or its page names, else in UTF-8 if it is that, else as its bytes look.
 * @throws Unreadable where none fits, or where it is no text
 */
export function decodedText(bytes: Buffer): string {
  const named = sniffHtmlEncoding(bytes, { defaultEncoding: 'UTF-8' });
  const encodings = [named, 'utf-8', ...guesses(bytes)];
  for (const encoding of encodings) {
    const text = decoded(bytes, encoding);
    if (text !== null) {
      if (control.test(text)) throw new Unreadable('unknown_format');
      return text;
    }
  }
  throw new Unreadable('unknown_encoding');
}

function decoded(bytes: Buffer, encoding: string): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return /^utf-16/i.test(encoding) || !text.includes('\0') ? text : null;
  } catch {
    return null;
  }
}

function guesses(bytes: Buffer): string[] {
  const found = analyse(bytes.subarray(0, 65_536)).filter(({ name }) => name in guessed);
  const sureness = (name: string, confidence: number) => confidence + (name === 'GB18030' ? muchSurer : 0);
  return found
    .toSorted((a, b) => sureness(b.name, b.confidence) - sureness(a.name, a.confidence))
    .map(({ name }) => guessed[name] ?? '');
}
