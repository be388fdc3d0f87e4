import { useTranslation } from 'react-i18next';
import type { ClauseState } from '../policies.types.js';
import { StateTag } from '../../../ui/StateTag.js';

const order: readonly ClauseState[] = ['new', 'changed', 'moved', 'removed', 'same'];

/** How many clauses are new, changed, moved, removed or the same. */
export function ClauseStates({ states }: { states: readonly ClauseState[] }) {
  const { t } = useTranslation();
  const counted = order
    .map((state) => ({ state, count: states.filter((one) => one === state).length }))
    .filter(({ count }) => count > 0);
  return (
    <div>
      {counted.map(({ state, count }) => (
        <span key={state} style={{ marginInlineEnd: 10 }}>
          <StateTag state={state} /> {t('policies.import.clauseCount', { count })}
        </span>
      ))}
    </div>
  );
}
