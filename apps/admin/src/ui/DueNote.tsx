import { useTranslation } from 'react-i18next';
import { Time } from './Time.js';

/** How much is over its time and still stored, and since when. */
export function DueNote({ due: { count, since } }: { due: { readonly count: number; readonly since: string } }) {
  const { t } = useTranslation();
  return (
    <span>
      {t('ui.dueSince', { count })} <Time at={since} />
    </span>
  );
}
