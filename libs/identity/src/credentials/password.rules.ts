import { DomainError } from '@abide/kernel';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import languageCommon from '@zxcvbn-ts/language-common';

const commonPasswords: ReadonlySet<string> = new Set(languageCommon.dictionary['passwords-common']);
const maximumLength = 128;

/** How much of a password is estimated: what this much of it is not worth, more of it seldom is, and long ones take long. */
const estimatedLength = 32;

/** The shortest password a person may choose: an operator's stands alone, a subject's may be replaced by a code. */
export const minimumLength = { operator: 15, subject: 8 } as const;

/** What it takes at least to guess one, as zxcvbn scores it: a million tries, a hundred million where it stands alone. */
const minimumScore = { subject: 2, operator: 3 } as const;

export const commonPasswordCount = commonPasswords.size;

interface Chosen {
  readonly by: keyof typeof minimumLength;
  /** Lowered only for the first operator of a development machine, whose password is not estimated either. */
  readonly minimum?: number;
  /** What is known of whose password it is: names, addresses. */
  readonly context?: readonly string[];
  readonly pointer?: string;
}

/**
 * Length counts characters, not bytes; there are no composition rules, but a blocklist and an estimate of how soon it would be guessed
 * (NIST SP 800-63B-4 §3.1.1.2). A password is looked at as it is hashed: in NFKC.
 * @throws DomainError `password.too_short`, `password.too_long` or `password.common`, pointing at `pointer`.
 */
export function requireAcceptablePassword(
  password: string,
  { by, minimum = minimumLength[by], context = [], pointer = '/password' }: Chosen,
): void {
  const normal = password.normalize('NFKC');
  const length = [...normal].length;
  if (length < minimum)
    throw refusal('password.too_short', `Choose a password of at least ${minimum} characters.`, pointer);
  if (length > maximumLength)
    throw refusal('password.too_long', `Choose a password of at most ${maximumLength} characters.`, pointer);
  const isRefused =
    isCommon(normal) ||
    (minimum === minimumLength[by] && (isMadeOf(normal, by, context) || isGuessable(normal, by, context)));
  if (isRefused)
    throw refusal(
      'password.common',
      'This password is soon guessed: it is common, repeats itself or is made of what is known about its owner. Choose another.',
      pointer,
    );
}

function isCommon(password: string): boolean {
  return commonPasswords.has(password.toLowerCase());
}

function isGuessable(password: string, by: Chosen['by'], context: readonly string[]): boolean {
  const { score } = theEstimator().check(password.slice(0, estimatedLength), [
    'abide',
    '守约',
    ...context.flatMap(wordsOf),
  ]);
  return score < minimumScore[by];
}

/** Whether hardly anything is left of a password without what is known about its owner, whatever stands between: too little to be one. */
function isMadeOf(password: string, by: Chosen['by'], context: readonly string[]): boolean {
  const known = context
    .flatMap(wordsOf)
    .map(compact)
    .filter((word) => [...word].length >= 3)
    .toSorted((one, other) => other.length - one.length);
  const whole = compact(password);
  const rest = known.reduce((text, word) => text.replaceAll(word, ''), whole);
  return rest !== whole && [...rest].length < minimumLength[by] / 2;
}

function compact(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** A text as far as passwords are estimated, of an address both sides of the at sign, and every part of it. */
function wordsOf(text: string): string[] {
  const normal = text.normalize('NFKC').toLowerCase();
  const words = [
    normal,
    ...normal.split('@'),
    ...normal.split(/[^\p{L}\p{N}]+/u).filter((part) => [...part].length >= 3),
  ];
  return words.map((word) => word.slice(0, estimatedLength));
}

let estimator: ZxcvbnFactory | undefined;

/** Made when it is first needed: its dictionaries take a moment. */
function theEstimator(): ZxcvbnFactory {
  estimator ??= new ZxcvbnFactory({ dictionary: languageCommon.dictionary, graphs: languageCommon.adjacencyGraphs });
  return estimator;
}

function refusal(code: string, message: string, pointer: string): DomainError {
  return new DomainError('invalid', code, {
    detail: `${message} Nothing was stored.`,
    errors: [{ pointer, code, message }],
  });
}
