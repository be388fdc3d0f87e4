/** Crockford's letters and digits: none that is taken for another when it is read out. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const randomLetters = 7;

/** What people call a request: the day on which it was made, in the zone of the profile, and letters of its own: `261130-7K3M9QA`. */
export function requestNumber(id: string, openedAt: Date, utcOffsetHours: number): string {
  const day = new Date(openedAt.getTime() + utcOffsetHours * 3_600_000).toISOString().slice(2, 10).replaceAll('-', '');
  let rest = BigInt(`0x${id.replaceAll('-', '').slice(-10)}`);
  let letters = '';
  for (let count = 0; count < randomLetters; count += 1, rest >>= 5n) letters += alphabet[Number(rest & 31n)];
  return `${day}-${letters}`;
}
