/** SHA-256 of the words that were shown, in UTF-8, as 64 hexadecimal digits. Needs WebCrypto: a page over https, or Node. */
export async function wordingHash(wording: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(wording));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
