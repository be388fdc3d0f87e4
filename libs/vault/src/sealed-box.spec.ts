import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { boxKindOf, boxKinds, openBytes, sealBytes, type Box } from './sealed-box.js';

const belongsTo = [
  'identity.profiles',
  'name',
  '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3',
  '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c4',
];

function aBox(change: Partial<Box> = {}): Box {
  return { key: createSecretKey(randomBytes(32)), kind: 'ordinary', belongsTo, ...change };
}

const unreadable = expect.objectContaining({ code: 'vault.unreadable' });

describe('a sealed value', () => {
  it('opens to what was sealed, whatever it was', () => {
    const box = aBox();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) =>
        expect([...openBytes(box, sealBytes(box, Buffer.from(bytes)))]).toEqual([...bytes]),
      ),
    );
  });

  it('opens to the UTF-8 of a text, and refuses a text that UTF-8 could not give back', () => {
    const box = aBox();
    expect(openBytes(box, sealBytes(box, '李小明 🎫')).toString()).toBe('李小明 🎫');
    expect(() => sealBytes(box, 'half \ud83c')).toThrow(expect.objectContaining({ code: 'vault.malformed_text' }));
  });

  it('is confidential: no four bytes of the text are in it, and the same text looks different every time', () => {
    const box = aBox();
    const text = Buffer.from('李小明 <li.xiaoming@example.com> 13800000000');
    const sealed = sealBytes(box, text);
    for (let start = 0; start + 4 <= text.length; start += 1)
      expect(sealed.includes(text.subarray(start, start + 4))).toBe(false);
    expect(sealBytes(box, text)).not.toEqual(sealed);
  });

  it('never uses an initialisation vector twice', () => {
    const box = aBox();
    const vectors = Array.from({ length: 5000 }, () => sealBytes(box, Buffer.of(1)).subarray(2, 14).toString('hex'));
    expect(new Set(vectors).size).toBe(vectors.length);
  });

  it('has integrity in every byte: each one changed, dropped or added is refused', () => {
    const box = aBox();
    const sealed = sealBytes(box, Buffer.from('310101198001010000'));
    for (let at = 0; at < sealed.length; at += 1) {
      for (const flip of [0x01, 0x03, 0x80]) {
        const changed = Buffer.from(sealed);
        changed.writeUInt8(changed.readUInt8(at) ^ flip, at);
        expect(() => openBytes(box, changed)).toThrow(unreadable);
      }
      expect(() => openBytes(box, sealed.subarray(0, at))).toThrow(unreadable);
    }
    expect(() => openBytes(box, Buffer.concat([sealed, Buffer.of(0)]))).toThrow(unreadable);
  });

  it('does not open after it was moved: every part of its place counts', () => {
    const box = aBox();
    const sealed = sealBytes(box, Buffer.from('moved'));
    belongsTo.forEach((_part, index) => {
      const elsewhere = belongsTo.with(index, 'elsewhere');
      expect(() => openBytes({ ...box, belongsTo: elsewhere }, sealed)).toThrow(unreadable);
    });
    expect(() => openBytes({ ...box, belongsTo: belongsTo.toReversed() }, sealed)).toThrow(unreadable);
    expect(openBytes(box, sealed).toString()).toBe('moved');
  });

  it('does not open under another key', () => {
    const box = aBox();
    expect(() => openBytes(aBox(), sealBytes(box, Buffer.from('closed')))).toThrow(unreadable);
  });

  it('does not open as another kind with the same key', () => {
    const box = aBox({ kind: 'retained' });
    const sealed = sealBytes(box, Buffer.from('kept'));
    sealed.writeUInt8(boxKinds.ordinary, 1);
    expect(() => openBytes({ ...box, kind: 'ordinary' }, sealed)).toThrow(unreadable);
  });

  it('is refused when a later version made it', () => {
    const box = aBox();
    const sealed = sealBytes(box, Buffer.from('from tomorrow'));
    sealed.writeUInt8(2, 0);
    expect(() => openBytes(box, sealed)).toThrow(unreadable);
    expect(() => boxKindOf(sealed)).toThrow(unreadable);
  });

  it('of the first version opens for ever', () => {
    const key = createSecretKey(Buffer.from(Array.from({ length: 32 }, (_, index) => index)));
    const sealed = Buffer.from(
      '010116f4e6c688b1212feb49da6de7289a5488b0f7d5a42253707f1d66dbc1b10e148d0840d21915b7e8f95ef25855aca404d8',
      'hex',
    );
    expect(openBytes(aBox({ key }), sealed).toString()).toBe('守约 keeps its word');
  });
});
