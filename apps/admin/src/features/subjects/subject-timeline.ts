import type { Acceptance, SubjectNotice } from './subjects.types.js';
import type { Subject } from '../../api/types.js';

export interface Happening {
  readonly at: string;
  readonly what: 'registered' | 'accepted' | 'noticed' | 'opened';
  /** The revision it is about, as `privacy 3`; absent for the registration and for a notice to this subject alone. */
  readonly revision?: { readonly slug: string; readonly number: number };
  /** What a notice to this subject alone was about. */
  readonly notice?: SubjectNotice['kind'];
}

/** What happened around a subject, from the facts that an operator may read, newest first. */
export function timelineOf(
  subject: Pick<Subject, 'createdAt'>,
  acceptances: readonly Acceptance[],
  notices: readonly SubjectNotice[],
): readonly Happening[] {
  const happenings: Happening[] = [
    { at: subject.createdAt, what: 'registered' },
    ...acceptances.map(({ at, policySlug: slug, number }): Happening => ({
      at,
      what: 'accepted',
      revision: { slug, number },
    })),
    ...notices.flatMap((notice): Happening[] => [
      { at: notice.publishedAt, what: 'noticed', ...aboutOf(notice) },
      ...(notice.readAt ? [{ at: notice.readAt, what: 'opened', ...aboutOf(notice) } as const] : []),
    ]),
  ];
  return happenings.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function aboutOf({
  kind,
  policySlug: slug,
  revisionNumber: number,
}: SubjectNotice): Pick<Happening, 'revision' | 'notice'> {
  return slug === null || number === null ? { notice: kind } : { revision: { slug, number } };
}
