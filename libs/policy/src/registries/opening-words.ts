import { type Locale, type Localized } from '@abide/kernel';
import { describeTerm, labelOf, type Catalogue, type Term } from '@abide/rulebook';
import type { EventField, EventFields } from './event-fields.rules.js';
import type { Opening, Openings } from './openings.js';
import type { Category, Purpose, Recipient } from './registry-entries.entity.js';

const mostSentences = 20;

/** What things are called, for sentences that people read. */
export interface Names {
  readonly catalogue: Catalogue;
  readonly services: ReadonlyMap<string, Localized>;
  readonly recipients: ReadonlyMap<string, Pick<Recipient, 'name' | 'kind' | 'region'>>;
  readonly thirdPartyServices: ReadonlyMap<string, Localized>;
}

/** What a change would open, in sentences, and how many more than are listed. */
export interface OpensWords {
  readonly opens: readonly Localized[];
  readonly opensMore: number;
}

/** The openings as sentences, those of several categories together. */
export function openingWords({ openings, isCutOff }: Openings, names: Names): OpensWords {
  const groups = [...Map.groupBy(openings, ({ category: _category, ...rest }) => JSON.stringify(rest)).values()];
  const opens = groups.slice(0, mostSentences).map((group) => sentenceOf(group, names));
  return { opens: isCutOff ? [...opens, tooMany] : opens, opensMore: Math.max(0, groups.length - mostSentences) };
}

const tooMany: Localized = {
  'zh-CN': '涉及的处理过多，无法逐一列出。',
  en: 'It touches more than can be listed one by one.',
};

function sentenceOf(group: readonly Opening[], names: Names): Localized {
  const say = (locale: Locale) =>
    describeTerm(termOf(group, names, locale), locale, names.catalogue) +
    despiteWords(group[0]?.despite ?? null, locale);
  return { 'zh-CN': say('zh-CN'), en: say('en') };
}

/** A term that says it, with names where a policy has codes. */
function termOf(group: readonly Opening[], names: Names, locale: Locale): Term {
  const [first] = group;
  if (!first) throw new Error('A sentence is about something');
  const { purpose, basis } = first;
  const about = { categories: group.map(({ category }) => category), purposes: [purpose], basis };
  const service = placeWords(first, names, locale);
  const services = service === null ? {} : { services: [service] };
  if (first.action === 'share')
    return {
      ...about,
      ...services,
      type: 'sharing',
      recipients: [`recipient:${recipientWords(first.recipient ?? '', names, locale)}`],
    };
  if (first.action === 'crossServiceUse')
    return {
      ...about,
      type: 'crossServiceUse',
      from: [nameOf(names.services, first.fromService ?? '', locale)],
      to: [service ?? ''],
      form: 'personalised',
    };
  if (first.action !== 'collect') return { ...about, ...services, type: 'use' };
  return { ...about, ...services, ...(first.storage && { storage: first.storage }), type: 'collection' };
}

function placeWords({ service, thirdPartyService }: Opening, names: Names, locale: Locale): string | null {
  if (thirdPartyService !== null) return nameOf(names.thirdPartyServices, thirdPartyService, locale);
  return service === null ? null : nameOf(names.services, service, locale);
}

/** `Example Maps (partners, China)`. */
function recipientWords(slug: string, { recipients }: Names, locale: Locale): string {
  const recipient = recipients.get(slug);
  if (!recipient) return slug;
  const facts = [labelOf('recipientKind', recipient.kind, locale), regionWords(recipient.region, locale)];
  return locale === 'en'
    ? `${recipient.name.en} (${facts.join(', ')})`
    : `${recipient.name['zh-CN']}（${facts.join('，')}）`;
}

/** The country by its name, a part of it by its code behind. */
export function regionWords(region: string, locale: Locale): string {
  const [country = region, part] = region.split('-');
  const name = new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' }).of(country) ?? country;
  return part === undefined ? name : `${name} ${part}`;
}

