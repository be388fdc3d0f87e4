import type { Precision } from '../terms.js';
import type {
  CrossServiceData,
  CrossServiceForm,
  Basis,
  Fallback,
  Storage,
  WithheldConsequence,
} from '../vocabulary.js';

/** An instant, in milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;

/** One grant or withdrawal of a subject. What is left out is not narrowed: no categories means all, no service every service. */
export interface ConsentFact {
  readonly id?: string | null;
  readonly state: 'granted' | 'withdrawn';
  readonly purpose: string;
  readonly categories?: readonly string[] | null;
  readonly service?: string | null;
  /** The slug of the recipient that it names. */
  readonly recipient?: string | null;
  readonly region?: string | null;
  readonly at: Instant;
  readonly expiresAt?: Instant | null;
  /** The policy and revision whose wording was shown; a policy left out is the one that the clause stands in. */
  readonly policy?: string | null;
  readonly revision?: number | null;
}

export interface AcceptanceFact {
  readonly policy: string;
  readonly revision: number;
  readonly mode: 'explicit' | 'continuedUse';
  readonly at: Instant;
}

/**
 * Something on file that lets data go to a recipient: an authority's order or standing duty, or an agreement with anybody else.
 * What is left out is not narrowed.
 */
export interface SharingGround {
  readonly kind: 'order' | 'agreement';
  /** The slug of the recipient. */
  readonly recipient: string;
  readonly categories?: readonly string[] | null;
  readonly purposes?: readonly string[] | null;
  readonly regions?: readonly string[] | null;
  readonly service?: string | null;
  readonly from?: Instant | null;
  /** The first instant that it no longer covers. */
  readonly until?: Instant | null;
  readonly isSuspended?: boolean;
}

/** What is known of one subject at the moment of a question. Facts left out are empty. */
export interface SubjectFacts {
  readonly kind: 'person' | 'enterprise' | 'device';
  readonly isClosed?: boolean;
  readonly isSuppressed?: boolean;
  readonly isRestricted?: boolean;
  /** The categories that are stored only, where not everything is. */
  readonly restrictedCategories?: readonly string[];
  /** The purposes that they objected to, where it was upheld. */
  readonly objectedPurposes?: readonly string[];
  /** `YYYY-MM-DD`. Of a device, as their guardian: of the child whose it is. */
  readonly birthDate?: string | null;
  readonly guardian?: { readonly isConfirmed: boolean; readonly hasConsented: boolean } | null;
  readonly isPositioningOn?: boolean;
  readonly positioningChanges?: readonly { readonly isOn: boolean; readonly at: Instant }[];
  /** When Global Privacy Control was first seen on the subject's own requests and not cleared since. */
  readonly gpcSince?: Instant | null;
  readonly consents?: readonly ConsentFact[];
  readonly acceptances?: readonly AcceptanceFact[];
  /** What is on file that reaches the subject. Left out, there is no order, and agreements are taken for granted. */
  readonly grounds?: readonly SharingGround[];
}

/** What may be done? `at` is the instant that the answer is for; facts recorded for later are ignored. */
export interface Question {
  readonly action: 'collect' | 'use' | 'share';
  readonly categories: readonly string[];
  readonly purpose?: string | null;
  /** Collection only: several purposes, or none at all, of which at least one must allow it. */
  readonly purposes?: readonly string[] | null;
  readonly service?: string | null;
  /** Where it differs from `service`, the use is one across services. */
  readonly fromService?: string | null;
  readonly form?: CrossServiceForm | null;
  readonly data?: CrossServiceData | null;
  /** How many subjects an aggregate is made from, where that is known already. */
  readonly groupSize?: number | null;
  /** Sharing only: the slug of the recipient. */
  readonly recipient?: string | null;
  /** One more region that the sharing has to be allowed for, beside the recipient's own. */
  readonly region?: string | null;
  readonly thirdPartyService?: string | null;
  /** Collection and use only: it is done on the device, and nothing of it is sent. Left out, it may be stored. */
  readonly storage?: Storage | null;
  /** When the datum came about; the present where left out. */
  readonly occurredAt?: Instant | null;
  readonly at: Instant;
}

/**
 * Why a question is refused, in the order of the rules: a code further down is nearer to a permission. The gate gives those of the client, before any rule is
 * asked; `collected.beforeAllowed` when a collection is asked about once more, for when it came about.
 */
export const refusalCodes = [
  'client.purposeNotCovered',
  'client.serviceNotCovered',
  'subject.unknown',
  'subject.closed',
  'subject.suppressed',
  'question.unknownService',
  'question.unknownPurpose',
  'question.unknownCategory',
  'recipient.unknown',
  'question.unknownRegion',
  'scope.excluded',
  'clause.none',
  'storage.onDeviceOnly',
  'subject.restricted',
  'minor.notAllowed',
  'minor.guardianRequired',
  'location.off',
  'recipient.inactive',
  'recipient.contractExpired',
  'region.notCovered',
  'order.missing',
  'agreement.missing',
  'agreement.suspended',
  'gpc.optOut',
  'consent.stale',
  'objection.stands',
  'acceptance.missing',
  'consent.missing',
  'consent.withdrawn',
  'consent.expired',
  'consent.separateMissing',
  'collected.beforeAllowed',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** A purpose that allowed a collection, with the clause and consent behind it: the lineage of the row. */
export interface PurposeLineage {
  readonly purpose: string;
  readonly policy: string;
  readonly revision: number;
  readonly clauseId: string;
  readonly basis: Basis;
  readonly consentEventId: string | null;
  /** How exactly this purpose may have it. */
  readonly precision: Precision;
}

/** The answer for one category. A refusal cites the clause that came nearest, where one did. */
export interface CategoryDecision {
  readonly category: string;
  readonly allowed: boolean;
  /** Null when allowed. */
  readonly code: RefusalCode | null;
  readonly policy: string | null;
  readonly revision: number | null;
  readonly clauseId: string | null;
  readonly basis: Basis | null;
  readonly consentEventId: string | null;
  /** What to do instead of a refused use. */
  readonly fallback: Fallback | null;
  /** What follows where the datum is not given, as the cited clause has it: of a refusal. */
  readonly ifWithheld: WithheldConsequence | null;
  /** Of an allowed aggregated use: the smallest group it may be made from. */
  readonly minimumGroup: number | null;
  /** Of an allowed collection or use: how exactly, as the cited clause has it. */
  readonly precision: Precision | null;
  /** Of an allowed collection or use: `onDevice` where the question is about the device, which says nothing of storing it. */
  readonly storage: Storage | null;
  /** Of an allowed collection: exactly the purposes that allowed it. */
  readonly purposes: readonly PurposeLineage[];
}

/** Allowed when every category is. */
export interface Decision {
  readonly allowed: boolean;
  readonly results: readonly CategoryDecision[];
}
