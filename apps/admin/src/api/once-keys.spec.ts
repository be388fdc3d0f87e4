import { describe, expect, it } from '@jest/globals';
import { onceKeys } from './once-keys.js';

describe('the key of what a form sends', () => {
  it('stays while the content stays, so that a double click or a retry after a lost answer is one act', () => {
    const keyOf = onceKeys();
    const key = keyOf({ title: 'Summer fares' });
    expect(key).toMatch(/^[0-9a-f-]{36}$/);
    expect(keyOf({ title: 'Summer fares' })).toBe(key);
  });

  it('is another for other content, for the same said once more, and in a form opened anew', () => {
    const keyOf = onceKeys();
    const keys = [
      keyOf({ title: 'Summer fares' }),
      keyOf({ title: 'Winter fares' }),
      keyOf({ title: 'Summer fares', again: true }),
      onceKeys()({ title: 'Summer fares' }),
    ];
    expect(new Set(keys).size).toBe(4);
  });
});
