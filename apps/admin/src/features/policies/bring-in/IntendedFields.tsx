import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useLocalized } from '../../../i18n/language.js';
import { registriesQuery } from '../registry.queries.js';
import { intendedOf, policyKinds } from './intended.js';
import css from './bring-in.module.css';

/** What it is to become, on which depends what it has to say. */
export function IntendedFields() {
  const { t } = useTranslation();
  const localized = useLocalized();
  const id = useId();
  const [search, setSearch] = useSearchParams();
  const services = useQuery(registriesQuery).data?.named.services ?? [];
  const { kind, service } = intendedOf(search);
  const set = (changes: Readonly<Record<string, string>>) =>
    setSearch(new URLSearchParams({ ...Object.fromEntries(search), ...changes }), { replace: true });
  return (
    <>
      <span className={css['switch']}>
        <label htmlFor={id}>{t('bringIn.missing.becomes')}</label>
        <Select
          id={id}
          value={kind}
          popupMatchSelectWidth={false}
          style={{ minWidth: 130 }}
          options={policyKinds.map((value) => ({ value, label: t(`policies.kinds.${value}`) }))}
          onChange={(value) => set({ kind: value })}
        />
      </span>
      {kind === 'service' && (
        <Select
          aria-label={t('policies.service')}
          placeholder={t('policies.service')}
          value={service ?? null}
          popupMatchSelectWidth={false}
          style={{ minWidth: 130 }}
          options={services.map(({ code = '', name }) => ({ value: code, label: localized(name) }))}
          onChange={(value) => set({ service: value })}
        />
      )}
    </>
  );
}
