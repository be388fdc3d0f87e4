import type { Acceptance, Subject, SubjectNotice } from '../../api/types.js';

export interface Happening {
  readonly at: string;
  readonly what: 'registered' | 'accepted' | 'noticed' | 'opened';
  /** The revision it is about, as `privacy 3`; absent for the registration. */
  readonly revision?: { readonly slug: string; readonly number: number };
}

/** What happened around a subject, from the facts that an operator may read, newest first. */
export function timelineOf(subject: Pick<Subject, 'createdAt'>, acceptances: readonly Acceptance[], notices: readonly SubjectNotice[]): readonly Happening[] {
  const happenings: Happening[] = [
    { at: subject.createdAt, what: 'registered' },
    ...acceptances.map(({ at, policySlug: slug, number }): Happening => ({ at, what: 'accepted', revision: { slug, number } })),
    ...notices.flatMap(({ publishedAt, readAt, policySlug: slug, revisionNumber: number }): Happening[] => [
      { at: publishedAt, what: 'noticed', revision: { slug, number } },
      ...(readAt ? [{ at: readAt, what: 'opened', revision: { slug, number } } as const] : []),
    ]),
  ];
  return happenings.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
