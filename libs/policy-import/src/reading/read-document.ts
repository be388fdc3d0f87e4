import MarkdownIt from 'markdown-it';
import type { DocumentFormat, ReadDocument, TextBlock } from '../document.js';
import { decodedText } from './decoded-text.js';
import { docxBlocks } from './docx/docx-blocks.js';
import { binaryKind, textKind } from './file-kind.js';
import { htmlBlocks } from './html-blocks.js';
import { plainBlocks } from './plain-blocks.js';
import { localeOf } from './read-locale.js';
import { Remarks } from './remarks.js';
import { tidiedBlocks } from './tidied-blocks.js';
import { Unreadable, type UnreadableCode } from './unreadable.js';

/** Of all lines together; the longest statements that people are asked to accept have some 100,000. */
export const mostCharacters = 500_000;

/** A document, or why there is none. */
export type ReadOutcome = { readonly document: ReadDocument } | { readonly refused: UnreadableCode };

/** Reads a file by what it is, not by what it is called. Nothing is fetched and nothing in it is run. */
export async function readDocument(file: Uint8Array, fileName: string): Promise<ReadOutcome> {
  try {
    return { document: await read(Buffer.from(file.buffer, file.byteOffset, file.byteLength), fileName) };
  } catch (error) {
    if (error instanceof Unreadable) return { refused: error.code };
    throw error;
  }
}

async function read(bytes: Buffer, fileName: string): Promise<ReadDocument> {
  const remarks = new Remarks();
  const { format, blocks: found } = await blocksOf(bytes, fileName, remarks);
  requireBearable(found);
  const blocks = tidiedBlocks(found, remarks);
  const { locale, lesser } = localeOf(blocks);
  remarks.add('mixedLanguages', lesser);
  return { format, locale, blocks, remarks: remarks.list() };
}

async function blocksOf(
  bytes: Buffer,
  fileName: string,
  remarks: Remarks,
): Promise<{ readonly format: DocumentFormat; readonly blocks: readonly TextBlock[] }> {
  if ((await binaryKind(bytes)) === 'zip') return { format: 'docx', blocks: await docxBlocks(bytes, remarks) };
  const text = decodedText(bytes);
  const format = textKind(text, fileName);
  if (format === 'text') return { format, blocks: plainBlocks(text, remarks) };
  const html = format === 'html' ? text : new MarkdownIt({ html: true }).render(text);
  return { format, blocks: htmlBlocks(html, remarks) };
}

function requireBearable(blocks: readonly TextBlock[]): void {
  const characters = blocks.reduce((sum, { text }) => sum + text.length, 0);
  if (characters === 0) throw new Unreadable('noText');
  if (characters > mostCharacters) throw new Unreadable('tooLong');
}
