import { describe, expect, it } from '@jest/globals';
import { readListState, withCursor, withFilter, withHidden, withNextSort } from './list-state.js';

const address = (text: string) => new URLSearchParams(text);

describe('the address of a list', () => {
  it('carries filters, order, hidden columns and page', () => {
    expect(
      readListState(address('act=policy.approved&sort=-at&cursor=abc&hide=reason,correlation'), ['act', 'actorId']),
    ).toEqual({
      filters: { act: 'policy.approved' },
      sort: { key: 'at', direction: 'descending' },
      cursor: 'abc',
      hidden: ['reason', 'correlation'],
    });
  });

  it('ignores filters the list does not know and empty ones', () => {
    expect(readListState(address('evil=1&act=%20'), ['act']).filters).toEqual({});
  });

  it('goes back to the first page when the question changes', () => {
    expect(withFilter(address('act=a&cursor=abc'), 'act', 'b').toString()).toBe('act=b');
    expect(withFilter(address('act=a&cursor=abc'), 'act', '').toString()).toBe('');
  });

  it('sorts ascending, then descending, then as sent', () => {
    const first = withNextSort(address(''), 'number');
    const second = withNextSort(first, 'number');
    expect([first.get('sort'), second.get('sort'), withNextSort(second, 'number').get('sort')]).toEqual([
      'number',
      '-number',
      null,
    ]);
  });

  it('keeps everything else when paging or hiding a column', () => {
    expect(withCursor(address('act=a'), 'next').toString()).toBe('act=a&cursor=next');
    expect(withCursor(address('act=a&cursor=next'), null).toString()).toBe('act=a');
    expect(withHidden(address('act=a'), ['x', 'y']).get('hide')).toBe('x,y');
  });
});
