import { describe, expect, it } from '@jest/globals';
import { earliestEffect, heavierThan } from './effect.rules.js';

const now = new Date('2026-08-01T08:00:20Z');

describe('the earliest time of effect', () => {
  it('is the next minute when people need only be told', () => {
    expect(earliestEffect('informational', 30, now).toISOString()).toBe('2026-08-01T08:01:00.000Z');
  });

  it('waits for the days that the revision in force promises', () => {
    expect(earliestEffect('reductionOfRights', 15, now).toISOString()).toBe('2026-08-16T08:01:00.000Z');
  });
});

describe('raising a revision', () => {
  it('goes upwards only', () => {
    expect(heavierThan('informational')).toEqual(['reductionOfRights', 'freshConsent']);
    expect(heavierThan('freshConsent')).toEqual([]);
  });
});
