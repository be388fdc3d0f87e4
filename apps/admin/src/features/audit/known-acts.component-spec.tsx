import { beforeAll, describe, expect, it } from '@jest/globals';
import { renderHook } from '@testing-library/react';
import { speak } from '../../testing/render.js';
import { useKnownActs } from './known-acts.js';

describe('the acts to choose from', () => {
  beforeAll(() => speak('zh-CN'));

  it('are all that have words, in the language of the console', () => {
    const acts = renderHook(() => useKnownActs()).result.current;
    expect(acts).toContainEqual({ value: 'operator.suspended', label: expect.stringMatching(/[\u4e00-\u9fff]/) });
    expect(acts).toContainEqual({ value: 'client.leftUnbounded', label: '服务客户端未限定范围' });
    expect(new Set(acts.map(({ value }) => value)).size).toBe(acts.length);
  });
});
