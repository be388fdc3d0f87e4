import { buffer } from 'node:stream/consumers';
import mammoth from 'mammoth';
import { ZipFile } from 'yazl';
import type { TextBlock } from '../../document.js';
import { htmlBlocks } from '../html-blocks.js';
import type { Remarks } from '../remarks.js';
import { Unreadable } from '../unreadable.js';
import { LineMarks } from './line-marks.js';
import { markedDocument } from './marked-document.js';
import { wordParts, type WordParts } from './word-package.js';

const styleMap = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
  'comment-reference => !',
];

/**
 * The lines of a Word file as it reads with every tracked change accepted. The converter is given a file made of the parts
 * with text alone: it meets no macro, no picture and no address, and nothing that unfolds.
 * @throws Unreadable
 */
export async function docxBlocks(bytes: Buffer, remarks: Remarks): Promise<TextBlock[]> {
  const parts = await wordParts(bytes);
  remarks.add('macrosLeftOut', parts.hasMacros ? 1 : 0);
  remarks.add('externalReferencesLeftOut', parts.externalReferences);
  remarks.add('commentsLeftOut', parts.comments?.match(/<(?:\w+:)?comment\s/g)?.length ?? 0);
  const marks = new LineMarks();
  const converted = await textAlone(markedDocument(parts, marks, remarks), parts);
  return htmlBlocks(await asHtml(converted), remarks, marks.unmarked);
}

async function textAlone(main: string, { styles, footnotes, endnotes }: WordParts): Promise<Buffer> {
  const zip = new ZipFile();
  const files = {
    'word/document.xml': main,
    'word/styles.xml': styles,
    'word/footnotes.xml': footnotes,
    'word/endnotes.xml': endnotes,
  };
  for (const [name, text] of Object.entries(files))
    if (text !== null) zip.addBuffer(Buffer.from(text), name, { compress: false });
  zip.end();
  return buffer(zip.outputStream);
}

async function asHtml(file: Buffer): Promise<string> {
  const options = { styleMap, includeEmbeddedStyleMap: false, externalFileAccess: false };
  try {
    return (await mammoth.convertToHtml({ buffer: file }, options)).value;
  } catch (error) {
    throw error instanceof RangeError ? error : new Unreadable('damaged');
  }
}
