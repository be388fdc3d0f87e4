import { createSecretKey, randomBytes } from 'node:crypto';
import { KeyCache } from './key-cache.js';

const aKey = () => createSecretKey(randomBytes(32));
const wrapped = Buffer.of(1);
const minute = 60_000;

function pass(milliseconds: number): void {
  const then = performance.now() + milliseconds;
  performance.now = () => then;
}

describe('the cache of unwrapped keys', () => {
  afterEach(() => Reflect.deleteProperty(performance, 'now'));

  it('gives a key only for the very bytes it was unwrapped from', () => {
    const cache = new KeyCache(2);
    const key = aKey();
    cache.set('a', { epoch: 1, wrapped: Buffer.of(1) }, key);
    expect(cache.get('a', Buffer.of(1))).toBe(key);
    expect(cache.get('a', Buffer.of(2))).toBeUndefined();
  });

  it('holds a key for ten minutes, however often it is used, and then forgets it', () => {
    const cache = new KeyCache(2);
    const key = aKey();
    pass(0);
    cache.set('a', { epoch: 1, wrapped }, key);
    pass(10 * minute);
    expect([cache.getOfEpoch('a', 1), cache.get('a', wrapped)]).toEqual([key, key]);
    pass(1);
    expect([cache.getOfEpoch('a', 1), cache.get('a', wrapped)]).toEqual([undefined, undefined]);
  });

  it('forgets a key that it is told to forget, and no other', () => {
    const cache = new KeyCache(2);
    cache.set('a', { epoch: 1, wrapped }, aKey());
    cache.set('b', { epoch: 1, wrapped }, aKey());
    cache.delete('a');
    expect(cache.get('a', wrapped)).toBeUndefined();
    expect(cache.get('b', wrapped)).toBeDefined();
  });

  it('counts a key that is set again as used last', () => {
    const cache = new KeyCache(2);
    for (const name of ['a', 'b', 'a', 'c']) cache.set(name, { epoch: 1, wrapped }, aKey());
    expect(['a', 'b', 'c'].map((name) => cache.get(name, wrapped) !== undefined)).toEqual([true, false, true]);
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
