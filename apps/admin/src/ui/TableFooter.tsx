import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { withCursor } from './list-state.js';
import css from './DataTable.module.css';

interface Props {
  readonly count: number;
  readonly cursor: string | null;
  readonly nextCursor: string | null;
}

/** How many rows are on screen and the way to the next and the previous ones. */
export function TableFooter({ count, cursor, nextCursor }: Props) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const trail = readTrail(useLocation().state);
  const whole = !cursor && !nextCursor;

  const goTo = (to: string | null, nextTrail: readonly (string | null)[]) => {
    void navigate({ search: `?${withCursor(search, to)}` }, { state: { trail: nextTrail } });
  };
  return (
    <div className={css['footer']}>
      <span role="status">{t(whole ? 'ui.rowsInAll' : 'ui.rowsOnPage', { count })}</span>
      {!whole && (
        <nav className={css['pages']} aria-label={t('ui.pages')}>
          {cursor && trail.length === 0 && <Button onClick={() => goTo(null, [])}>{t('ui.firstPage')}</Button>}
          {trail.length > 0 && (
            <Button onClick={() => goTo(trail.at(-1) ?? null, trail.slice(0, -1))}>{t('ui.previousPage')}</Button>
          )}
          <Button disabled={!nextCursor} onClick={() => goTo(nextCursor, [...trail, cursor])}>
            {t('ui.nextPage')}
          </Button>
        </nav>
      )}
    </div>
  );
}

/** Cursors of the pages before this one; a page opened by its address has none and offers the first page instead. */
function readTrail(state: unknown): readonly (string | null)[] {
  return typeof state === 'object' && state !== null && 'trail' in state && Array.isArray(state.trail)
    ? state.trail
    : [];
}
