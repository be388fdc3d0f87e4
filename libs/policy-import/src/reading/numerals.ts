const romans = Object.entries({
  M: 1000,
  CM: 900,
  D: 500,
  CD: 400,
  C: 100,
  XC: 90,
  L: 50,
  XL: 40,
  X: 10,
  IX: 9,
  V: 5,
  IV: 4,
  I: 1,
});

/** `XIV` for 14; digits where Roman numerals end. */
export function romanNumeral(value: number): string {
  if (value < 1 || value > 3999) return String(value);
  let [text, left] = ['', value];
  for (const [sign, worth] of romans) {
    text += sign.repeat(Math.floor(left / worth));
    left %= worth;
  }
  return text;
}

/** `A` for 1, `AA` for 27. */
export function latinLetters(value: number): string {
  let [text, left] = ['', value];
  while (left > 0) {
    text = String.fromCharCode(65 + ((left - 1) % 26)) + text;
    left = Math.floor((left - 1) / 26);
  }
  return text;
}

const digits = [...'零一二三四五六七八九'];

/** `十二` for 12, `二十` for 20, `一百零三` for 103; digits from 1,000. */
export function chineseNumeral(value: number): string {
  if (value < 1 || value > 999) return String(value);
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
  const head = hundreds > 0 ? `${digits[hundreds]}百` : '';
  const gap = hundreds > 0 && tens === 0 && ones > 0 ? '零' : '';
  const middle = tens === 0 ? '' : tens === 1 && hundreds === 0 ? '十' : `${digits[tens]}十`;
  return head + gap + middle + (ones > 0 ? digits[ones] : '');
}

/** `一〇三` for 103, one sign a digit. */
export function chineseDigits(value: number): string {
  return [...String(value)].map((digit) => (digit === '0' ? '〇' : (digits[Number(digit)] ?? digit))).join('');
}

/** `①` to `⑳`; digits beyond. */
export function circled(value: number): string {
  return value >= 1 && value <= 20 ? String.fromCodePoint(0x245f + value) : String(value);
}
