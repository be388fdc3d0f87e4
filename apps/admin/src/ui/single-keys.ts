const storageKey = 'abide.singleKeys';

/** How long after `g` a letter belongs to it. */
export const sequenceMilliseconds = 1_200;

export function areSingleKeysOn(): boolean {
  return localStorage.getItem(storageKey) !== 'off';
}

export function keepSingleKeys(on: boolean): void {
  localStorage.setItem(storageKey, on ? 'on' : 'off');
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input:not([type="checkbox"]), textarea, select, [role="dialog"], [role="combobox"]') !== null)
  );
}
