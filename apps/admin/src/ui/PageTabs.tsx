import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { PageTab } from '../feature.js';
import { usePageTabs } from './page-tabs.js';
import { TabLinks } from './TabLinks.js';

interface Props {
  readonly of: PageTab['of'];
  readonly label: string;
  /** Whether to show the pages for minors too. */
  readonly isMinor?: boolean;
}

/** The pages under one heading side by side, from whichever feature they come. */
export function PageTabs({ of, label, isMinor = false }: Props) {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const tabs = usePageTabs(of).filter(({ minorsOnly }) => !minorsOnly || isMinor);
  return <TabLinks label={label} tabs={tabs.map((tab) => ({ to: tab.to.replace(':id', id), label: t(tab.label) }))} />;
}
