import type { Schemas } from '@abide/client';
import { useTranslation } from 'react-i18next';
import { useRegistryNames } from '../../ui/registry-names.js';
import css from './holders.module.css';

type Table = Schemas['CoveredTableDto'];

/** Table by table: which columns are read as what, and what is done to them. */
export function CoveredTables({ tables }: { tables: readonly Table[] }) {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  const list = (names: readonly string[]) => names.join(', ') || '–';
  return (
    <div className={css['scroll']} role="region" aria-label={t('holders.database.covers')} tabIndex={0}>
      <table className={css['table']}>
        <thead>
          <tr>
            <th scope="col">{t('holders.database.table')}</th>
            <th scope="col">{t('holders.database.kinds')}</th>
            <th scope="col">{t('holders.database.correctable')}</th>
            <th scope="col">{t('holders.database.restrictedBy')}</th>
            <th scope="col">{t('holders.database.erasure')}</th>
          </tr>
        </thead>
        <tbody>
          {tables.map(({ table, kinds, correctable, restrictedBy, erasure, article }) => (
            <tr key={table}>
              <th scope="row" className="code">
                {table}
              </th>
              <td>
                {kinds.length === 0 && '–'}
                {kinds.map(({ category, columns }) => (
                  <div key={category}>
                    {nameOf('categories', category)} <span className="code">{list(columns)}</span>
                  </div>
                ))}
              </td>
              <td className="code">{list(correctable)}</td>
              <td className="code">{restrictedBy ?? '–'}</td>
              <td>
                {t(`holders.database.erasures.${erasure}`)} {article}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
