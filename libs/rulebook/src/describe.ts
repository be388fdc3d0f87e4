import type { Locale } from '@abide/kernel';
import type { Catalogue } from './catalogue.js';
import { labelOf } from './labels.js';
import { legalNameIn } from './legal-names.js';
import { promisedPurposes } from './retention-promises.js';
import type {
  ChangeTerm,
  CollectionTerm,
  CrossServiceUseTerm,
  ExclusionTerm,
  MinorsTerm,
  PromisedAnswer,
  PromisedChannel,
  ProtectionTerm,
  RetentionTerm,
  RightTerm,
  SharingTerm,
  Term,
  UseTerm,
} from './terms.js';
import { truncatedCategories, type Basis, type Fallback } from './vocabulary.js';
import {
  answerWords,
  categoryWords,
  choiceWords,
  durationWords,
  listWords,
  purposeWords,
  recipientWords,
  spaced,
} from './words.js';

interface WordingContext {
  readonly locale: Locale;
  readonly catalogue: Catalogue;
}

/**
 * What a term means, in one sentence: `Location by GPS may be collected for providing the service in ticketing, with
 * separate consent.` Codes that nobody has labelled are shown as they are.
 */
export function describeTerm(term: Term, locale: Locale, catalogue: Catalogue): string {
  const text = wordsOf(term, { locale, catalogue });
  return locale === 'en' ? `${text.charAt(0).toUpperCase()}${text.slice(1)}.` : `${spaced(text)}。`;
}

function wordsOf(term: Term, context: WordingContext): string {
  switch (term.type) {
    case 'collection':
      return collectionWords(term, context);
    case 'use':
      return useWords(term, context);
    case 'crossServiceUse':
      return crossServiceWords(term, context);
    case 'sharing':
      return sharingWords(term, context);
    case 'retention':
      return retentionWords(term, context);
    case 'right':
      return rightWords(term, context.locale);
    case 'protection':
      return protectionWords(term, context);
    case 'minors':
      return minorsWords(term, context.locale);
    case 'change':
      return changeWords(term, context.locale);
    case 'exclusion':
      return exclusionWords(term, context.locale);
  }
}

const basisPhrases: Readonly<Record<Basis, Readonly<Record<Locale, string>>>> = {
  contract: { 'zh-CN': '为履行合同所必需', en: 'as the contract needs' },
  consent: { 'zh-CN': '经同意', en: 'with consent' },
  separateConsent: { 'zh-CN': '经单独同意', en: 'with separate consent' },
  legalObligation: { 'zh-CN': '依照法定义务', en: 'as the law requires' },
  publicInterest: { 'zh-CN': '为公共利益', en: 'in the public interest' },
  vitalInterest: { 'zh-CN': '为保护生命健康', en: 'to protect life or health' },
  legitimateInterest: { 'zh-CN': '基于正当利益', en: 'for a legitimate interest' },
  publicised: { 'zh-CN': '限于已公开的信息', en: 'as far as it is public already' },
};

const truncations: Readonly<Record<(typeof truncatedCategories)[number], Readonly<Record<Locale, string>>>> = {
  'log.network': {
    'zh-CN': 'IP 地址仅保留网段（IPv4 /24、IPv6 /48）',
    en: 'of an IP address only the network part (IPv4 /24, IPv6 /48)',
  },
  'content.metadata': { 'zh-CN': '内容元数据去除地点和时间', en: 'of content metadata neither place nor time' },
};

function collectionWords(term: CollectionTerm, context: WordingContext): string {
  const { locale } = context;
  const facts = factsOf(term, context);
  const sources =
    term.sources &&
    listWords(
      term.sources.map((source) => labelOf('source', source, locale)),
      locale,
    );
  const isOnDevice = term.storage === 'onDevice';
  const stays = { 'zh-CN': '仅在您的设备上读取，不会发送给我们', en: 'only on your device, it is never sent to us' };
  const details = [
    isOnDevice ? stays[locale] : null,
    ...precisionWords(term, locale),
    requirementWords(term, locale),
    ...consentDetails(term, locale),
  ];
  if (locale === 'en') {
    const from = sources ? ` from ${sources}` : '';
    return join(
      `${facts.categories} may be ${isOnDevice ? 'read' : 'collected'}${from} for ${facts.purposes}${facts.services}, ${facts.basis}`,
      details,
      locale,
    );
  }
  return join(
    `${facts.basis}，可${sources ? `从${sources}` : ''}${isOnDevice ? '读取' : '收集'}${facts.categories}，用于${facts.purposes}${facts.services}`,
    details,
    locale,
  );
}

