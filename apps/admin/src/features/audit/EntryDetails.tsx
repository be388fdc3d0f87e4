import { useState } from 'react';
import type { AuditEntry } from './audit.types.js';
import css from './audit.module.css';

/** The facts of an entry on two lines, whole when chosen. */
export function EntryDetails({ details }: { details: AuditEntry['details'] }) {
  const [isWhole, setWhole] = useState(false);
  const facts = Object.entries(details).filter(([, value]) => value !== null);
  if (facts.length === 0) return <span aria-hidden>–</span>;
  return (
    <button type="button" className={css['details']} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
      {facts
        .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
        .join(' · ')}
    </button>
  );
}
