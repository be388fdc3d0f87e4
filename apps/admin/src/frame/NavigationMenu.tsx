import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { NavigationEntry } from '../feature.js';
import type { ShownEntry } from './navigation.js';
import { useEntries } from './use-entries.js';
import css from './Frame.module.css';

export function NavigationMenu() {
  const { t } = useTranslation();
  const entries = useEntries();
  return (
    <nav className={css['navigation']} aria-label={t('frame.navigation')}>
      <ul>
        {entries.map((entry) => (
          <Group key={entry.key} entry={entry} />
        ))}
      </ul>
    </nav>
  );
}

/** An entry, and what is beneath it while one of its pages is open. */
function Group({ entry }: { entry: ShownEntry }) {
  const { pathname } = useLocation();
  const { beneath } = entry;
  const openedBeneath = beneath.find((one) => isOpen(one, pathname));
  const opened = openedBeneath !== undefined || isOpen(entry, pathname);
  return (
    <li>
      <Entry entry={entry} isCurrent={isOpen(entry, pathname) && openedBeneath?.to !== entry.to} />
      {opened && beneath.length > 0 && (
        <ul className={css['beneath']}>
          {beneath.map((one) => (
            <li key={one.key}>
              <Entry entry={one} isCurrent={one === openedBeneath} isBeneath />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Entry({
  entry,
  isCurrent,
  isBeneath = false,
}: {
  entry: NavigationEntry;
  isCurrent: boolean;
  isBeneath?: boolean;
}) {
  const { t } = useTranslation();
  const Icon = isBeneath ? undefined : entry.icon;
  return (
    <Link to={entry.to} className={css['entry']} aria-current={isCurrent ? 'page' : undefined}>
      {Icon && <Icon />}
      <span>{t(entry.label)}</span>
    </Link>
  );
}

function isOpen({ to, owns = [] }: NavigationEntry, pathname: string): boolean {
  if (to === '/') return pathname === '/';
  return [to, ...owns].some((start) => pathname === start || pathname.startsWith(`${start}/`));
}
