import type { ReactNode } from 'react';
import { useScrolledTo } from '../use-scrolled-to.js';
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
  const list = useScrolledTo(chosen);
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
