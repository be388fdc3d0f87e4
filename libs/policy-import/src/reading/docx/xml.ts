import { DOMParser, type Document, type Element, type Node } from '@xmldom/xmldom';
import { Unreadable } from '../unreadable.js';

const wordNamespaces = new Set([
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  'http://purl.oclc.org/ooxml/wordprocessingml/main',
]);

/** @throws Unreadable `damaged` for what is no XML */
export function parsedXml(text: string): Document {
  try {
    return new DOMParser({
      onError: (level, message) => {
        if (level !== 'warning') throw new Error(message);
      },
    }).parseFromString(text, 'text/xml');
  } catch {
    throw new Unreadable('damaged');
  }
}

export function isElement(node: Node | null): node is Element {
  return node?.nodeType === 1;
}

/** `p` for an element of Word's own vocabulary, null for any other. */
export function wordName(node: Node): string | null {
  return isElement(node) && wordNamespaces.has(node.namespaceURI ?? '') ? node.localName : null;
}

/** In the order of the document. They may be removed while they are gone through. */
export function* childrenOf(element: Node): Generator<Element> {
  let next = element.firstChild;
  while (next !== null) {
    const node = next;
    next = next.nextSibling;
    if (isElement(node)) yield node;
  }
}

/** The first child of Word's vocabulary with this name. */
export function childOf(element: Node | null, name: string): Element | null {
  if (element === null) return null;
  for (const child of childrenOf(element)) if (wordName(child) === name) return child;
  return null;
}

/** An attribute of Word's vocabulary; null where it is absent. */
export function valueOf(element: Element | null, name = 'val'): string | null {
  return element?.getAttributeNS(element.namespaceURI, name) ?? null;
}

/** Whether a switch is there and not set to off. */
export function isOn(element: Element | null): boolean {
  return element !== null && !/^(?:false|0|off|none)$/.test(valueOf(element) ?? 'true');
}
