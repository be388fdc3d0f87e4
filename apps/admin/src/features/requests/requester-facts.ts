import type { TFunction } from 'i18next';
import type { SubjectRequest } from './requests.queries.js';

/** Who asked without signing in, as rows of facts; none where somebody signed in. */
export function requesterFacts({ requester }: SubjectRequest, t: TFunction): (readonly [string, string | null])[] {
  if (!requester) return [];
  const { address, name, relation, isProven } = requester;
  return [
    [t('requests.requester.title'), t(`requests.requester.${isProven ? 'proven' : 'unproven'}`, { address })],
    [t('requests.requester.name'), name],
    [t('requests.requester.relation'), relation && `${relation} · ${t('requests.requester.relationHint')}`],
  ];
}
