import { useTranslation } from 'react-i18next';

/** A count, grouped as the language does. */
export function Num({ value }: { value: number | null | undefined }) {
  const { i18n } = useTranslation();
  if (value === null || value === undefined) return <span aria-hidden>–</span>;
  return (
    <span style={{ fontVariantNumeric: 'tabular-nums' }}>{new Intl.NumberFormat(i18n.language).format(value)}</span>
  );
}
