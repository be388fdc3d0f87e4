import { memo, useEffect, useEffectEvent, useRef } from 'react';
import type { ImportedClause } from './imports.queries.js';
import { markedPieces, type Marked } from './marked-text.js';
import { selectedPlace, type Place } from './places.js';
import css from './bring-in.module.css';

interface Props {
  readonly clause: ImportedClause;
  readonly language: string;
  readonly marked: Marked | null;
  /** Called with what is selected in it, null after a click there. */
  readonly select: (place: Place | null) => void;
}

/** A clause as its readers see it, with the sentence of a proposal and the words that led to it marked; words of it can be selected. */
export const MarkedClause = memo(function MarkedClause({ clause, language, marked, select }: Props) {
  const text = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current: box } = text;
    const mark = box?.querySelector<HTMLElement>('mark');
    if (!box || !mark) return;
    const above = mark.offsetTop - box.offsetTop;
    if (above < box.scrollTop || above + mark.offsetHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = above - box.clientHeight / 3;
  }, [marked]);
  // A selection goes on beyond the box, so the document is listened to.
  const selected = useEffectEvent(() => {
    const place = text.current ? selectedPlace(text.current, clause.id) : undefined;
    if (place !== undefined) select(place);
  });
  useEffect(() => {
    const listener = () => selected();
    document.addEventListener('selectionchange', listener);
    return () => document.removeEventListener('selectionchange', listener);
  }, []);
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
            {markedPieces(paragraph, at, marked).map((piece, index) =>
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
