import fc from 'fast-check';
import { canonicalPolicy, formatPolicy } from './format.js';
import { parsePolicy } from './parse.js';
import { anyPolicy } from './testing/arbitraries.js';

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, one]) => [key, shuffled(one)]),
  );
}

describe('writing a policy', () => {
  it('writes YAML that reads back to the same document, whatever the texts hold', () => {
    fc.assert(
      fc.property(anyPolicy, (document) => {
        const { document: read, problems } = parsePolicy(formatPolicy(document));
        expect(problems).toEqual([]);
        expect(read).toEqual(document);
      }),
      { numRuns: 150 },
    );
  });

  it('writes the same canonical text whatever the order of keys', () => {
    fc.assert(
      fc.property(anyPolicy, (document) => {
        expect(canonicalPolicy(shuffled(document) as typeof document)).toBe(canonicalPolicy(document));
      }),
    );
  });

  it('writes different canonical texts for different contents', () => {
    fc.assert(
      fc.property(anyPolicy, fc.string(), (document, other) => {
        fc.pre(other !== document.title.en);
        const changed = { ...document, title: { ...document.title, en: other } };
        expect(canonicalPolicy(changed)).not.toBe(canonicalPolicy(document));
      }),
    );
  });

  it('writes an absent list and an empty one the same', () => {
    fc.assert(
      fc.property(anyPolicy, (document) => {
        const { glossary, ...rest } = { ...document, glossary: [] };
        expect(glossary).toEqual([]);
        expect(canonicalPolicy(rest as unknown as typeof document)).toBe(
          canonicalPolicy({ ...document, glossary: [] }),
        );
      }),
    );
  });
});
