import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Loaded } from '../../../ui/Loaded.js';
import { Meter } from '../../../ui/Meter.js';
import { Panel } from '../../../ui/Panel.js';
import { Time } from '../../../ui/Time.js';
import { DiscardButton } from './DiscardButton.js';
import { openImportsQuery } from './imports.queries.js';
import css from './bring-in.module.css';

/** Documents that somebody has begun with, to go on with or to discard. */
export function OpenImports() {
  const { t } = useTranslation();
  const query = useQuery(openImportsQuery);
  if (query.data?.length === 0) return null;
  return (
    <Panel title={t('bringIn.open.title')} note={t('bringIn.open.note')}>
      <Loaded query={query}>
        {(imports) => (
          <ul className={css['open']}>
            {imports.map((one) => (
              <li key={one.id}>
                <div>
                  <Link to={`/policies/import/${one.id}?step=${one.decided > 0 ? 'terms' : 'clauses'}`}>
                    {t('bringIn.open.goOn', { name: one.fileName })}
                  </Link>
                  <p className="secondary">
                    {one.createdBy.name ?? '…'} · <Time at={one.updatedAt} /> ·{' '}
                    {t('bringIn.terms.decided', { decided: one.decided, count: one.proposals })}
                  </p>
                </div>
                <Meter label={t('bringIn.terms.progress')} value={one.decided} of={one.proposals} />
                <DiscardButton imported={one} isSmall />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}
