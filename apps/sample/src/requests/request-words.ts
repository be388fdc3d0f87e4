import type { Schemas } from '@abide/client';
import { element } from '../dom.js';
import { locale, t, textFor, type TextKey } from '../texts.js';
import type { OwnRequest, RequestLine } from './request-book.js';

/** A text by a code of the API; `otherwise` where this page does not know it. */
export function wordFor(group: string, code: string, otherwise: TextKey): string {
  return textFor(`${group}.${code}`) ?? t(otherwise);
}

/** What people call a kind of data or a purpose that a request names. */
export function kindName({ names }: Pick<OwnRequest, 'names'>, code: string): string {
  return named(names, code) ?? t(code === 'none' ? 'aboutRecords' : 'otherKind');
}

/** Who keeps it: a service outside by its name, a part of the product in a word. */
export function keeperName({ names }: Pick<OwnRequest, 'names'>, holder: string): string {
  return named(names, holder) ?? wordFor('holder', holder.replaceAll('.', '_'), 'holder.here');
}

export function dayOf(at: string): HTMLTimeElement {
  const words = new Date(at).toLocaleDateString(locale() === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'long' });
  return element('time', { attributes: { datetime: at } }, words);
}

export function timeOf(at: string): HTMLTimeElement {
  const words = new Date(at).toLocaleString(locale() === 'en' ? 'en-GB' : 'zh-CN', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return element('time', { attributes: { datetime: at } }, words);
}

/** How long there is to answer; nothing where no time runs. */
export function timeLeft({ state, dueAt, daysLeft }: RequestLine): string {
  if (state === 'awaitingSubject') return t('clockStands');
  if (dueAt === null || daysLeft === null || state === 'awaitingIdentity') return '';
  if (daysLeft < 0) return t('overdueBy', { days: -daysLeft });
  return daysLeft === 0 ? t('dueToday') : t('daysLeft', { days: daysLeft });
}

export function stateBadge({ state, outcome }: RequestLine): HTMLElement {
  const isEnd = state === 'closed' && outcome !== null;
  return element('span', { class: `badge state-${state}` }, isEnd ? t(`outcome.${outcome}`) : t(`state.${state}`));
}

function named(names: Readonly<Record<string, unknown>>, code: string): string | undefined {
  return (names[code] as Schemas['LocalizedText'] | undefined)?.[locale()];
}
