/* What the naive gate is told: policies, an installation, everything that happened to a person, and a question. */

export type NaiveBasis =
  | 'contract'
  | 'consent'
  | 'separateConsent'
  | 'legalObligation'
  | 'publicInterest'
  | 'vitalInterest'
  | 'legitimateInterest'
  | 'publicised';
type NaiveAction = 'collect' | 'use' | 'share' | 'crossServiceUse';

/** One statement of a policy, every category and purpose by itself. Days, where it says how long a consent to it lasts. */
export interface NaiveAtom {
  readonly policy: string;
  readonly revision: number;
  readonly clauseId: string;
  readonly action: NaiveAction;
  readonly category: string;
  readonly purpose: string;
  readonly basis: NaiveBasis;
  readonly services: readonly string[] | null;
  readonly recipient: string | null;
  readonly regions: readonly string[];
  readonly pair: {
    readonly from: readonly string[];
    readonly to: readonly string[];
    readonly form: string;
    readonly minimumGroup: number;
  } | null;
  readonly validDays: number | null;
}

/** What a revision changed so that it needs fresh consent; `isWeakened` where the basis had been a consent before. */
export interface NaiveChange {
  readonly action: NaiveAction;
  readonly category: string;
  readonly purpose: string;
  readonly isWeakened?: boolean;
}

/** A text in force from `effectiveAt` on; `service` where it is that service's own policy. Times are epoch milliseconds. */
export interface NaiveRevision {
  readonly policy: string;
  readonly service: string | null;
  readonly number: number;
  readonly effectiveAt: number;
  readonly atoms: readonly NaiveAtom[];
  readonly freshConsent: readonly NaiveChange[];
}

export interface NaiveRecipient {
  readonly slug: string;
  readonly kind: string;
  readonly region: string;
  readonly isActive: boolean;
  readonly contractUntil: number;
}

export interface NaiveInstallation {
  readonly revisions: readonly NaiveRevision[];
  readonly recipients: readonly NaiveRecipient[];
  /** The purposes that the registry flags for Global Privacy Control. */
  readonly optOutPurposes: readonly string[];
  readonly purposes: readonly string[];
  /** Everything that is registered, exactly as it is written. */
  readonly registered: {
    readonly services: readonly string[];
    readonly purposes: readonly string[];
    readonly categories: readonly string[];
    readonly countries: readonly string[];
  };
}

/** A grant or withdrawal; what is null is not narrowed. `shown`: the text that the subject named. */
export interface NaiveConsent {
  readonly id: string;
  readonly isGrant: boolean;
  readonly purpose: string;
  readonly categories: readonly string[] | null;
  readonly service: string | null;
  readonly recipient: string | null;
  readonly region: string | null;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly shown: { readonly policy: string; readonly number: number } | null;
}

/** A confirmed guardian of a child: since when they are known to be an adult, null for never, and what they said to the use of the service. */
export interface NaiveGuardian {
  adultFrom: number | null;
  readonly said: { readonly isOn: boolean; readonly at: number }[];
}

/** Everything that a person ever did or that was done to their account. */
export interface NaivePerson {
  readonly birthDate: string | null;
  readonly consents: NaiveConsent[];
  readonly acceptances: {
    readonly policy: string;
    readonly number: number;
    readonly isExplicit: boolean;
    readonly at: number;
  }[];
  readonly restrictions: { readonly isOn: boolean; readonly at: number }[];
  readonly positioning: { readonly isOn: boolean; readonly at: number }[];
  readonly guardians: NaiveGuardian[];
  readonly privacyControl: { readonly act: 'seen' | 'set' | 'cleared'; readonly at: number }[];
}

export interface NaiveQuestion {
  readonly action: 'collect' | 'use' | 'share';
  /** Null to collect for whichever purposes allow it. */
  readonly purpose: string | null;
  readonly category: string;
  readonly service: string | null;
  readonly across: { readonly from: string; readonly form: string; readonly groupSize: number } | null;
  readonly recipient: string | null;
  readonly region: string | null;
  readonly occurredAt: number | null;
  readonly at: number;
  /** The request that led to the question carried `Sec-GPC: 1`. */
  readonly hasSignal: boolean;
}

/** `rule`: which of the ten refused; null where none did. */
export interface NaiveAnswer {
  readonly allowed: boolean;
  readonly rule: number | null;
  readonly code: string | null;
  readonly atom: NaiveAtom | null;
  readonly consentEventId: string | null;
}
