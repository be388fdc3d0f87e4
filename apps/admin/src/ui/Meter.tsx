import { useTranslation } from 'react-i18next';
import css from './Meter.module.css';

/** How much of a whole is reached, as a bar with its figure. */
export function Meter({ label, value, of }: { label: string; value: number; of: number }) {
  const { i18n } = useTranslation();
  const share = of > 0 ? Math.min(1, value / of) : 0;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
  return (
    <span className={css['meter']}>
      <span
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={value}
        aria-valuetext={percent}
        className={css['rail']}
      >
        <span className={css['bar']} style={{ width: `${share * 100}%` }} />
      </span>
      <span className={css['figure']}>{percent}</span>
    </span>
  );
}
