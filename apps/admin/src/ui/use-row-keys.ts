import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import { areSingleKeysOn, isTyping, sequenceMilliseconds } from './single-keys.js';

/** What single keys do with the row that has the focus, by key. */
export type RowKeys<Row> = Readonly<Record<string, (row: Row) => void>>;

interface Watched<Row> {
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** None: the list takes no keys. */
  readonly keys: RowKeys<Row> | undefined;
}

/** `j` and `k` move the focus from row to row, where Enter then opens; other keys act on the row that has it. */
export function useRowKeys<Row>(list: RefObject<HTMLElement | null>, { rows, rowKey, keys }: Watched<Row>): void {
  const pressedGAt = useRef(0);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!keys || !areSingleKeysOn() || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    const isAfterG = Date.now() - pressedGAt.current < sequenceMilliseconds;
    pressedGAt.current = event.key === 'g' ? Date.now() : 0;
    if (isAfterG || !list.current) return;
    const drawn = [...list.current.querySelectorAll<HTMLElement>('tr[data-row-key]')];
    const at = drawn.findIndex((row) => row.contains(document.activeElement));
    if (event.key === 'j') return focusOn(drawn[at + 1]);
    if (event.key === 'k') return focusOn(drawn[at - 1]);
    const row = rows.find((one) => rowKey(one) === drawn[at]?.dataset['rowKey']);
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (!row || !act) return;
    event.preventDefault();
    act(row);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

/** The link of a row, or whatever in it can be come to. */
function focusOn(row: HTMLElement | undefined): void {
  const target = row?.querySelector<HTMLElement>('a[href]') ?? row?.querySelector<HTMLElement>('button, input');
  target?.focus();
  row?.scrollIntoView?.({ block: 'nearest' });
}
