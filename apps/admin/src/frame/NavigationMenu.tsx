import { AuditOutlined, CarryOutOutlined, DashboardOutlined, FileProtectOutlined, ImportOutlined, TeamOutlined, ToolOutlined } from '@ant-design/icons';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { NavigationEntry } from './navigation.js';
import { useEntries } from './use-entries.js';
import css from './Frame.module.css';

const icons: Record<string, ComponentType> = {
  overview: DashboardOutlined,
  policies: FileProtectOutlined,
  subjects: TeamOutlined,
  consent: CarryOutOutlined,
  collection: ImportOutlined,
  audit: AuditOutlined,
  development: ToolOutlined,
};

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
function Group({ entry }: { entry: NavigationEntry }) {
  const { pathname } = useLocation();
  const beneath = entry.beneath ?? [];
  const opened = [entry, ...beneath].some((one) => isOpen(one, pathname));
  return (
    <li>
      <Entry entry={entry} />
      {opened && beneath.length > 0 && (
        <ul className={css['beneath']}>
          {beneath.map((one) => (
            <li key={one.key}>
              <Entry entry={one} isBeneath />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Entry({ entry, isBeneath = false }: { entry: NavigationEntry; isBeneath?: boolean }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const Icon = isBeneath ? null : icons[entry.key];
  return (
    <Link to={entry.to} className={css['entry']} aria-current={isOpen(entry, pathname) ? 'page' : undefined}>
      {Icon && <Icon />}
      <span>{t(entry.label)}</span>
    </Link>
  );
}

function isOpen({ to, owns = [] }: NavigationEntry, pathname: string): boolean {
  if (to === '/') return pathname === '/';
  return [to, ...owns].some((start) => pathname === start || pathname.startsWith(`${start}/`));
}
