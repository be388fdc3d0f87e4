import type { AcceptanceFact, ConsentFact, Question, SubjectFacts } from '../decide/facts.js';

/** The present of every spec of decisions. */
export const now = Date.parse('2026-06-01T00:00:00Z');
export const daysAgo = (days: number) => now - days * 86_400_000;

export function aSubject(given: Partial<SubjectFacts> = {}): SubjectFacts {
  return { kind: 'person', birthDate: '1990-01-01', acceptances: [anAcceptance()], ...given };
}

export function anAcceptance(given: Partial<AcceptanceFact> = {}): AcceptanceFact {
  return { policy: 'privacy', revision: 1, mode: 'explicit', at: daysAgo(100), ...given };
}

export function aGrant(given: Partial<ConsentFact> = {}): ConsentFact {
  return { id: 'grant', state: 'granted', purpose: 'advertising.relevant', at: daysAgo(30), revision: 1, ...given };
}

export function aWithdrawal(given: Partial<ConsentFact> = {}): ConsentFact {
  return { ...aGrant(), id: 'withdrawal', state: 'withdrawn', at: daysAgo(10), ...given };
}

export function aQuestion(given: Partial<Question> = {}): Question {
  return { action: 'use', categories: ['log.search'], purpose: 'advertising.relevant', at: now, ...given };
}
