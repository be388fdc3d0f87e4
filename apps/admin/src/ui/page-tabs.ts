import { createContext, use } from 'react';
import type { PageTab } from '../feature.js';
import { useOperator } from '../session/session.queries.js';

/** The tabs that the features bring, put together where the console starts. */
export const PageTabsContext = createContext<readonly PageTab[]>([]);

/** The pages under one heading that this operator can use. */
export function usePageTabs(of: PageTab['of']): readonly PageTab[] {
  const { permissions } = useOperator();
  return use(PageTabsContext).filter(
    (tab) => tab.of === of && (!tab.permission || permissions.includes(tab.permission)),
  );
}
