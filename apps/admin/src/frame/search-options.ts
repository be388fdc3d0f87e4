import { useTranslation } from 'react-i18next';
import { usePermission } from '../session/permissions.js';
import { namedPages } from './navigation.js';
import { useEntries } from './use-entries.js';
import { searchTermsOf, type SearchTerm } from './search-term.js';

export interface SearchOption {
  readonly label: string;
  readonly to?: string;
  readonly term?: SearchTerm;
}

/** What can be done with the text in the search box: look it up as what it looks like, or open the page of that name. */
export function useSearchOptions(typed: string): readonly SearchOption[] {
  const { t } = useTranslation();
  const entries = useEntries();
  const mayReadRequests = usePermission('request.read');
  const text = typed.trim().toLowerCase();
  if (text === '') return [];
  const terms = searchTermsOf(typed).filter(({ kind }) => kind !== 'request' || mayReadRequests);
  const lookUps = terms.map((term): SearchOption => {
    if (term.kind === 'request') return { term, label: t('frame.search.by.request', { number: term.number }) };
    if (term.kind === 'subject') return { term, label: t(`frame.search.by.${term.by}`, { value: term.value }) };
    if (term.kind === 'revision') return { term, label: t('frame.search.by.revision', { value: term.id }) };
    return { term, label: t('frame.search.by.revisionNumber', { slug: term.slug, number: term.number }) };
  });
  const pages = namedPages(entries)
    .map(({ to, label }): SearchOption => ({ to, label: t(label) }))
    .filter(({ label }) => label.toLowerCase().includes(text));
  return [...lookUps, ...pages];
}
