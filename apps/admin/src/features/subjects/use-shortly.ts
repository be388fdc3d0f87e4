import { useEffect, useState } from 'react';
import type { Revealed } from './subjects.types.js';

const shownMilliseconds = 30_000;

/** Holds revealed values until they are due to be masked again, and counts the seconds. */
export function useShortly() {
  const [shown, setShown] = useState<{ values: Record<string, string>; until: number } | null>(null);
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!shown) return undefined;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= shown.until) setShown(null);
    }, 500);
    return () => clearInterval(timer);
  }, [shown]);
  return {
    values: shown?.values ?? null,
    secondsLeft: shown ? Math.max(0, Math.ceil((shown.until - now) / 1000)) : 0,
    show: ({ values }: Revealed) => {
      setNow(Date.now());
      setShown({ values, until: Date.now() + shownMilliseconds });
    },
    hide: () => setShown(null),
  };
}
