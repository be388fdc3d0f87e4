import { useEffect, useState } from 'react';

const firstWidth = 720;
const leastWidth = 240;

/** How wide a drawing may be: as wide as the box around it. */
export function useWidth(box: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(firstWidth);
  useEffect(() => {
    if (!box.current) return undefined;
    const observer = new ResizeObserver(
      ([entry]) => entry && setWidth(Math.max(leastWidth, Math.floor(entry.contentRect.width))),
    );
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
