import type { Lookup } from './lookup.js';
import type { PolicyDraft } from './parse.js';

/** What a text is checked with: itself, and what is registered. */
export interface CheckContext {
  readonly draft: PolicyDraft;
  readonly lookup: Lookup;
}
