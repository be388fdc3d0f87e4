import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PendingChange } from '../../api/types.js';
import { useChangeTitle } from '../../ui/change-title.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { OpensList } from '../../ui/OpensList.js';
import { DaysLeft } from '../../ui/Time.js';
import css from '../../ui/Rows.module.css';

const shown = 2;

/** Changes that widen what is allowed and wait for a second operator, with the first of what each would open. */
export function WaitingChanges({ rows }: { rows: readonly PendingChange[] }) {
  const { t } = useTranslation();
  const titleOf = useChangeTitle();
  return (
    <ul className={css['rows']}>
      {rows.map((change) => (
        <li key={change.id}>
          <div className={css['what']}>
            <Link to={`/changes/${change.id}`}>{titleOf(change)}</Link>
            <div className="secondary">
              {t('changes.proposedByName', { name: change.proposedBy.name })} · <DaysLeft until={change.expiresAt} />
            </div>
            <OpensList
              opens={change.opens.slice(0, shown)}
              more={change.opensMore + Math.max(0, change.opens.length - shown)}
            />
          </div>
          {change.mayConfirm && (
            <LinkButton size="small" type="primary" to={`/changes/${change.id}`}>
              {t('changes.decide')}
            </LinkButton>
          )}
        </li>
      ))}
    </ul>
  );
}
