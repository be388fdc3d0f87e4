import { TestEnvironment } from 'jest-environment-jsdom';

/** jsdom with what browsers have and it lacks. */
export default class BrowserEnvironment extends TestEnvironment {
  constructor(...given) {
    super(...given);
    const { global: page } = this;
    for (const name of ['Request', 'Response', 'Headers', 'fetch', 'structuredClone', 'TextEncoder', 'TextDecoder'])
      page[name] = globalThis[name];
    const styleOf = page.getComputedStyle.bind(page);
    page.getComputedStyle = (element) => styleOf(element);
    page.AbortController = AbortController;
    page.AbortSignal = AbortSignal;
    page.matchMedia = (media) => ({ media, matches: false, addEventListener() {}, removeEventListener() {} });
    page.MessageChannel = class {
      port1 = { onmessage: null };
      port2 = { postMessage: (data) => setTimeout(() => this.port1.onmessage?.({ data }), 0) };
    };
    page.ResizeObserver = class {
      observe() {}
      unobserve() {}
      disconnect() {}
    };
  }
}
