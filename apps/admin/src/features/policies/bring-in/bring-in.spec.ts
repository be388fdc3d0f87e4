import { offlineRegistry, profiles, type Term } from '@abide/rulebook';
import { describe, expect, it } from '@jest/globals';
import type { Registries } from '../registry.queries.js';
import { nextId } from './clause-ids.js';
import { DecisionQueue } from './decision-queue.js';
import { markedPieces } from './marked-text.js';
import { missingFields, sentenceSoFar } from './term-words.js';

describe('a paragraph with a proposal', () => {
  const proposal = {
    paragraph: 1,
    start: 4,
    end: 12,
    evidence: [
      { start: 6, end: 8, field: 'categories' },
      { start: 0, end: 2, field: 'type', paragraph: 0 },
    ],
  };

  it('is cut where the sentence and the words that led to it begin and end', () => {
    expect(markedPieces('abc. defghij. kl', 1, proposal)).toEqual([
      { text: 'abc.', mark: 'none' },
      { text: ' d', mark: 'sentence' },
      { text: 'ef', mark: 'words' },
      { text: 'ghij', mark: 'sentence' },
      { text: '. kl', mark: 'none' },
    ]);
  });

  it('marks words of another paragraph there', () => {
    expect(markedPieces('We use:', 0, proposal).map(({ mark }) => mark)).toEqual(['words', 'none']);
    expect(markedPieces('abc', 2, proposal)).toEqual([{ text: 'abc', mark: 'none' }]);
  });
});

describe('a term of which something is not said', () => {
  const registries = { ...offlineRegistry(profiles['cn-pipl']), named: {} } as unknown as Registries;

  it('is a sentence with three dots in the place of what is missing', () => {
    const term = { type: 'collection', categories: ['*'] } as unknown as Term;
    expect(sentenceSoFar(term, registries, 'en')).toBe('All data may be collected for …, ….');
    expect(missingFields(term).map(({ path }) => path.join('.'))).toEqual(['purposes', 'basis']);
  });

  it('needs either a period or an event of a retention', () => {
    const kept = { type: 'retention', categories: ['*'], then: 'delete' } as unknown as Term;
    expect(missingFields(kept).map(({ path }) => path[0])).toEqual(['period']);
    expect(missingFields({ ...kept, until: 'accountClosure' } as unknown as Term)).toEqual([]);
  });
});

describe('the name of a clause that is split off', () => {
  it('is the next that no clause has', () => {
    expect(nextId('2', ['2'])).toBe('2-2');
    expect(nextId('2', ['2', '2-2', '3'])).toBe('2-3');
    expect(nextId('2-2', ['2', '2-2'])).toBe('2-3');
  });
});

describe('decisions on their way', () => {
  it('are sent together while an earlier one is under way, the last on a proposal alone', async () => {
    const sent: string[][] = [];
    const gates: (() => void)[] = [];
    const queue = new DecisionQueue((choices) => {
      sent.push(choices.map(({ proposalId, decision }) => `${proposalId} ${decision}`));
      return new Promise((done) => gates.push(done));
    });
    queue.add([{ proposalId: 'a', decision: 'accepted' }]);
    queue.add([{ proposalId: 'b', decision: 'accepted' }]);
    queue.add([{ proposalId: 'b', decision: 'declined' }]);
    gates[0]?.();
    const saved = queue.flush();
    while (gates.length < 2) await Promise.resolve();
    gates[1]?.();
    expect(await saved).toBe(true);
    expect(sent).toEqual([['a accepted'], ['b declined']]);
  });

  it('stay where they could not be sent', async () => {
    const queue = new DecisionQueue(() => Promise.reject(new Error('away')));
    queue.add([{ proposalId: 'a', decision: 'accepted' }]);
    expect(await queue.flush()).toBe(false);
    expect(queue.snapshot()).toMatchObject({ error: new Error('away') });
    expect([...queue.snapshot().waiting.keys()]).toEqual(['a']);
  });
});
