import type { TFunction } from 'i18next';

/** Filters of the queue that figures lead to: what arrived or was answered in a week, and what has been open for how long. */
export const figureFilters = ['arrivedIn', 'answeredIn', 'age'] as const;

/** As the figures count them: each longer ago than the one before. */
const ages = ['7', '15', '30', 'older'];

/** How long ago something of this age was asked, in words; as it stands where there is no such age. */
export function ageWords(age: string, t: TFunction): string {
  const index = ages.indexOf(age);
  const from = ages[index - 1];
  if (index < 0) return age;
  if (from === undefined) return t('requests.over.upTo', { to: age });
  return age === 'older' ? t('requests.over.older', { from }) : t('requests.over.between', { from, to: age });
}
