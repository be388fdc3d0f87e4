import { deflateRawSync, gzipSync } from 'node:zlib';
import { beginningBytes, PlainText, typeOf } from './file-type.rules.js';
import { aHeic, aJpeg, aPdf, aPng, aWebp } from './testing/samples.js';

describe('what a file is', () => {
  it.each([
    ['application/pdf', aPdf()],
    ['image/png', aPng()],
    ['image/jpeg', aJpeg()],
    ['image/webp', aWebp()],
    ['image/heic', aHeic()],
    ['text/plain', Buffer.from('我要投诉：订单 7 没有退款。\r\n谢谢\t林小禾')],
    ['text/plain', Buffer.from('\ufeffWith a byte order mark, and a < b')],
  ])('%s, by its beginning', async (type, beginning) => {
    expect(await typeOf(beginning)).toBe(type);
  });

  it.each([
    ['a page', '<!DOCTYPE html><title>x</title>'],
    ['a page behind blank lines', '\n\n  <html>'],
    ['a page behind a byte order mark', '\ufeff<html>'],
    ['a page behind a comment', '<!-- x --><script>alert(1)</script>'],
    ['a page behind some words', 'Dear all,\n<script src="https://elsewhere.example"></script>'],
    ['a vector picture', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a vector picture behind its declaration', '<?xml version="1.0"?><svg/>'],
    ['a script of the server', '<?php system("id");'],
    ['a script of the shell', '#!/bin/sh\nid'],
    ['a page that is a PDF as well', 'x\n%PDF-1.7\n'],
    ['a text with a NUL', 'a\0b'],
    ['a text with an escape of the terminal', 'a\u001b[2Jb'],
    ['a text that is not UTF-8', Buffer.from('\ufeff你好', 'utf16le')],
    ['a text in GBK', Buffer.from([0xc4, 0xe3, 0xba, 0xc3])],
    ['a picture that is none', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
    ['an animation', Buffer.from('GIF89a\u0001\0\u0001\0')],
    ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(80, 1)])],
    ['a program of another system', Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(80, 1)])],
    ['an archive', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(80)])],
    ['an office document', anArchiveWith('word/document.xml')],
    ['what unfolds to a gigabyte', gzipSync(Buffer.alloc(4_000_000)).subarray(0, beginningBytes)],
    ['a PDF behind an archive', Buffer.concat([Buffer.from('PK\u0003\u0004'), aPdf()])],
  ])('is refused as %s', async (_what, beginning) => {
    expect(await typeOf(Buffer.from(beginning))).toBeNull();
  });

  it('is what it begins as, whatever is behind that', async () => {
    for (const behind of ['<script>alert(1)</script>', 'PK\u0003\u0004', '%PDF-1.7'])
      expect(await typeOf(Buffer.concat([aPng(), Buffer.from(behind)]))).toBe('image/png');
  });

  it('is a text where the beginning ends within a character', async () => {
    expect(await typeOf(Buffer.from('券'.repeat(beginningBytes)).subarray(0, beginningBytes))).toBe('text/plain');
  });
});

describe('a plain text', () => {
  const read = (...pieces: readonly Buffer[]) => {
    const text = new PlainText();
    return [...pieces.map((piece) => text.add(piece)), text.end()].join('');
  };

  it('is read over the edges of its pieces', () => {
    const bytes = Buffer.from('订单');
    expect(read(bytes.subarray(0, 2), bytes.subarray(2))).toBe('订单');
  });

  it('is none that ends within a character, or turns into something else', () => {
    expect(() => read(Buffer.from('订单').subarray(0, 4))).toThrow('not valid');
    expect(() => read(Buffer.from('words'), Buffer.from([0]))).toThrow('control character');
  });
});

function anArchiveWith(name: string): Buffer {
  const content = deflateRawSync(Buffer.alloc(1000));
  const header = Buffer.alloc(30);
  header.write('PK\u0003\u0004', 'latin1');
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt32LE(1000, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name), content]);
}
