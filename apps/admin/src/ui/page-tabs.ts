import { use } from 'react';
import type { PageTab } from '../feature.js';
import { useOperator } from '../session/session.queries.js';
import { FeaturesContext } from './features-context.js';

/** The pages under one heading that this operator can use. */
export function usePageTabs(of: PageTab['of']): readonly PageTab[] {
  const { permissions } = useOperator();
  return use(FeaturesContext)
    .flatMap(({ tabs = [] }) => tabs)
    .filter((tab) => tab.of === of && (!tab.permission || permissions.includes(tab.permission)));
}
