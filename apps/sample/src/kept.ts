/** What lasts as long as the tab: it survives a reload, and ends with the tab or at sign-out. */
export function readKept<Value>(name: string): Value | null {
  const text = sessionStorage.getItem(`abide.sample.${name}`);
  return text === null ? null : (JSON.parse(text) as Value);
}

export function keep(name: string, value: unknown): void {
  sessionStorage.setItem(`abide.sample.${name}`, JSON.stringify(value));
}

export function forget(): void {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith('abide.sample.')) sessionStorage.removeItem(name);
}
