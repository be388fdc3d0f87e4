export type CsvCell = string | number | boolean | null | undefined;

/** Starts that a spreadsheet takes for a formula, in their full-width forms too. */
const formulaStart = /^[\s]*[=+\-@\t\r＝＋－＠]/;
const plainNumber = /^-?\d+(\.\d+)?$/;

/** RFC 4180 with a byte-order mark, so that spreadsheets read Chinese; no cell can start a formula (OWASP, CSV injection). */
export function csvOf(head: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return `\uFEFF${[head, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

export function csvCell(value: CsvCell): string {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const savedWithinMilliseconds = 60_000;

/** Hands something to the browser to be saved as a file. */
export function saveAsFile(name: string, content: string | Blob, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // A browser that is busy reads the address and the name only after the click.
  setTimeout(() => URL.revokeObjectURL(url), savedWithinMilliseconds);
}
