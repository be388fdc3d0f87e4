import { describe, expect, it } from '@jest/globals';
import type { PolicyDocument } from '@abide/rulebook';
import { KeptDrafts, type KeptDraft } from './kept-drafts.js';

function aStorage() {
  const entries = new Map<string, string>();
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  };
}
const aDraft = (): KeptDraft => ({ document: { policy: 'privacy' } as PolicyDocument, basedOn: 'abc', keptAt: '2026-08-01T00:00:00Z' });

describe('unsaved work', () => {
  it('is offered back to the operator who typed it, for the policy it belongs to', () => {
    const storage = aStorage();
    new KeptDrafts(storage, 'lin').keep('privacy', aDraft());
    expect(new KeptDrafts(storage, 'lin').find('privacy')).toEqual(aDraft());
    expect(new KeptDrafts(storage, 'zhou').find('privacy')).toBeNull();
    expect(new KeptDrafts(storage, 'lin').find('terms')).toBeNull();
  });

  it('is forgotten once saved', () => {
    const kept = new KeptDrafts(aStorage(), 'lin');
    kept.keep('privacy', aDraft());
    kept.forget('privacy');
    expect(kept.find('privacy')).toBeNull();
  });

  it('says when the browser would not keep it, and is not undone by something unreadable', () => {
    const full = { ...aStorage(), setItem: () => { throw new Error('quota'); } };
    expect(new KeptDrafts(full, 'lin').keep('privacy', aDraft())).toBe(false);
    const broken = { ...aStorage(), getItem: () => '{"doc' };
    expect(new KeptDrafts(broken, 'lin').find('privacy')).toBeNull();
  });
});
