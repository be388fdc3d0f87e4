import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Loaded } from '../../ui/Loaded.js';
import { Num } from '../../ui/Num.js';
import { Panel } from '../../ui/Panel.js';
import { Time } from '../../ui/Time.js';
import css from './holders.module.css';
import { callsQuery } from './holders.queries.js';

/** What it was asked last, and what came of it. */
export function LastCalls({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('holders.calls.title')}>
      <Loaded query={useQuery(callsQuery(id))}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="secondary">{t('holders.calls.none')}</p>
          ) : (
            <div className={css['scroll']}>
              <table className={css['table']}>
                <thead>
                  <tr>
                    <th scope="col">{t('holders.calls.askedAt')}</th>
                    <th scope="col">{t('holders.calls.operation')}</th>
                    <th scope="col">{t('holders.calls.state')}</th>
                    <th scope="col">{t('holders.calls.attempts')}</th>
                    <th scope="col">{t('holders.calls.request')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ requestId, operation, state, failure, attempts, askedAt }) => (
                    <tr key={`${requestId}${operation}${askedAt}`}>
                      <th scope="row">
                        <Time at={askedAt} />
                      </th>
                      <td>{t(`holders.calls.operations.${operation}`)}</td>
                      <td>
                        {t(`holders.calls.states.${state}`)}
                        {failure && ` · ${t(`holders.failures.${failure}`)}`}
                      </td>
                      <td>
                        <Num value={attempts} />
                      </td>
                      <td>
                        <Link to={`/requests/${requestId}`}>{t('holders.calls.toRequest')}</Link>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </Panel>
  );
}
