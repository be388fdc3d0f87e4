import { useId, type ReactNode } from 'react';
import css from './Panel.module.css';

interface Props {
  readonly title?: string;
  readonly note?: ReactNode;
  readonly extra?: ReactNode;
  readonly children: ReactNode;
}

/** A bordered part of a page under a heading of its own. */
export function Panel({ title, note, extra, children }: Props) {
  const id = useId();
  return (
    <section className={css['panel']} {...(title ? { 'aria-labelledby': id } : {})}>
      {title && (
        <div className={css['head']}>
          <h2 id={id}>{title}</h2>
          {extra}
        </div>
      )}
      {note && <p className={css['note']}>{note}</p>}
      {children}
    </section>
  );
}

/** Facts left, what happened right; one under the other where there is no room. */
export function TwoColumns({ left, right }: { left: ReactNode; right: ReactNode }) {
  return (
    <div className={css['columns']}>
      <div className={css['column']}>{left}</div>
      <div className={css['column']}>{right}</div>
    </div>
  );
}
