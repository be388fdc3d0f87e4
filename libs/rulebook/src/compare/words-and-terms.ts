import { locales, type Locale, type Localized } from '@abide/kernel';
import { shownText } from '../clause-text.js';
import type { Clause, PolicyDocument } from '../document.js';
import { parseDuration } from '../duration.js';
import { inUnits, isPromise, quantitiesIn, type Quantity } from '../quantities.js';
import type { Term } from '../terms.js';
import { answerWords, durationWords, listWords } from '../words.js';
import { isSame } from './text-changes.js';

/** Something about a revision that whoever submits it must answer and whoever approves it sees. It weighs nothing by itself. */
export interface ComparisonWarning {
  /** Stable for the same two revisions. */
  readonly id: string;
  readonly rule: 'words.numbersDiffer';
  readonly clauseId: string;
  readonly path: string;
  readonly summary: Localized;
}

/** Clauses whose numbers, dates and durations, where the revision touched them, differ between the languages or from the terms. */
export function numberWarnings(
  before: readonly Clause[],
  after: PolicyDocument['clauses'],
): readonly ComparisonWarning[] {
  const earlier = new Map(before.map((clause) => [clause.id, clause]));
  return after.flatMap((clause, index) => {
    const was = earlier.get(clause.id);
    if (was && isSame([was.heading, was.body, was.terms], [clause.heading, clause.body, clause.terms])) return [];
    const [from, to] = [was && numbersOf(was), numbersOf(clause)];
    const at = { clause, path: `clauses[${index}]` };
    return [...betweenLanguages(from, to, at), ...fromTerms(from, to, at)];
  });
}

interface Numbers {
  readonly words: Readonly<Record<Locale, ReadonlySet<Quantity>>>;
  readonly terms: ReadonlySet<Quantity>;
}

interface At {
  readonly clause: Clause;
  readonly path: string;
}

function numbersOf({ heading, body, terms }: Clause): Numbers {
  const inLocale = (locale: Locale) => new Set(quantitiesIn(`${heading[locale]}\n${shownText(body[locale])}`, locale));
  return { words: { 'zh-CN': inLocale('zh-CN'), en: inLocale('en') }, terms: new Set(terms.flatMap(quantitiesOf)) };
}

/** What a term counts that its clause may put into words. */
function quantitiesOf(term: Term): Quantity[] {
  switch (term.type) {
    case 'retention':
      return [...durationOf(term.period), ...durationOf(term.minimum?.period)];
    case 'right':
      return term.answerWithin && term.answerWithin !== 'immediate' ? [answerOf(term.answerWithin)] : [];
    case 'minors':
      return [inUnits(term.under, 'age')];
    case 'change':
      return [inUnits(term.notice.leadDays, 'days')];
    default:
      return 'validFor' in term ? durationOf(term.validFor) : [];
  }
}

function answerOf(answer: { workingDays: number } | { calendarDays: number } | { months: number }): Quantity {
  if ('workingDays' in answer) return inUnits(answer.workingDays, 'workingDays');
  return 'months' in answer ? inUnits(answer.months, 'months') : inUnits(answer.calendarDays, 'days');
}

function durationOf(period: string | undefined): Quantity[] {
  const duration = period === undefined ? null : parseDuration(period);
  if (!duration) return [];
  const { months, days, hours } = duration;
  return [
    ...(months > 0 ? [inUnits(months, 'months')] : []),
    ...(days > 0 ? [inUnits(days, 'days')] : []),
    ...(hours > 0 ? [inUnits(hours, 'hours')] : []),
  ];
}

/** Touched in one language and not the same in the other. A clause that is new is touched as a whole. */
function betweenLanguages(was: Numbers | undefined, is: Numbers, at: At): ComparisonWarning[] {
  const apart = (locale: Locale) => withoutSameNumber(is.words[locale], is.words[locale === 'en' ? 'zh-CN' : 'en']);
  const touched = (locale: Locale) =>
    new Set([...without(is.words[locale], was?.words[locale]), ...without(was?.words[locale], is.words[locale])]);
  const isTouched = locales.some((locale) =>
    locales.some((other) => [...apart(locale)].some((one) => touched(other).has(one))),
  );
  if (!isTouched) return [];
  const said = (of: Locale) => (locale: Locale) => quantityWords(apart(of), locale);
  return [
    toWarning('languages', at, (locale, heading) =>
      locale === 'en'
        ? `The numbers of "${heading}" differ between the languages: only in Chinese ${said('zh-CN')('en')}; only in English ${said('en')('en')}.`
        : `“${heading}”中英文的数字不一致：仅中文写有${said('zh-CN')('zh-CN')}；仅英文写有${said('en')('zh-CN')}。`,
    ),
  ];
}

