import { memo, useEffect, useRef } from 'react';
import type { ImportedClause, Proposal } from './imports.queries.js';
import { markedPieces } from './marked-text.js';
import css from './bring-in.module.css';

interface Props {
  readonly clause: ImportedClause;
  readonly language: string;
  readonly proposal: Proposal | null;
}

/** A clause as its readers see it, with the sentence of a proposal and the words that led to it marked. */
export const MarkedClause = memo(function MarkedClause({ clause, language, proposal }: Props) {
  const text = useRef<HTMLDivElement>(null);
  const proposalId = proposal?.id;
  useEffect(() => {
    const { current: box } = text;
    const mark = box?.querySelector<HTMLElement>('mark');
    if (!box || !mark) return;
    const above = mark.offsetTop - box.offsetTop;
    if (above < box.scrollTop || above + mark.offsetHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = above - box.clientHeight / 3;
  }, [proposalId]);
  return (
    <section className={css['clause']} lang={language} aria-label={clause.heading}>
      <h2>
        <span className={css['number']}>{clause.id}</span> {clause.heading}
      </h2>
      {/* It scrolls when it is long, so the keyboard has to come to it. */}
      {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex */}
      <div ref={text} className={css['text']} tabIndex={0} role="group" aria-label={clause.heading}>
        {clause.paragraphs.map(({ text: paragraph, level, isRow }, at) => (
          <p key={at} data-level={Math.min(level, 4)} data-row={isRow || undefined}>
            {markedPieces(paragraph, at, proposal).map((piece, index) =>
              piece.mark === 'none' ? (
                piece.text
              ) : (
                <mark key={index} className={css[piece.mark]}>
                  {piece.text}
                </mark>
              ),
            )}
          </p>
        ))}
      </div>
    </section>
  );
});
