import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocalized } from '../../../i18n/language.js';
import type { SubjectRequest } from '../requests.queries.js';
import { templatesQuery } from './templates.queries.js';

interface Props {
  /** Of which kinds of requests; null where they are not known. */
  readonly types: readonly SubjectRequest['type'][] | null;
  /** Of whoever is answered. */
  readonly locale: SubjectRequest['locale'];
  readonly choose: (text: string) => void;
}

/** The templates for requests of a kind, each in the language of whoever is answered; nothing where there is none. */
export function TemplateSelect({ types, locale, choose }: Props) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const { data } = useQuery(templatesQuery);
  const offered = (data?.items ?? []).filter(
    (one) => types === null || one.types.length === 0 || types.some((type) => one.types.includes(type)),
  );
  if (offered.length === 0) return null;
  return (
    <Select
      value={null}
      aria-label={t('requests.templates.choose')}
      placeholder={t('requests.templates.choose')}
      style={{ width: 260, marginBottom: 8 }}
      options={offered.map(({ id, title }) => ({ value: id, label: localized(title) }))}
      onChange={(chosen) => choose(offered.find(({ id }) => id === chosen)?.text[locale] ?? '')}
    />
  );
}
