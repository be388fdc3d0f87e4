import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PendingChange } from '../api/types.js';
import { waitingChangesQuery } from '../api/waiting-changes.js';
import { useChangeTitle } from './change-title.js';
import css from './states.module.css';
import { DaysLeft } from './Time.js';

/** What of this list, or of one thing in it, waits for a second operator, each with its own page; nothing while nothing does. */
export function WaitingNote({ type, id }: { type: string; id?: string }) {
  const { t } = useTranslation();
  const titleOf = useChangeTitle();
  const isMeant = ({ object }: PendingChange) => object.type === type && (id === undefined || object.id === id);
  const waiting = useQuery(waitingChangesQuery).data?.filter(isMeant) ?? [];
  if (waiting.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={t('changes.waitingHere', { count: waiting.length })}
      description={
        <ul className={css['list']}>
          {waiting.map((change) => (
            <li key={change.id}>
              <Link to={`/changes/${change.id}`}>{titleOf(change)}</Link>{' '}
              <span className="secondary">
                <DaysLeft until={change.expiresAt} />
              </span>
            </li>
          ))}
        </ul>
      }
    />
  );
}
