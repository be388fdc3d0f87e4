import { describe, expect, it } from '@jest/globals';
import { textOf } from './value-text.js';

describe('a value of an event', () => {
  it('is read line by line where it holds several', () => {
    expect(textOf('event.list')).toBe('event.list');
    expect(textOf(false)).toBe('false');
    expect(textOf(['concert', 3])).toBe('concert\n3');
    expect(textOf({ plan: 'yearly', isNew: true })).toBe('plan: yearly\nisNew: true');
  });
});
