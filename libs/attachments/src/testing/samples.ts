import { randomBytes } from 'node:crypto';

export function aPdf(words = ''): Buffer {
  return Buffer.from(`%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj % ${words}\n%%EOF\n`);
}

/** A PDF of exactly so many bytes, no two the same. */
export function aPdfOf(bytes: number): Buffer {
  return Buffer.concat([aPdf(), randomBytes(bytes)]).subarray(0, bytes);
}

export function aPng(): Buffer {
  const chunk = (type: string, data: Buffer) =>
    Buffer.concat([Buffer.from([0, 0, 0, data.length]), Buffer.from(type), data, Buffer.alloc(4)]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', Buffer.alloc(13, 1)),
    chunk('IDAT', Buffer.alloc(9, 7)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export function aJpeg(): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10]),
    Buffer.from('JFIF\0'),
    Buffer.alloc(40, 1),
    Buffer.from([0xff, 0xd9]),
  ]);
}

export function aWebp(): Buffer {
  return Buffer.concat([Buffer.from('RIFF'), Buffer.from([36, 0, 0, 0]), Buffer.from('WEBPVP8 '), Buffer.alloc(28, 1)]);
}

export function aHeic(): Buffer {
  return Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from('ftypheic'),
    Buffer.alloc(4),
    Buffer.from('mif1heic'),
    Buffer.alloc(40, 1),
  ]);
}
