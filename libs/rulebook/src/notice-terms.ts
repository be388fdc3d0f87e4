import type { PolicyDocument } from './document.js';
import { profiles, type Profile } from './profiles.js';
import type { ChangeTerm } from './terms.js';
import type { AcceptanceMode, NoticeChannel } from './vocabulary.js';

/** How a change of this policy is announced and accepted. */
export interface NoticeTerms {
  readonly leadDays: number;
  /** Used in any case. */
  readonly channels: readonly NoticeChannel[];
  /** Of each list one is enough for each subject, the preferred first. */
  readonly anyOf: readonly (readonly NoticeChannel[])[];
  readonly acceptance: AcceptanceMode;
}

/** What a policy promises about its own changes: never under the profile's minimum lead; in-app and explicit where it says nothing. */
export function noticeTerms(document: PolicyDocument, profile: Profile = profiles['cn-pipl']): NoticeTerms {
  return noticeTermsOf(
    document.clauses.flatMap((clause) => clause.terms).find((one) => one.type === 'change'),
    profile,
  );
}

/** Whether anybody is asked to accept the text; where nothing is said, everybody is. A guide is never accepted. */
export function asksAcceptance(document: PolicyDocument): boolean {
  return document.kind !== 'guide' && noticeTerms(document).acceptance !== 'none';
}

/** The same for the term that says so, where there is one. */
export function noticeTermsOf(term: ChangeTerm | undefined, profile: Profile): NoticeTerms {
  const minimum = profile.rules.minimumLeadDays.value;
  if (!term) return { leadDays: minimum, channels: ['inApp'], anyOf: [], acceptance: 'explicit' };
  return {
    leadDays: Math.max(minimum, term.notice.leadDays),
    channels: [...new Set(term.notice.channels.filter((one) => typeof one === 'string'))],
    anyOf: term.notice.channels.flatMap((one) => (typeof one === 'string' ? [] : [[...new Set(one.anyOf)]])),
    acceptance: term.acceptance,
  };
}
