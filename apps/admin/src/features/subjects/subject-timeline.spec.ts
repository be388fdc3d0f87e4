import { describe, expect, it } from '@jest/globals';
import type { Acceptance, SubjectNotice } from './subjects.types.js';
import { timelineOf } from './subject-timeline.js';

const anAcceptance: Acceptance = {
  revisionId: 'r1',
  policySlug: 'privacy',
  number: 1,
  mode: 'explicit',
  at: '2026-01-01T00:00:01Z',
};
const aNotice = (readAt: string | null) =>
  ({ policySlug: 'privacy', revisionNumber: 2, publishedAt: '2026-03-01T00:00:00Z', readAt }) as SubjectNotice;

describe('what happened around a subject', () => {
  const subject = { createdAt: '2026-01-01T00:00:00Z' };

  it('is told newest first', () => {
    const happenings = timelineOf(subject, [anAcceptance], [aNotice('2026-03-02T08:00:00+08:00')]);
    expect(happenings.map(({ what }) => what)).toEqual(['opened', 'noticed', 'accepted', 'registered']);
    expect(happenings[2]?.revision).toEqual({ slug: 'privacy', number: 1 });
  });

  it('says what a notice to the subject alone was about', () => {
    const personal = {
      kind: 'consentExpiring',
      policySlug: null,
      revisionNumber: null,
      publishedAt: '2026-03-01T00:00:00Z',
      readAt: '2026-03-02T00:00:00Z',
    } as SubjectNotice;
    expect(timelineOf(subject, [], [personal]).slice(0, 2)).toEqual([
      { at: '2026-03-02T00:00:00Z', what: 'opened', notice: 'consentExpiring' },
      { at: '2026-03-01T00:00:00Z', what: 'noticed', notice: 'consentExpiring' },
    ]);
  });

  it('says nothing of a notice being opened before it was', () => {
    expect(timelineOf(subject, [], [aNotice(null)]).map(({ what }) => what)).toEqual(['noticed', 'registered']);
  });
});
