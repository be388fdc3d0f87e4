const mostLayers = 4;
const mostPercentLayers = 10;
const shortestBase64 = /[A-Za-z0-9+/_-]{12,}={0,2}/g;
const hexPairs = /(?:(?<![0-9a-z])|(?<=(?<![0-9a-z])0x))(?:[0-9a-f]{2}){7,}(?![0-9a-z])/gi;
const percent = /(?:%[0-9a-f]{2})+/gi;
const entity = /&#(x[0-9a-f]{1,6}|\d{1,7});?|\\u\{([0-9a-f]{1,6})\}|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi;
const namedEntities: Readonly<Record<string, string>> = {
  commat: '@',
  period: '.',
  plus: '+',
  hyphen: '-',
  dash: '-',
  num: '#',
  percnt: '%',
  colon: ':',
  sol: '/',
  lowbar: '_',
};
const namedEntity = /&([a-z]{3,6});/gi;
/** As quoted-printable of e-mail writes a character (RFC 2045 §6.7). */
const quoted = /=([2-7][0-9A-F])/g;
const unseen = /[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** Also as cheques have them. Each row counts from zero. */
const numerals = ['〇一二三四五六七八九', '零壹贰叁肆伍陆柒捌玖', '零壹貳參肆伍陸柒捌玖'];
const [digitValues, isDigit] = [new Map<string, string>(), new RegExp(`[\\p{Nd}幺${numerals.join('')}]`, 'gu')];
const dashes = /[\p{Pd}\u2212\u00b7\u30fb\u2022]/gu;
const dots = /[\u3002\u2024\ufe12]/gu;
const spaces = /[\p{Z}\p{Cc}]/gu;
/** What a text may grow to in its compatibility form: Hangul to three times as much. Signs that stand for whole phrases hide something, or nothing that is needed. */
const mostGrowth = 4;
const spelledAt = /\s?[([{<]\s?(?:at|@)\s?[)\]}>]\s?|\s{1,4}@\s{0,4}(?=[a-z])|@\s{1,4}(?=[a-z])/gi;
const spelledDot = /\s?[([{<]\s?(?:dot|\.)\s?[)\]}>]\s?|\s{1,4}\.\s{1,4}/gi;
const isAscii = /^[\0-\x7f]*$/;

/**
 * A text and what it says in other clothes: in another width, with other digits, dashes and dots, with characters that nobody sees between, and
 * percent-encoded, escaped, in hexadecimal or base64, one within the other up to a few layers. Only to be looked at, never stored. Null where it is
 * written in signs that each stand for so much that looking at all of it would take too long.
 */
export function writtenForms(text: string): string[] | null {
  const forms: string[] = [];
  let layer = [text];
  for (let depth = 0; depth < mostLayers && layer.length > 0; depth += 1) {
    const plain: string[] = [];
    for (const one of layer) {
      const own = plainOf(one);
      if (own === null) return null;
      plain.push(own);
    }
    forms.push(...plain);
    layer = [...new Set(plain.flatMap(decoded))].filter((one) => !forms.includes(one));
  }
  return forms;
}

/** Compatibility forms are those of Unicode NFKD, so that marks stand apart and can be left out; null where they grow beyond measure. */
function plainOf(text: string): string | null {
  if (isAscii.test(text)) return spelledIn(text);
  const wide = text.normalize('NFKD');
  if (wide.length > mostGrowth * text.length) return null;
  return spelledIn(
    wide
      .replace(unseen, '')
      .replace(isDigit, (digit) => valueOf(digit))
      .replace(dashes, '-')
      .replace(dots, '.')
      .replace(spaces, ' '),
  );
}

/** With the signs of an address that are spelled out. */
function spelledIn(text: string): string {
  return text.replace(spelledAt, '@').replace(spelledDot, '.');
}

/** The decimal digits of a script stand in a row, its zero first (Unicode, property Nd). */
function valueOf(digit: string): string {
  const known = digitValues.get(digit);
  if (known !== undefined) return known;
  const numeral = Math.max(...numerals.map((row) => row.indexOf(digit)));
  const value = digit === '幺' ? 1 : numeral >= 0 ? numeral : distanceToZero(digit);
  digitValues.set(digit, String(value));
  return String(value);
}

function distanceToZero(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let run = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - run - 1))) run += 1;
  return run % 10;
}

function decoded(text: string): string[] {
  const found = [
    withoutPercent(text),
    withoutEntities(text),
    text.replace(quoted, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
  ].filter((one) => one !== text);
  for (const [token] of text.matchAll(hexPairs)) found.push(...readable(Buffer.from(token, 'hex')));
  for (const [token] of text.matchAll(shortestBase64)) found.push(...fromBase64(token));
  return found;
}

function withoutPercent(text: string): string {
  let plain = text;
  for (let layer = 0; layer < mostPercentLayers && plain.includes('%'); layer += 1) {
    const next = plain.replace(percent, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
    if (next === plain) break;
    plain = next;
  }
  return plain;
}

function withoutEntities(text: string): string {
  const named = text.replace(namedEntity, (whole, name: string) => namedEntities[name.toLowerCase()] ?? whole);
  return named.replace(entity, (whole, html: string | undefined, ...escaped: (string | undefined)[]) => {
    const hex = html === undefined ? escaped.slice(0, 3).find((one) => one !== undefined) : /^x(.*)/i.exec(html)?.[1];
    const code = hex === undefined ? Number(html) : parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Six bytes of text in a row, as base64 has them: the first of four characters is one of these where a letter of ASCII or a sign of three bytes begins. */
const looksText = /^(?:.{4})*?(?:[I-Za-f4-7].{3}){2}/;

/** Text in base64 has capitals among its characters; a slash may also be one of an address around it. */
function fromBase64(token: string): string[] {
  const tokens = token.includes('/') ? [token, ...token.split('/').filter(({ length }) => length >= 12)] : [token];
  return tokens
    .filter((one) => /[A-Z]/.test(one) && looksText.test(one))
    .flatMap((one) => readable(Buffer.from(one, 'base64')));
}

function readable(bytes: Buffer): string[] {
  const text = bytes.toString('utf8');
  return /[\p{Cc}\ufffd]/u.test(text) ? [] : [text];
}
