import fc from 'fast-check';
import { encodeParts, encoderAfter } from './associated-data.js';

const wellFormed = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed());

/** What `encodeParts` wrote, read by the description of its format alone. */
function decode(encoded: Buffer): string[] {
  const parts: string[] = [];
  let offset = 4;
  while (parts.length < encoded.readUInt32BE(0)) {
    const length = encoded.readUInt32BE(offset);
    parts.push(encoded.toString('utf8', offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  if (offset !== encoded.length) throw new Error('Bytes are left over');
  return parts;
}

describe('the encoding of what a sealed value belongs to', () => {
  it('can be read back, so no two lists share an encoding', () => {
    fc.assert(
      fc.property(fc.array(wellFormed, { maxLength: 6 }), (parts) => expect(decode(encodeParts(parts))).toEqual(parts)),
    );
  });

  it('is the same where many lists differ in their last part', () => {
    fc.assert(
      fc.property(fc.array(wellFormed, { maxLength: 6 }), fc.array(wellFormed), (parts, lasts) => {
        const encoded = encoderAfter(parts);
        for (const last of lasts) expect(encoded(last)).toEqual(encodeParts([...parts, last]));
      }),
    );
  });

  it('tells apart the same characters cut at different places', () => {
    const cuts = fc.tuple(
      wellFormed.filter((text) => text.length > 0),
      fc.nat(),
      fc.nat(),
    );
    fc.assert(
      fc.property(cuts, ([text, a, b]) => {
        const [one, other] = [a, b].map((cut) => [text.slice(0, cut % text.length), text.slice(cut % text.length)]);
        fc.pre(
          one !== undefined &&
            other !== undefined &&
            one[0] !== other[0] &&
            [...one, ...other].every((part) => part.isWellFormed()),
        );
        expect(encodeParts(one ?? [])).not.toEqual(encodeParts(other ?? []));
      }),
    );
  });

  it('refuses half of a character, which would be written like any other half', () => {
    expect(() => encodeParts(['identity.profiles', '\ud83d'])).toThrow(
      expect.objectContaining({ code: 'vault.malformed_text' }),
    );
  });
});
