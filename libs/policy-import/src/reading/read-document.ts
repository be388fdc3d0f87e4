import MarkdownIt from 'markdown-it';
import type { ReadDocument } from '../document.js';
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
  const { format, blocks } = await blocksOf(bytes, fileName, remarks);
  const { locale, lesser } = localeOf(blocks);
  remarks.add('mixedLanguages', lesser);
  return { format, locale, blocks, remarks: remarks.list() };
}

async function blocksOf(
  bytes: Buffer,
  fileName: string,
  remarks: Remarks,
): Promise<Pick<ReadDocument, 'format' | 'blocks'>> {
  if ((await binaryKind(bytes)) === 'zip') {
    const blocks = await docxBlocks(bytes, remarks);
    requireBearable(blocks);
    return { format: 'docx', blocks: tidiedBlocks(blocks, remarks) };
  }
  const text = decodedText(bytes);
  const format = textKind(text, fileName);
  if (format === 'text') {
    requireBearable([{ text: text.trim() }]);
    return { format, blocks: plainBlocks(text, remarks) };
  }
  const html = format === 'html' ? text : new MarkdownIt({ html: true }).render(text);
  const blocks = htmlBlocks(html, remarks);
  requireBearable(blocks);
  return { format, blocks: tidiedBlocks(blocks, remarks) };
}

function requireBearable(lines: readonly { readonly text: string }[]): void {
  const characters = lines.reduce((sum, { text }) => sum + text.length, 0);
  if (characters === 0) throw new Unreadable('no_text');
  if (characters > mostCharacters) throw new Unreadable('too_long');
}
