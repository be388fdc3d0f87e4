/** A consent that was given or ended; what is null is not narrowed. Recipients by slug. */
export interface ConsentChange {
  subjectId: string;
  consentEventId: string;
  purpose: string;
  categories: readonly string[] | null;
  service: string | null;
  recipient: string | null;
  region: string | null;
  /** When the subject said so; `at` is when we learned of it. */
  occurredAt: string;
  at: string;
}

type AgeStatus = 'adult' | 'under18' | 'under14' | 'unknown';

/**
 * Every event that modules tell each other, by name: past tense, ids and facts, no personal data.
 * Members may be added to a payload, never changed or removed.
 */
export interface DomainEvents {
  'identity.subject_registered': { subjectId: string; kind: 'person' | 'enterprise' | 'device'; at: string };
  'identity.subject_closed': { subjectId: string; at: string };
  'identity.minor_handed_over': {
    subjectId: string;
    from: AgeStatus;
    to: AgeStatus;
    guardianIds: string[];
    at: string;
  };
  'policy.revision_scheduled': { policyId: string; revisionId: string; effectiveAt: string; at: string };
  'policy.revision_effective': { policyId: string; revisionId: string; at: string };
  'policy.revision_withdrawn': { policyId: string; revisionId: string; at: string };
  'policy.accepted': { subjectId: string; revisionId: string; mode: 'explicit' | 'continuedUse'; at: string };
  'consent.granted': ConsentChange;
  'consent.withdrawn': ConsentChange;
  'consent.expired': ConsentChange;
  'rights.request_opened': { requestId: string; type: string; at: string };
  'rights.request_closed': { requestId: string; type: string; outcome: string | null; at: string };
  'notifications.campaign_started': { campaignId: string; at: string };
  'retention.hold_lifted': { holdId: string; subjectId: string; at: string };
  'notifications.campaign_completed': { campaignId: string; at: string };
}

export type EventName = keyof DomainEvents;
