import { newId } from '@abide/kernel';
import { aPolicy } from '../testing/documents.js';
import { toRevisionText } from './policy-check.js';
import { Revision, revisionStates, type RevisionState, type SchedulePlan } from './revision.entity.js';

const at = new Date('2026-06-01T00:00:00Z');
const text = toRevisionText(aPolicy());
const editor = newId();
const submitter = newId();
const approver = newId();
const plan: SchedulePlan = {
  effectiveAt: at,
  materiality: 'informational',
  raisedTo: null,
  raiseReason: null,
  leadDays: 0,
  isAcceptedByUse: true,
  comparedWith: null,
  campaignId: null,
};

function aRevision(state: RevisionState = 'draft'): Revision {
  const revision = Revision.draft({ id: newId(), policyId: newId(), number: 1, text, at });
  if (state !== 'draft') Object.assign(revision, { state, submittedBy: submitter, submittedHash: text.contentHash });
  return revision;
}
const approval = (given: object = {}) => ({
  by: approver,
  at,
  contentHash: text.contentHash,
  editors: new Set([editor]),
  ...given,
});
const refusedIn = (act: (revision: Revision) => void, code = 'policy.wrong_state') =>
  revisionStates.filter((state) => {
    try {
      act(aRevision(state));
      return false;
    } catch (error) {
      return (error as { code: string }).code === code;
    }
  });

describe('a revision', () => {
  it('goes from draft to effect and is superseded', () => {
    const revision = aRevision();
    revision.submit(submitter, at);
    revision.approve(approval());
    revision.schedule(plan, approver, at);
    revision.takeEffect(at);
    revision.supersede(at);
    expect(revision).toMatchObject({
      state: 'superseded',
      submittedBy: submitter,
      approvedBy: approver,
      tookEffectAt: at,
      supersededAt: at,
    });
  });

  it('is edited only as a draft', () => {
    expect(refusedIn((revision) => revision.edit(text, at))).toEqual(
      revisionStates.filter((state) => state !== 'draft'),
    );
  });

  it('is not approved by whoever submitted or wrote it', () => {
    expect(() => aRevision('inReview').approve(approval({ by: submitter }))).toThrow(
      expect.objectContaining({ code: 'policy.self_approval' }),
    );
    expect(() => aRevision('inReview').approve(approval({ by: editor }))).toThrow(
      expect.objectContaining({ code: 'policy.self_approval' }),
    );
  });

  it('is not approved on another text than the one that was read', () => {
    expect(() => aRevision('inReview').approve(approval({ contentHash: 'f'.repeat(64) }))).toThrow(
      expect.objectContaining({ code: 'policy.content_changed' }),
    );
  });

  it('is approved only in review', () => {
    expect(refusedIn((revision) => revision.approve(approval()))).toEqual(
      revisionStates.filter((state) => state !== 'inReview'),
    );
  });

  it('is scheduled only once approved, and says what is missing', () => {
    const schedule = (revision: Revision) => revision.schedule(plan, approver, at);
    expect(refusedIn(schedule, 'policy.not_approved')).toEqual(['draft', 'inReview']);
    expect(refusedIn(schedule, 'policy.already_scheduled')).toEqual(['scheduled']);
    expect(refusedIn(schedule)).toEqual(['effective', 'superseded', 'withdrawn']);
  });

  it('takes effect only when scheduled', () => {
    expect(refusedIn((revision) => revision.takeEffect(at))).toEqual(
      revisionStates.filter((state) => state !== 'scheduled'),
    );
  });

  it('forgets its submission and approval when it goes back to draft', () => {
    for (const back of [(one: Revision) => one.reject(at), (one: Revision) => one.withdraw(at)]) {
      const revision = aRevision('approved');
      back(revision);
      expect(revision).toMatchObject({ state: 'draft', submittedBy: null, submittedHash: null, approvedBy: null });
    }
  });

  it('ends when it is withdrawn as a draft or as scheduled, and stays what it was once in force', () => {
    const withdrawn = revisionStates.map((state) => {
      const revision = aRevision(state);
      try {
        revision.withdraw(at);
      } catch {
        return 'refused';
      }
      return revision.state;
    });
    expect(withdrawn).toEqual(['withdrawn', 'draft', 'draft', 'withdrawn', 'refused', 'refused', 'refused']);
  });

  it('weighs what an operator raised it to', () => {
    expect(Object.assign(aRevision(), { materiality: 'informational', raisedTo: 'freshConsent' }).weight).toBe(
      'freshConsent',
    );
    expect(Object.assign(aRevision(), { materiality: 'informational', raisedTo: null }).weight).toBe('informational');
  });
});
