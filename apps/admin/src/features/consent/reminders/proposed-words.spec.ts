import { describe, expect, it } from '@jest/globals';
import { proposedWords, wordsFor } from './proposed-words.js';

describe('the words of a reminder, when another state is chosen', () => {
  it('become the proposal for it', () => {
    expect(wordsFor('expired', { words: proposedWords.stale, of: 'stale' })).toEqual(proposedWords.expired);
  });

  it('stay where the operator wrote their own', () => {
    const title = { ...proposedWords.stale.title, en: 'Surveys have changed' };
    expect(wordsFor('expired', { words: { ...proposedWords.stale, title }, of: 'stale' })).toEqual({
      ...proposedWords.expired,
      title: { ...proposedWords.expired.title, en: 'Surveys have changed' },
    });
  });
});
