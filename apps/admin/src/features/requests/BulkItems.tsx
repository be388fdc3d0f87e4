import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Num } from '../../ui/Num.js';
import type { BulkItem } from './bulk.queries.js';
import { RequestStateTag } from './RequestTags.js';
import css from './requests.module.css';

/** What would come, or came, of a decision for each request, and why some cannot be decided so. */
export function BulkItems({ items }: { items: readonly BulkItem[] }) {
  const { t } = useTranslation();
  return (
    <div className={css['bulk']} role="region" aria-label={t('requests.bulk.items')} tabIndex={0}>
      <table className={css['table']}>
        <thead>
          <tr>
            <th scope="col">{t('requests.number')}</th>
            <th scope="col">{t('requests.type')}</th>
            <th scope="col" className={css['count']}>
              {t('requests.records')}
            </th>
            <th scope="col">{t('requests.outcome')}</th>
            <th scope="col">{t('requests.bulk.then')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <th scope="row">
                <Link to={`/requests/${item.id}`}>{item.number}</Link>
              </th>
              <td>{t(`requests.types.${item.type}`)}</td>
              <td className={css['count']}>
                <Num value={item.records} />
              </td>
              <Result item={item} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Result({ item: { outcome, state, refusal } }: { item: BulkItem }) {
  const { t } = useTranslation();
  if (refusal !== null)
    return <td colSpan={2}>{t(`problems.${refusal}`, { defaultValue: t('requests.bulk.refused') })}</td>;
  if (outcome === null || state === null) return <td colSpan={2}>{t('requests.bulk.notYet')}</td>;
  return (
    <>
      <td>{t(`requests.bulk.outcomes.${outcome}`)}</td>
      <td>
        <RequestStateTag state={state} />
      </td>
    </>
  );
}