function nameOf(names: ReadonlyMap<string, Localized>, code: string, locale: Locale): string {
  return names.get(code)?.[locale] ?? code;
}

function despiteWords(despite: Opening['despite'], locale: Locale): string {
  if (despite === null) return '';
  const words = {
    positioning: { 'zh-CN': '即使用户关闭了定位。', en: ' Even while positioning is switched off.' },
    gpc: {
      'zh-CN': '即使用户的浏览器以全球隐私控制信号表示拒绝。',
      en: ' Even where the person’s browser refuses it by Global Privacy Control.',
    },
  };
  return words[despite][locale];
}

/** What giving up a protection opens beyond the questions of today. */
export function looseningWords(before: object | null, after: object): Localized[] {
  const lost = (flag: string) =>
    (before as Record<string, unknown> | null)?.[flag] === true && (after as Record<string, unknown>)[flag] === false;
  const label = (after as Partial<Category & Purpose>).label ?? { 'zh-CN': '', en: '' };
  return [
    ...(lost('isSensitive')
      ? [
          said(
            label,
            '不再算作敏感个人信息：政策可凭一般同意或合同收集，此后收集的内容可按一般信息使用和查看',
            'would no longer count as sensitive: a policy could rest it on plain consent or a contract, and what is collected from then on could be used and revealed like anything else',
          ),
        ]
      : []),
    ...(lost('isLocation')
      ? [said(label, '可在用户关闭定位时收集', 'could be collected while positioning is switched off')]
      : []),
    ...(lost('isCoveredByGpc')
      ? [said(label, '不再因全球隐私控制信号而停止', 'would no longer stop at Global Privacy Control')]
      : []),
  ];
}

/** What a category's events would hold in plain that was sealed, or, where it is sensitive, in whichever words. */
export function plainWords(
  { label, isSensitive, eventFields }: Category,
  { standing, everPersonal }: { standing: EventFields | null; everPersonal: ReadonlySet<string> },
): Localized[] {
  const added = Object.entries(eventFields?.attributes ?? {}).filter(
    ([name, field]) => !isAsPlain(standing?.attributes?.[name], field),
  );
  return added.flatMap(([name, field]) => {
    if (everPersonal.has(name) && !standing?.attributes?.[name])
      return [
        said(
          label,
          `中原本加密保存的“${name}”，此后收集的内容将以明文保存`,
          `would keep “${name}” in plain from then on, which is sealed`,
        ),
      ];
    return isSensitive && isFreeText(field)
      ? [
          said(
            label,
            `属敏感个人信息，“${name}”可以明文保存任意文字`,
            `is sensitive, and “${name}” could keep any words in plain`,
          ),
        ]
      : [];
  });
}

/** Under which name somebody who receives already would be shown. */
export function renamingWords(before: Localized, after: Localized): Localized {
  const both = (name: Localized) => (name.en === name['zh-CN'] ? name.en : `${name['zh-CN']} / ${name.en}`);
  return {
    'zh-CN': `已按现行政策接收个人信息的“${both(before)}”，此后一律显示为“${both(after)}”。`,
    en: `“${both(before)}”, which receives by policies in force, would be called “${both(after)}” wherever it is named.`,
  };
}

/** Whether a field that stands in plain held all that `field` could. */
function isAsPlain(standing: EventField | undefined, field: EventField): boolean {
  return standing !== undefined && (isFreeText(standing) || !isFreeText(field));
}

function isFreeText({ type, enum: values, format }: EventField): boolean {
  if (type === 'array' || type === 'object') return true;
  return type === 'string' && values === undefined && format !== 'date-time';
}

function said(label: Localized, zh: string, en: string): Localized {
  return {
    'zh-CN': `“${label['zh-CN']}”${zh}。`,
    en: `${label.en.charAt(0).toUpperCase()}${label.en.slice(1)} ${en}.`,
  };
}
