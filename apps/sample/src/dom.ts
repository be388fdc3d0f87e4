type Child = Node | string | null | false;

interface Parts {
  readonly class?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
}

/** An element with what is in it; texts stay texts. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  parts: Parts = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (parts.class) made.className = parts.class;
  for (const [attribute, value] of Object.entries(parts.attributes ?? {})) made.setAttribute(attribute, value);
  for (const [event, listener] of Object.entries(parts.on ?? {})) made.addEventListener(event, listener);
  made.append(...children.filter((child): child is Node | string => child !== null && child !== false));
  return made;
}

/** A button that does one thing. */
export function button(text: string, act: () => void, parts: Parts = {}): HTMLButtonElement {
  return element('button', { ...parts, attributes: { type: 'button', ...parts.attributes }, on: { click: act } }, text);
}

interface Switch {
  readonly id: string;
  readonly isOn: boolean;
  readonly turn: (on: boolean) => void;
  /** Said below its name. */
  readonly hint?: string;
}

/** A switch with its name beside it. */
export function toggle(name: string, { id, isOn, turn, hint }: Switch): HTMLElement {
  const box = element('input', {
    attributes: { id, type: 'checkbox', role: 'switch', ...(hint && { 'aria-describedby': `${id}-hint` }) },
    on: { change: () => turn(box.checked) },
  });
  box.checked = isOn;
  return element(
    'div',
    { class: 'toggle' },
    box,
    element(
      'div',
      {},
      element('label', { attributes: { for: id } }, name),
      hint ? element('small', { attributes: { id: `${id}-hint` } }, hint) : null,
    ),
  );
}

/** Puts these nodes in the place of what was there; an element with the focus hands it to the one that bears its id. */
export function replaceKeepingFocus(container: Element, ...nodes: readonly Node[]): void {
  const focused = container.contains(document.activeElement) ? document.activeElement?.id : undefined;
  container.replaceChildren(...nodes);
  if (focused) document.getElementById(focused)?.focus();
}
