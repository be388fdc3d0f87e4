import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';

/**
 * What heads a column, left out of the hidden row by which Ant Design measures columns: it copies the head into it, and a control there
 * would take the focus of whoever goes by Tab and could not be seen.
 */
export function OutsideMeasuring({ children }: { children: ReactNode }) {
  const place = useRef<HTMLSpanElement>(null);
  const [isMeasured, setMeasured] = useState(false);
  useLayoutEffect(() => setMeasured(Boolean(place.current?.closest('tr[aria-hidden]'))), []);
  return <span ref={place}>{!isMeasured && children}</span>;
}