function useWords(term: UseTerm, context: WordingContext): string {
  const { locale } = context;
  const facts = factsOf(term, context);
  const details = [...precisionWords(term, locale), ...consentDetails(term, locale)];
  if (locale === 'en')
    return join(
      `${facts.categories} may be used for ${facts.purposes}${facts.services}, ${facts.basis}`,
      details,
      locale,
    );
  return join(`${facts.basis}，可将${facts.categories}用于${facts.purposes}${facts.services}`, details, locale);
}

function crossServiceWords(term: CrossServiceUseTerm, context: WordingContext): string {
  const { locale } = context;
  const facts = factsOf(term, context);
  const [from, to] = [listWords(term.from, locale), listWords(term.to, locale)];
  const form = labelOf('form', term.form, locale);
  const data = labelOf('data', term.data ?? 'collected', locale);
  const group =
    term.minimumGroup === undefined
      ? null
      : locale === 'en'
        ? `in groups of at least ${term.minimumGroup}`
        : `每组不少于 ${term.minimumGroup} 人`;
  const details = [group, ...consentDetails(term, locale)];
  if (locale === 'en') {
    return join(
      `${facts.categories} (${data} data, ${form}) from ${from} may be used in ${to} for ${facts.purposes}, ${facts.basis}`,
      details,
      locale,
    );
  }
  return join(
    `${facts.basis}，${from}中${data}${facts.categories}可以${form}形式用于${to}的${facts.purposes}`,
    details,
    locale,
  );
}

function sharingWords(term: SharingTerm, context: WordingContext): string {
  const { locale } = context;
  const facts = factsOf(term, context);
  const recipients = recipientWords(term.recipients, locale);
  const regions = term.regions && listWords(term.regions, locale);
  const details = consentDetails(term, locale);
  if (locale === 'en') {
    const where = regions ? ` in ${regions}` : '';
    return join(
      `${facts.categories} may be shared with ${recipients}${where} for ${facts.purposes}${facts.services}, ${facts.basis}`,
      details,
      locale,
    );
  }
  return join(
    `${facts.basis}，可向${recipients}${regions ? `（${regions}）` : ''}提供${facts.categories}，用于${facts.purposes}${facts.services}`,
    details,
    locale,
  );
}

function retentionWords(term: RetentionTerm, { locale, catalogue }: WordingContext): string {
  const categories = categoryWords(term.categories, locale, catalogue);
  const services = servicesWords(term.services, locale);
  const named = promisedPurposes(term);
  const purposes = named && purposeWords(named, locale, catalogue);
  const then = labelOf('then', term.then, locale);
  const minimum = term.minimum && durationWords(term.minimum.period, locale);
  if (locale === 'en') {
    const kept =
      term.until === undefined
        ? `for ${durationWords(term.period ?? '', 'en')}`
        : `until ${labelOf('until', term.until, 'en')}`;
    return join(
      `${categories}${purposes === null ? '' : ` for ${purposes}`}${services}: kept ${kept}, then ${then}`,
      [minimum ? `at least ${minimum} (${term.minimum?.ground ?? ''})` : null],
      locale,
    );
  }
  const kept =
    term.until === undefined ? durationWords(term.period ?? '', locale) : `至${labelOf('until', term.until, locale)}`;
  return join(
    `${purposes === null ? '' : `用于${purposes}的`}${categories}${services}保存${kept}，到期后${then}`,
    [minimum ? `至少 ${minimum}（${legalNameIn(term.minimum?.ground ?? '', locale)}）` : null],
    locale,
  );
}

function rightWords(term: RightTerm, locale: Locale): string {
  const rights =
    listWords(
      term.rights.map((right) => labelOf('right', right, locale)),
      locale,
    ) + servicesWords(term.services, locale);
  const answer = term.answerWithin && answeredWords(term.answerWithin, locale);
  const regions = term.regions && listWords(term.regions, locale);
  const proof = term.verification && labelOf('verification', term.verification, locale);
  if (locale === 'en')
    return join(
      regions ? `where you live in ${regions} you may ask for ${rights}` : `you may ask for ${rights}`,
      [answer ?? null, proof ? `identity by ${proof}` : null],
      locale,
    );
  return join(
    `${regions ? `居住在${regions}的，` : ''}您有权请求${rights}`,
    [answer ?? null, proof ? `身份核验：${proof}` : null],
    locale,
  );
}

function answeredWords(promised: PromisedAnswer, locale: Locale): string {
  if (promised === 'immediate') return locale === 'en' ? 'answered at once' : '即时答复';
  const answer = answerWords(promised, locale);
  return locale === 'en' ? `answered within ${answer}` : `${answer}内答复`;
}

