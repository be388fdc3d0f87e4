import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLocalized } from '../../i18n/language.js';
import { Panel } from '../../ui/Panel.js';
import css from '../../ui/Rows.module.css';
import { HolderHealth } from './HolderHealth.js';
import type { OutsideHolder } from './holders.queries.js';

/** Holders in use that do not answer, or are no longer as they were registered: each leads to its page. */
export function FailingHolders({ rows }: { rows: readonly OutsideHolder[] }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  if (rows.length === 0) return null;
  return (
    <Panel title={t('holders.standing')}>
      <ul className={css['rows']}>
        {rows.map((holder) => (
          <li key={holder.id}>
            <Link to={`/holders/${holder.id}`}>{localized(holder.name)}</Link>
            <span>
              <HolderHealth holder={holder} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
