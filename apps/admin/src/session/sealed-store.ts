const prefix = 'abide.sealed.';
const ivLength = 12;

/** The key of who is signed in, in this page's memory alone; null where nobody is, or where the browser has no WebCrypto. */
let sealing: Promise<CryptoKey | null> = Promise.resolve(null);
/** The last act on each place: what was overtaken while it was being sealed is not written. */
const lastActs = new Map<string, symbol>();

/** From now on what is kept is sealed for the operator whose key this is, base64url. */
export function sealFor(draftKey: string | null): void {
  forgetUnsealed();
  sealing =
    draftKey !== null && 'subtle' in crypto
      ? crypto.subtle.importKey('raw', bytesOf(draftKey), 'AES-GCM', false, ['encrypt', 'decrypt'])
      : Promise.resolve(null);
}

/** Forgets the key, and what was typed and not saved. */
export function forgetDrafts(): void {
  sealing = Promise.resolve(null);
  lastActs.clear();
  forgetUnsealed();
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name);
}

/**
 * Keeps what an operator typed in a storage of the browser, sealed so that only their own session opens it: AES-256-GCM with a
 * random 96-bit IV, bound to its place. A full, forbidden or insecure browser costs only the safety net.
 */
export class SealedStore {
  private readonly prefix: string;

  constructor(
    private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
    kind: string,
    operatorId: string,
  ) {
    this.prefix = `${prefix}${kind}.${operatorId}.`;
  }

  async keep(name: string, value: unknown): Promise<void> {
    const place = this.prefix + name;
    const act = this.begin(place);
    const key = await sealing;
    if (!key) return;
    const sealed = await seal(key, place, value);
    if (lastActs.get(place) !== act) return;
    try {
      this.storage.setItem(place, sealed);
    } catch {
      return;
    }
  }

  /** What was kept, or null; what cannot be opened is dropped. */
  async find(name: string): Promise<unknown> {
    const place = this.prefix + name;
    const sealed = this.storage.getItem(place);
    const key = await sealing;
    if (sealed === null || !key) return null;
    try {
      return await open(key, place, sealed);
    } catch {
      if (this.storage.getItem(place) === sealed) this.storage.removeItem(place);
      return null;
    }
  }

  forget(name: string): void {
    const place = this.prefix + name;
    this.begin(place);
    this.storage.removeItem(place);
  }

  private begin(place: string): symbol {
    const act = Symbol(place);
    lastActs.set(place, act);
    return act;
  }
}

async function seal(key: CryptoKey, place: string, value: unknown): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(ivLength));
  const sealed = await crypto.subtle.encrypt(boxOf(iv, place), key, new TextEncoder().encode(JSON.stringify(value)));
  return textOf(iv) + textOf(new Uint8Array(sealed));
}

async function open(key: CryptoKey, place: string, sealed: string): Promise<unknown> {
  const ivText = (ivLength / 3) * 4;
  const opened = await crypto.subtle.decrypt(
    boxOf(bytesOf(sealed.slice(0, ivText)), place),
    key,
    bytesOf(sealed.slice(ivText)),
  );
  return JSON.parse(new TextDecoder().decode(opened));
}

function boxOf(iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(place) };
}

function textOf(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Of base64, or base64url. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}

/** Earlier versions kept drafts for everybody to read. */
function forgetUnsealed(): void {
  for (const storage of [sessionStorage, localStorage]) {
    for (const name of Object.keys(storage)) if (/^abide\.(draft|tests)\./.test(name)) storage.removeItem(name);
  }
}
