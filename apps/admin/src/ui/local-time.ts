/** An instant as a `datetime-local` field writes it, in this browser's zone: `2026-09-01T00:00`. */
export function localTextOf(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The instant that such a text means, as RFC 3339 in UTC; null for an empty or unfinished one. */
export function instantOf(text: string): string | null {
  const at = new Date(text);
  return text === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}
