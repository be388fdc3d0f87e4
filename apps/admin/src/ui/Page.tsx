import type { ReactNode } from 'react';
import { useDocumentTitle } from './document-title.js';
import css from './Page.module.css';

interface Props {
  readonly title: string;
  /** One sentence of what this page is. */
  readonly purpose?: ReactNode;
  /** What stands beside the title: a state, a kind. */
  readonly tags?: ReactNode;
  /** Where this page hangs: links to the things above it. */
  readonly trail?: ReactNode;
  /** The one primary action, and lesser ones before it. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The head that every page has: where it is, what it is, what can be done here. */
export function Page({ title, purpose, tags, trail, actions, children }: Props) {
  useDocumentTitle(title);
  return (
    <div className={css['page']}>
      <div className={css['head']}>
        <div className={css['words']}>
          {trail && <div className={css['trail']}>{trail}</div>}
          <div className={css['line']}>
            <h1 className={css['title']}>{title}</h1>
            {tags}
          </div>
          {purpose && <p className={css['purpose']}>{purpose}</p>}
        </div>
        {actions && <div className={css['actions']}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}
