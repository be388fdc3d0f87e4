import type { TestedPermission } from '@abide/rulebook';
import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../i18n/language.js';
import { registriesQuery, type Registries } from '../registry.queries.js';
import type { PolicyImport } from './imports.queries.js';
import { suggestedTests, testKey } from './suggested-tests.js';
import css from './bring-in.module.css';

interface Props {
  readonly imported: PolicyImport;
  /** Whether they take the place of tests that there are. */
  readonly replaces: boolean;
  /** By their keys; given by the form. */
  readonly value?: readonly string[];
  readonly onChange?: (keys: readonly string[]) => void;
}

/** The tests that the accepted terms suggest, each to be taken or not. */
export function SuggestedTests({ imported, replaces, value = [], onChange }: Props) {
  const { t } = useTranslation();
  const registries = useQuery(registriesQuery).data;
  const suggested = suggestedTests(imported);
  const keys = suggested.map(testKey);
  if (keys.length === 0) return <p className="secondary">{t('bringIn.draft.noTests')}</p>;
  const toggle = (key: string, isWanted: boolean) =>
    onChange?.(keys.filter((one) => (one === key ? isWanted : value.includes(one))));
  return (
    <div>
      <Checkbox
        checked={value.length === keys.length}
        indeterminate={value.length > 0 && value.length < keys.length}
        onChange={({ target }) => onChange?.(target.checked ? keys : [])}
      >
        {t('bringIn.draft.tests', { count: keys.length })}
      </Checkbox>
      <ul className={css['tests']} aria-label={t('bringIn.draft.testsOf')}>
        {suggested.map((permission) => (
          <li key={testKey(permission)}>
            <Checkbox
              checked={value.includes(testKey(permission))}
              onChange={({ target }) => toggle(testKey(permission), target.checked)}
            >
              {registries ? nameOf(permission, registries) : '…'}{' '}
              <span className="secondary">{t('bringIn.draft.ofClause', { id: permission.clause })}</span>
            </Checkbox>
          </li>
        ))}
      </ul>
      <p className="secondary">{t('bringIn.draft.testsHint')}</p>
      {replaces && value.length > 0 && <p className={css['missing']}>{t('bringIn.draft.testsOver')}</p>}
    </div>
  );
}

function nameOf({ category, purpose }: TestedPermission, { catalogue }: Registries): string {
  const language = currentLanguage();
  const label = (entries: typeof catalogue.categories | typeof catalogue.purposes, code: string) =>
    entries.find((entry) => entry.code === code)?.label[language] ?? code;
  const [what, why] = [label(catalogue.categories, category), label(catalogue.purposes, purpose)];
  return language === 'en' ? `${what}, for ${why}` : `${what}，用于${why}`;
}
