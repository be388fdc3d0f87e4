const months = [
  '(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])',
  '(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)',
  '02-(?:0[1-9]|1\\d|2[0-8])',
].join('|');
const leapYears = '\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00';
const day = `(?:\\d{4}-(?:${months})|(?:${leapYears})-02-29)`;
const time = '(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,9})?)?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)';

/** A day that the Gregorian calendar has, `YYYY-MM-DD`, as a pattern for schemas: 31 November is none. */
export const dayPattern = `^${day}$`;

/** An RFC 3339 instant with its zone, seconds and parts of them left out or not, on a day that there is, as a pattern for schemas. */
export const instantPattern = `^${day}T${time}$`;
