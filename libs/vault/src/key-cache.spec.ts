import { createSecretKey, randomBytes } from 'node:crypto';
import { KeyCache } from './key-cache.js';

const aKey = () => createSecretKey(randomBytes(32));

describe('the cache of unwrapped keys', () => {
  it('gives a key only for the very bytes it was unwrapped from', () => {
    const cache = new KeyCache(2);
    const key = aKey();
    cache.set('a', Buffer.of(1), key);
    expect(cache.get('a', Buffer.of(1))).toBe(key);
    expect(cache.get('a', Buffer.of(2))).toBeUndefined();
  });

  it('drops the key that was used longest ago', () => {
    const cache = new KeyCache(2);
    cache.set('a', Buffer.of(1), aKey());
    cache.set('b', Buffer.of(1), aKey());
    cache.get('a', Buffer.of(1));
    cache.set('c', Buffer.of(1), aKey());
    expect(['a', 'b', 'c'].map((name) => cache.get(name, Buffer.of(1)) !== undefined)).toEqual([true, false, true]);
  });
});