function protectionWords(term: ProtectionTerm, { locale, catalogue }: WordingContext): string {
  const measures = listWords(
    term.measures.map((measure) => labelOf('measure', measure, locale)),
    locale,
  );
  const categories = categoryWords(term.categories ?? ['*'], locale, catalogue);
  return locale === 'en' ? `${categories}: protected by ${measures}` : `${categories}受以下措施保护：${measures}`;
}

function minorsWords(term: MinorsTerm, locale: Locale): string {
  if (term.requires === 'notAllowed')
    return locale === 'en'
      ? `nobody under ${term.under} may use the service`
      : `未满 ${term.under} 周岁的人不得使用本服务`;
  const requirement = labelOf('minorRequirement', term.requires, locale);
  return locale === 'en'
    ? `under ${term.under}: ${requirement} is needed`
    : `未满 ${term.under} 周岁：须${requirement}`;
}

function changeWords(term: ChangeTerm, locale: Locale): string {
  const channels = listWords(
    term.notice.channels.map((channel) => channelWords(channel, locale)),
    locale,
  );
  const days = term.notice.leadDays;
  const announced =
    locale === 'en'
      ? `changes are announced ${days} day${days === 1 ? '' : 's'} ahead by ${channels}`
      : `变更提前 ${days} 天通过${channels}通知`;
  if (term.acceptance === 'none')
    return locale === 'en' ? `${announced}; nobody is asked to accept the text` : `${announced}，文本无须接受`;
  const acceptance = labelOf('acceptance', term.acceptance, locale);
  return locale === 'en' ? `${announced} and accepted by ${acceptance}` : `${announced}，以${acceptance}方式接受`;
}

function channelWords(channel: PromisedChannel, locale: Locale): string {
  if (typeof channel === 'string') return labelOf('channel', channel, locale);
  return choiceWords(
    channel.anyOf.map((one) => labelOf('channel', one, locale)),
    locale,
  );
}

function exclusionWords(term: ExclusionTerm, locale: Locale): string {
  const scope = labelOf('scope', term.scope, locale);
  const named = term.thirdPartyServices && listWords(term.thirdPartyServices, locale);
  return locale === 'en'
    ? `this policy does not cover ${scope}${named ? ` (${named})` : ''}`
    : `本政策不适用于${scope}${named ? `（${named}）` : ''}`;
}

function factsOf(
  term: CollectionTerm | UseTerm | SharingTerm | CrossServiceUseTerm,
  { locale, catalogue }: WordingContext,
) {
  return {
    categories: categoryWords(term.categories, locale, catalogue),
    purposes: purposeWords(term.purposes, locale, catalogue),
    services: 'services' in term ? servicesWords(term.services, locale) : '',
    basis: Object.hasOwn(basisPhrases, term.basis) ? basisPhrases[term.basis][locale] : term.basis,
  };
}

function servicesWords(services: readonly string[] | undefined, locale: Locale): string {
  if (!services) return '';
  return locale === 'en' ? ` in ${listWords(services, 'en')}` : `（${listWords(services, locale)}）`;
}

function precisionWords(term: CollectionTerm | UseTerm, locale: Locale): readonly string[] {
  const { precision } = term;
  if (precision === undefined) return [];
  if (precision === 'truncated') return truncationWords(term.categories, locale);
  if (precision === 'exact') return [{ 'zh-CN': '精确到具体位置', en: 'at exact precision' }[locale]];
  return [{ 'zh-CN': `精度为 H3 第 ${precision.h3} 级`, en: `at H3 resolution ${precision.h3}` }[locale]];
}

function truncationWords(categories: readonly string[], locale: Locale): readonly string[] {
  const left = truncatedCategories.filter((code) => categories.includes(code)).map((code) => truncations[code][locale]);
  return left.length > 0 ? left : [labelOf('precision', 'truncated', locale)];
}

function requirementWords(term: CollectionTerm, locale: Locale): string | null {
  const consequence = term.ifWithheld && labelOf('ifWithheld', term.ifWithheld, locale);
  if (locale === 'en') return consequence ? `without it ${consequence}` : term.required ? 'required' : null;
  return consequence ? `不提供则${consequence}` : term.required ? '必填' : null;
}

function consentDetails(
  term: { readonly validFor?: string; readonly fallback?: Fallback },
  locale: Locale,
): (string | null)[] {
  const lasts = term.validFor && durationWords(term.validFor, locale);
  const fallback = term.fallback && labelOf('fallback', term.fallback, locale);
  if (locale === 'en') return [lasts ? `consent lasts ${lasts}` : null, fallback ? `otherwise ${fallback}` : null];
  return [lasts ? `同意有效期 ${lasts}` : null, fallback ? `否则${fallback}` : null];
}

function join(sentence: string, details: readonly (string | null)[], locale: Locale): string {
  return [sentence, ...details.filter((detail) => detail !== null)].join(locale === 'en' ? '; ' : '；');
}
