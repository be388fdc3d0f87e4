import { useEffect, useRef, type RefObject } from 'react';

/** Brings the chosen clause into view by scrolling the list and nothing around it. */
export function useScrolledTo(chosen: string | null): RefObject<HTMLOListElement | null> {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const item = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (!list.current || !item) return;
    const above = item.offsetTop - list.current.offsetTop;
    const { scrollTop, clientHeight } = list.current;
    if (above < scrollTop || above + item.offsetHeight > scrollTop + clientHeight)
      list.current.scrollTop = above - clientHeight / 2;
  }, [chosen]);
  return list;
}
