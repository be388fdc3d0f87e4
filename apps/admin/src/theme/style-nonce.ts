const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** The nonce that the server put into the page and into its content security policy. */
export const styleNonce = nonce;

/**
 * Ant Design passes the nonce to its theme, but not to the two styles that lock scrolling behind a dialog and measure
 * scroll bars; every style element made by script therefore gets it when it is made.
 */
export function giveNonceToStyles(): void {
  const create = document.createElement.bind(document);
  const createWithNonce = (name: string, options?: ElementCreationOptions): HTMLElement => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
  document.createElement = createWithNonce as typeof document.createElement;
}
