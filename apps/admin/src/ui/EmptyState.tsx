import type { ReactNode } from 'react';
import css from './states.module.css';

/** Says that there is nothing, and what to do next. */
export function EmptyState({ text, action }: { text: string; action?: ReactNode }) {
  return (
    <div className={css['state']}>
      <p className="secondary">{text}</p>
      {action}
    </div>
  );
}
