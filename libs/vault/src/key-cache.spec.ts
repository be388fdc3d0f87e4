import { createSecretKey, randomBytes } from 'node:crypto';
import { KeyCache } from './key-cache.js';

const aKey = () => createSecretKey(randomBytes(32));

describe('the cache of unwrapped keys', () => {
  it('gives a key only for the very bytes it was unwrapped from', () => {
    const cache = new KeyCache(2);
    const key = aKey();
    cache.set('a', { epoch: 1, wrapped: Buffer.of(1) }, key);
    expect(cache.get('a', Buffer.of(1))).toBe(key);
    expect(cache.get('a', Buffer.of(2))).toBeUndefined();
  });

  it('gives a key for the epoch it is wrapped under, and for no other', () => {
    const cache = new KeyCache(2);
    const key = aKey();
    cache.set('a', { epoch: 3, wrapped: Buffer.of(1) }, key);
    expect(cache.getOfEpoch('a', 3)).toBe(key);
    expect(cache.getOfEpoch('a', 4)).toBeUndefined();
    expect(cache.getOfEpoch('b', 3)).toBeUndefined();
  });

  it('drops the key that was used longest ago', () => {
    const cache = new KeyCache(2);
    cache.set('a', { epoch: 1, wrapped: Buffer.of(1) }, aKey());
    cache.set('b', { epoch: 1, wrapped: Buffer.of(1) }, aKey());
    cache.get('a', Buffer.of(1));
    cache.set('c', { epoch: 1, wrapped: Buffer.of(1) }, aKey());
    expect(['a', 'b', 'c'].map((name) => cache.get(name, Buffer.of(1)) !== undefined)).toEqual([true, false, true]);
  });
});
