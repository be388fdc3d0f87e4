import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvCell, csvOf } from './csv.js';

describe('the CSV of a list', () => {
  it.each(['=1+1', '+86', '-x', '@SUM(A1)', '\t=1', '  =1', '＝1'])('does not let %j start a formula', (text) => {
    expect(csvCell(text).replace(/^"/, '').startsWith("'")).toBe(true);
  });

  it('leaves negative numbers numbers', () => {
    expect(csvCell(-12.5)).toBe('-12.5');
  });

  it('quotes what would break a row', () => {
    expect(csvOf(['a', 'b'], [['one, two', 'say "yes"\nnow']])).toBe('\uFEFFa,b\r\n"one, two","say ""yes""\nnow"\r\n');
  });

  it('gives back every text that starts no formula, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc
          .string()
          .filter((text) => csvCell(text).replace(/^"/, '') === '' || !csvCell(text).replace(/^"/, '').startsWith("'")),
        (text) => {
          const cell = csvCell(text);
          const read = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
          expect(read).toBe(text);
        },
      ),
    );
  });
});
