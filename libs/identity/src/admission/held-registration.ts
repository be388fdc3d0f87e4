import type { Locale } from '@abide/kernel';
import type { Guardian } from '../guardianships/guardian.rules.js';
import type { Identifier } from '../subjects/identifier.rules.js';
import type { MinorStatus } from '../subjects/minor.rules.js';
import type { Profile } from '../subjects/profile.rules.js';

/** What is held, sealed, until the code (and for a child the guardian) has confirmed it. */
export interface HeldRegistration {
  readonly kind: 'person' | 'enterprise';
  readonly identifier: Identifier;
  readonly passwordHash: string | null;
  readonly profile: Profile;
  readonly contactPerson: Person | null;
  readonly guardian: Guardian | null;
  readonly minorStatus: MinorStatus;
  readonly acceptedRevisionIds: readonly string[];
  /** ISO 8601: when the registration was sent. */
  readonly acceptedAt: string;
  readonly locale: Locale;
  /** A request on the way carried Global Privacy Control. */
  readonly hasPrivacyControl?: boolean;
}

export interface Person {
  readonly name: string;
  readonly phone?: string;
  readonly email?: string;
}
