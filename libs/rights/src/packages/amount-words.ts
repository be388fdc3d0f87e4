import type { Locale } from '@abide/kernel';

type Unit = readonly [size: number, unit: string];

const second: Unit = [1000, 'second'];
const longer: readonly Unit[] = [
  [3_600_000, 'hour'],
  [60_000, 'minute'],
];
const byte: Unit = [1, 'byte'];
const larger: readonly Unit[] = [
  [1_000_000, 'megabyte'],
  [1000, 'kilobyte'],
];

const formats = new Map<string, Intl.NumberFormat>();

/** Making one takes as long as thousands of uses. */
function formatOf(locale: Locale, unit: string): Intl.NumberFormat {
  const key = `${locale} ${unit}`;
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 });
  formats.set(key, format);
  return format;
}

/** A number with the unit that the name of its field ends in, the largest of which there is at least one; as it is where the name has none. */
export function amountWords(field: string, amount: number, locale: Locale): string {
  const inLargest = (units: readonly Unit[], smallest: Unit, sum = amount) => {
    const [size, unit] = units.find((one) => sum >= one[0]) ?? smallest;
    return formatOf(locale, unit).format(sum / size);
  };
  if (field.endsWith('Milliseconds')) return inLargest(longer, second);
  if (field.endsWith('Seconds')) return inLargest(longer, second, amount * 1000);
  if (field === 'bytes' || field === 'byteCount') return inLargest(larger, byte);
  if (field.endsWith('Metres')) return formatOf(locale, 'meter').format(amount);
  if (field.endsWith('Days')) return formatOf(locale, 'day').format(amount);
  if (field === 'revision') return locale === 'en' ? String(amount) : `第 ${amount} 版`;
  return String(amount);
}
