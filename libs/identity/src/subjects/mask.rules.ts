import type { IdentifierType } from '@abide/vault';

const star = '*';

/** The first character of a name and as many stars as there are more, three at most; a star for a name of one character. */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name.trim()];
  if (rest.length === 0) return star;
  return first + star.repeat(Math.min(rest.length, 3));
}

/** The country code of a mainland number, three digits after it and the last four; of any other the first three and last two. */
export function maskPhone(phone: string): string {
  return phone.startsWith('+86') ? keepEnds(phone, { start: 6, end: 4 }) : keepEnds(phone, { start: 3, end: 2 });
}

/** The first character before the @, and the domain. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const [first = ''] = [...email.slice(0, Math.max(at, 0))];
  return `${first}${star.repeat(3)}${email.slice(at)}`;
}

/** The first and the last two characters. */
export function maskIdNumber(idNumber: string): string {
  return keepEnds(idNumber, { start: 2, end: 2 });
}

export function maskIdentifier(type: IdentifierType, value: string): string {
  return type === 'phone' ? maskPhone(value) : maskEmail(value);
}

/** Shows the ends and a star for each character between; nothing at all where that would leave fewer than four hidden. */
function keepEnds(text: string, { start, end }: { start: number; end: number }): string {
  const characters = [...text];
  const hidden = characters.length - start - end;
  if (hidden < 4) return star.repeat(characters.length);
  return characters.slice(0, start).join('') + star.repeat(hidden) + characters.slice(-end).join('');
}
