import { NavLink } from 'react-router';
import css from './TabLinks.module.css';

export interface TabLink {
  readonly to: string;
  readonly label: string;
}

/** The pages of one thing, side by side; each has its own address. */
export function TabLinks({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  return (
    <nav className={css['tabs']} aria-label={label}>
      {tabs.map((tab) => (
        <NavLink key={tab.to} to={tab.to} end className={css['tab'] ?? ''}>
          {tab.label}
        </NavLink>
      ))}
    </nav>
  );
}
