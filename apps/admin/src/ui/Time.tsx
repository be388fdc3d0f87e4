import { useTranslation } from 'react-i18next';
import { useDevelopment } from './development.js';
import { daysUntil, longInstant, shortDay, shortInstant, zoneOf } from './time-text.js';

interface Props {
  readonly at: string | null | undefined;
  /** Leave the zone to the hover where a whole column is of instants and its head names the zone. */
  readonly zone?: 'shown' | 'onHover';
}

/** An instant in the operator's zone, whole on hover; a dash where there is none. */
export function Time({ at, zone = 'shown' }: Props) {
  const { i18n } = useTranslation();
  const instant = at ? new Date(at) : null;
  if (!instant || Number.isNaN(instant.getTime())) return <span aria-hidden>–</span>;
  return (
    <time
      dateTime={instant.toISOString()}
      title={longInstant(instant, i18n.language)}
      style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}
    >
      {shortInstant(instant)}
      {zone === 'shown' && <span className="secondary"> {zoneOf(instant)}</span>}
    </time>
  );
}

/** The day alone, where the hour is no news in a column of many; the instant on hover. */
export function Day({ at }: { at: string | null }) {
  const { i18n } = useTranslation();
  if (at === null) return <span aria-hidden>–</span>;
  const instant = new Date(at);
  return (
    <time
      dateTime={instant.toISOString()}
      title={longInstant(instant, i18n.language)}
      style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}
    >
      {shortDay(instant)}
    </time>
  );
}

/** A deadline as days left, with its date on hover. */
export function DaysLeft({ until }: { until: string }) {
  const { t, i18n } = useTranslation();
  const { now } = useDevelopment();
  const instant = new Date(until);
  return (
    <time dateTime={instant.toISOString()} title={longInstant(instant, i18n.language)}>
      {t('ui.daysLeft', { count: daysUntil(instant, now()) })}
    </time>
  );
}
