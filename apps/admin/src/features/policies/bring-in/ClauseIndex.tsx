import { useEffect, useRef, type ReactNode } from 'react';
import type { ImportedClause } from './imports.queries.js';
import css from './bring-in.module.css';

interface Props {
  readonly label: string;
  readonly clauses: readonly ImportedClause[];
  readonly chosen: string | null;
  readonly choose: (clauseId: string) => void;
  /** What is said of a clause beside its heading. */
  readonly mark?: (clause: ImportedClause) => ReactNode;
}

/** The clauses in their order, one of them chosen. */
export function ClauseIndex({ label, clauses, chosen, choose, mark }: Props) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const item = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (!list.current || !item) return;
    const above = item.offsetTop - list.current.offsetTop;
    const { scrollTop, clientHeight } = list.current;
    if (above < scrollTop || above + item.offsetHeight > scrollTop + clientHeight)
      list.current.scrollTop = above - clientHeight / 2;
  }, [chosen]);
  return (
    <nav className={css['index']} aria-label={label}>
      <ol ref={list}>
        {clauses.map((clause) => (
          <li key={clause.id}>
            <button
              type="button"
              aria-current={clause.id === chosen ? 'true' : undefined}
              onClick={() => choose(clause.id)}
            >
              <span className={css['number']}>{clause.id}</span>
              <span className={css['itemHeading']}>{clause.heading}</span>
              {mark?.(clause)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
