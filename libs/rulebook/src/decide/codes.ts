import { isRegion } from '../regions.js';
import type { Rulebook } from '../rulebook.js';
import type { Question, RefusalCode } from './facts.js';

/** The parts of a question that name something registered. */
export type NamedCodes = Partial<
  Pick<Question, 'action' | 'categories' | 'purpose' | 'purposes' | 'service' | 'fromService' | 'recipient' | 'region'>
>;

/** A code that stands in no register, with its place in the question. */
export interface UnknownCode {
  readonly code: Extract<RefusalCode, `question.${string}` | 'recipient.unknown'>;
  readonly pointer: string;
  /** Where only one category of the question is concerned. */
  readonly category?: string;
}

const none: readonly UnknownCode[] = [];

/** Rule 1b: the codes of a question that nobody registered, exactly as written. A slip of the pen must not shed the stricter policy of the real one. */
export function unknownCodesIn(rulebook: Rulebook, asked: NamedCodes): readonly UnknownCode[] {
  return areRegistered(rulebook, asked) ? none : listUnknown(rulebook, asked);
}

/** Whether a decision was refused by rule 1b. */
export function saysUnknown(code: RefusalCode | null): code is UnknownCode['code'] {
  return code === 'recipient.unknown' || code?.startsWith('question.') === true;
}

/** Asked for every decision: look-ups in memory alone. */
function areRegistered({ registered, recipients }: Rulebook, asked: NamedCodes): boolean {
  const { services, purposes, categories } = registered;
  return (
    isAmong(services, asked.service) &&
    isAmong(services, asked.fromService) &&
    isAmong(purposes, asked.purpose) &&
    areAmong(purposes, asked.purposes) &&
    areAmong(categories, asked.categories) &&
    (isNamed(asked.recipient) ? recipients.has(asked.recipient) : asked.action !== 'share') &&
    (!isNamed(asked.region) || isRegion(asked.region))
  );
}

function listUnknown({ registered, recipients }: Rulebook, asked: NamedCodes): UnknownCode[] {
  const { services, purposes, categories } = registered;
  const isRecipientUnknown = isNamed(asked.recipient) ? !recipients.has(asked.recipient) : asked.action === 'share';
  return [
    ...(['service', 'fromService'] as const)
      .filter((field) => !isAmong(services, asked[field]))
      .map((field) => ({ code: 'question.unknownService' as const, pointer: `/${field}` })),
    ...(isAmong(purposes, asked.purpose) ? [] : [{ code: 'question.unknownPurpose' as const, pointer: '/purpose' }]),
    ...placesOfUnknown(purposes, asked.purposes).map((index) => ({
      code: 'question.unknownPurpose' as const,
      pointer: `/purposes/${index}`,
    })),
    ...placesOfUnknown(categories, asked.categories).map((index) => ({
      code: 'question.unknownCategory' as const,
      pointer: `/categories/${index}`,
      category: asked.categories?.[index] ?? '',
    })),
    ...(isRecipientUnknown ? [{ code: 'recipient.unknown' as const, pointer: '/recipient' }] : []),
    ...(!isNamed(asked.region) || isRegion(asked.region)
      ? []
      : [{ code: 'question.unknownRegion' as const, pointer: '/region' }]),
  ];
}

function isNamed(code: string | null | undefined): code is string {
  return code !== null && code !== undefined;
}

function isAmong(registered: ReadonlySet<string>, code: string | null | undefined): boolean {
  return !isNamed(code) || registered.has(code);
}

function areAmong(registered: ReadonlySet<string>, codes: readonly string[] | null | undefined): boolean {
  for (const code of codes ?? []) if (!registered.has(code)) return false;
  return true;
}

function placesOfUnknown(registered: ReadonlySet<string>, codes: readonly string[] | null | undefined): number[] {
  return (codes ?? []).flatMap((code, index) => (registered.has(code) ? [] : [index]));
}