/**
 * What the words came to say that no term of the clause says, and what they ceased to say that a term still does; or a
 * term that changed beside words that did not.
 */
function fromTerms(was: Numbers | undefined, is: Numbers, at: At): ComparisonWarning[] {
  if (is.terms.size === 0) return [];
  const areTermsSame = was !== undefined && without(was.terms, is.terms).size + without(is.terms, was.terms).size === 0;
  const drifted = locales.some((locale) => {
    const words = promises(is.words[locale]);
    if (!was) return words.size > 0 && without(is.terms, words).size > 0;
    const before = promises(was.words[locale]);
    const added = without(without(words, before), is.terms).size > 0;
    const dropped = areTermsSame && [...without(before, words)].some((one) => is.terms.has(one));
    const outdated = [...without(was.terms, is.terms)].some((one) => words.has(one));
    return added || dropped || outdated;
  });
  if (!drifted) return [];
  const words = new Set(locales.flatMap((locale) => [...promises(is.words[locale])]));
  return [
    toWarning('terms', at, (locale, heading) =>
      locale === 'en'
        ? `The words of "${heading}" and its terms differ: the words say ${quantityWords(words, 'en')}; the terms ${quantityWords(is.terms, 'en')}.`
        : `“${heading}”的文字与约定不一致：文字写${quantityWords(words, 'zh-CN')}；约定为${quantityWords(is.terms, 'zh-CN')}。`,
    ),
  ];
}

function toWarning(
  kind: string,
  { clause, path }: At,
  say: (locale: Locale, heading: string) => string,
): ComparisonWarning {
  const summary = { 'zh-CN': say('zh-CN', clause.heading['zh-CN']), en: say('en', clause.heading.en) };
  return {
    id: `words.numbersDiffer#${clause.id}#${kind}`,
    rule: 'words.numbersDiffer',
    clauseId: clause.id,
    path: `${path}.body`,
    summary,
  };
}

function promises(quantities: ReadonlySet<Quantity>): ReadonlySet<Quantity> {
  return new Set([...quantities].filter(isPromise));
}

function without(
  all: ReadonlySet<Quantity> | undefined,
  others: ReadonlySet<Quantity> | undefined,
): ReadonlySet<Quantity> {
  return new Set([...(all ?? [])].filter((one) => !others?.has(one)));
}

/** An age is often written as a mere number in one of the languages: `14 周岁`, `anyone of 14`. */
function withoutSameNumber(all: ReadonlySet<Quantity>, others: ReadonlySet<Quantity>): ReadonlySet<Quantity> {
  const twin = (one: Quantity) =>
    one.startsWith('age:') ? one.replace('age:', 'number:') : one.replace('number:', 'age:');
  return new Set([...all].filter((one) => !others.has(one) && !others.has(twin(one))));
}

const mostNamed = 8;

/** `6 months and 15 working days`; `nothing` for none. */
function quantityWords(quantities: ReadonlySet<Quantity>, locale: Locale): string {
  if (quantities.size === 0) return locale === 'en' ? 'nothing' : '“无”';
  return (
    (locale === 'en' ? '' : ' ') +
    listWords(
      [...quantities].slice(0, mostNamed).map((one) => wordsOf(one, locale)),
      locale,
    )
  );
}

function wordsOf(quantity: Quantity, locale: Locale): string {
  const [kind, value = ''] = quantity.split(':');
  const count = Number(value);
  switch (kind) {
    case 'months':
      return durationWords(`P${count}M`, locale);
    case 'days':
      return durationWords(`P${count}D`, locale);
    case 'hours':
      return durationWords(`PT${count}H`, locale);
    case 'workingDays':
      return answerWords({ workingDays: count }, locale);
    case 'age':
      return locale === 'en' ? `${count} years of age` : `${count} 周岁`;
    case 'percent':
      return `${value}%`;
    case 'minutes':
      return locale === 'en' ? `${count} minutes` : `${count} 分钟`;
    default:
      return value;
  }
}
