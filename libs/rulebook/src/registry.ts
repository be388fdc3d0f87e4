import { catalogue, type Catalogue } from './catalogue.js';
import type { RecipientEntry } from './document.js';
import { profiles, type Profile } from './profiles.js';

/**
 * What clauses may refer to. `null` stands for a list that is not at hand, as in an offline check: the file's own
 * `services` and `recipients` then stand in for it.
 */
export interface RulebookRegistry {
  readonly catalogue: Catalogue;
  readonly services: readonly string[] | null;
  readonly recipients: readonly RecipientEntry[] | null;
  readonly thirdPartyServices: readonly string[] | null;
  readonly profile: Profile;
  /** The day (`YYYY-MM-DD`) that contracts are looked at; absent where nobody asks whether they have ended. */
  readonly today?: string;
}

/** The registry of an offline check: the seed catalogue and nothing else. */
export function offlineRegistry(profile: Profile = profiles['cn-pipl']): RulebookRegistry {
  return { catalogue, services: null, recipients: null, thirdPartyServices: null, profile };
}
