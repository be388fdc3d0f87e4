import { answerSpanInDays, countedAnswer } from '../answer-time.js';
import { answerWords, choiceWords } from '../words.js';
import { labelOf, type LabelGroup } from '../labels.js';
import { expandCategories } from '../lookup.js';
import { noticeTermsOf, type NoticeTerms } from '../notice-terms.js';
import type { AnswerWithin, RightTerm } from '../terms.js';
import { acceptanceModes, verifications, type NoticeChannel, type Verification } from '../vocabulary.js';
import { plain, told, type Change, type Told } from './change.js';
import { servicesOf, termsOfType, type SettingTerm, type SideView } from './side.js';

/** Compares what is promised beside the data itself: rights, protections, minors, changes, exclusions. */
export function settingChanges(before: SideView, after: SideView): readonly Change[] {
  return [
    ...rightChanges(before, after),
    ...protectionChanges(before, after),
    ...minorChanges(before, after),
    ...noticeChanges(before, after),
    ...exclusionChanges(before, after),
  ];
}

interface At {
  readonly clauseId: string | null;
  readonly path?: string;
}

interface PromisedRight extends At {
  readonly right: string;
  readonly service: string | null;
  /** Where those live whose right it is; null for everybody. */
  readonly region: string | null;
  readonly answer: AnswerWithin;
  readonly verification: Verification;
}

/** What is promised in each service, and to whom: by its own policy, else by a term that names it, else by one for all. */
function rightsOf(view: SideView, services: readonly (string | null)[]): ReadonlyMap<string, PromisedRight> {
  const promised = new Map<string, PromisedRight>();
  const nearestFirst = termsOfType(view, 'right').toSorted((a, b) => nearness(b) - nearness(a));
  for (const { term, clauseId, path, ownService } of nearestFirst) {
    const answer = countedAnswer(term.answerWithin ?? view.rulebook.profile.rules.answerWithin.value);
    const named: readonly (string | null)[] = term.services ?? (ownService === null ? services : [ownService]);
    for (const right of term.rights) {
      for (const service of named) {
        for (const region of term.regions ?? [null]) {
          const key = `${right}|${service ?? '*'}|${region ?? '*'}`;
          const verification = term.verification ?? 'session';
          if (!promised.has(key)) promised.set(key, { right, service, region, answer, verification, clauseId, path });
        }
      }
    }
  }
  return promised;
}

function nearness({ term, ownService }: SettingTerm<RightTerm>): number {
  if (ownService !== null) return 2;
  return term.services ? 1 : 0;
}

function rightChanges(before: SideView, after: SideView): Change[] {
  const named = [before, after].flatMap((view) =>
    termsOfType(view, 'right').flatMap(({ term }) => term.services ?? []),
  );
  const services = [...new Set([...servicesOf(before, after), ...named])];
  const [was, is] = [rightsOf(before, services), rightsOf(after, services)];
  const changes = [...is].flatMap(([key, promise]) => {
    const earlier = was.get(key);
    return earlier ? changedRight(earlier, promise) : [rightChange('right.added', promise)];
  });
  const removed = [...was].filter(([key]) => !is.has(key)).map(([, promise]) => rightChange('right.removed', promise));
  return [...changes, ...removed];
}

function changedRight(was: PromisedRight, is: PromisedRight): Change[] {
  const changes: Change[] = [];
  const [span, newSpan] = [answerSpanInDays(was.answer), answerSpanInDays(is.answer)];
  if (span !== newSpan) {
    const rule = newSpan > span ? 'right.timeLengthened' : 'right.timeShortened';
    changes.push({ ...rightChange(rule, is), before: answerTold(was.answer), after: answerTold(is.answer) });
  }
  if (was.verification !== is.verification) {
    const isHarder = verifications.indexOf(is.verification) > verifications.indexOf(was.verification);
    const words = { before: label('verification', was.verification), after: label('verification', is.verification) };
    changes.push({ ...rightChange(isHarder ? 'right.verificationHardened' : 'right.verificationEased', is), ...words });
  }
  return changes;
}

type RightRule =
  | 'right.added'
  | 'right.removed'
  | 'right.timeLengthened'
  | 'right.timeShortened'
  | 'right.verificationHardened'
  | 'right.verificationEased';

function rightChange(rule: RightRule, promise: PromisedRight): Change {
  return {
    rule,
    clauseId: promise.clauseId,
    path: promise.path,
    value: rightTold(promise),
    services: [promise.service],
  };
}

function rightTold({ right, region }: PromisedRight): Told {
  if (region === null) return label('right', right);
  return told(`${right} ${region}`, (locale) =>
    locale === 'en'
      ? `${labelOf('right', right, 'en')} (${region})`
      : `${labelOf('right', right, locale)}（${region}）`,
  );
}

function answerTold(answer: AnswerWithin): Told {
  return told(JSON.stringify(answer), (locale) => answerWords(answer, locale));
}

interface Protection extends At {
  readonly measure: string;
  readonly category: string;
}

function protectionsOf(view: SideView): ReadonlyMap<string, Protection> {
  return new Map(
    termsOfType(view, 'protection').flatMap(({ term, clauseId, path }) =>
      term.measures.flatMap((measure) =>
        expandCategories(term.categories ?? ['*'], view.categories).map(
          (category) => [`${measure}|${category}`, { measure, category, clauseId, path }] as const,
        ),
      ),
    ),
  );
}

function protectionChanges(before: SideView, after: SideView): Change[] {
  const [was, is] = [protectionsOf(before), protectionsOf(after)];
  const missingFrom =
    (others: ReadonlyMap<string, Protection>, rule: 'protection.added' | 'protection.removed') =>
    ([key, { measure, category, clauseId, path }]: [string, Protection]): Change[] =>
      others.has(key) ? [] : [{ rule, clauseId, path, value: label('measure', measure), categories: [category] }];
  return [
    ...[...is].flatMap(missingFrom(was, 'protection.added')),
    ...[...was].flatMap(missingFrom(is, 'protection.removed')),
  ];
}

/** What asks more is meant where less is asked: who may not use the service at all needs no guardian's consent. */
interface Ages extends At {
  readonly refused: number;
  readonly consent: number;
  readonly advice: number;
}

function agesOf(view: SideView): Ages {
  const terms = termsOfType(view, 'minors');
  const age = (requires: string) =>
    Math.max(0, ...terms.filter(({ term }) => term.requires === requires).map(({ term }) => term.under));
  const first = terms.find(({ term }) => term.requires === 'guardianConsent') ?? terms[0];
  const refused = age('notAllowed');
  return {
    refused,
    consent: Math.max(refused, age('guardianConsent')),
    advice: age('guardianAdvice'),
    clauseId: first?.clauseId ?? null,
    path: first?.path,
  };
}

function minorChanges(before: SideView, after: SideView): Change[] {
  const [was, is] = [agesOf(before), agesOf(after)];
  return [...refusedAgeChange(was, is), ...consentAgeChange(was, is), ...adviceAgeChange(was, is)];
}

function refusedAgeChange(was: Ages, is: Ages): Change[] {
  if (was.refused === is.refused) return [];
  const rule = is.refused < was.refused ? 'minors.ageLowered' : 'minors.ageRaised';
  const at = { clauseId: is.clauseId ?? was.clauseId, path: is.path };
  const [before, after] = [plain(was.refused), plain(is.refused)];
  return [{ rule, ...at, value: label('minorRequirement', 'notAllowed'), before, after }];
}

function consentAgeChange(was: Ages, is: Ages): Change[] {
  if (was.consent === is.consent) return [];
  const at = { clauseId: is.clauseId ?? was.clauseId, path: is.path };
  if (is.consent === 0 && is.advice >= was.consent) {
    return [
      {
        rule: 'minors.guardianConsentWeakened',
        ...at,
        before: plain(was.consent),
        after: label('minorRequirement', 'guardianAdvice'),
      },
    ];
  }
  const rule = is.consent < was.consent ? 'minors.ageLowered' : 'minors.ageRaised';
  return [
    {
      rule,
      ...at,
      value: label('minorRequirement', 'guardianConsent'),
      before: plain(was.consent),
      after: plain(is.consent),
    },
  ];
}

/** A guardian's consent does more than advice, so that only what neither covers any more is a lowering. */
function adviceAgeChange(was: Ages, is: Ages): Change[] {
  const [before, after] = [Math.max(was.advice, was.consent), Math.max(is.advice, is.consent)];
  if (before === after || was.advice === is.advice) return [];
  const rule = after < before ? 'minors.ageLowered' : 'minors.ageRaised';
  const at = { clauseId: is.clauseId ?? was.clauseId, path: is.path };
  return [
    { rule, ...at, value: label('minorRequirement', 'guardianAdvice'), before: plain(before), after: plain(after) },
  ];
}

type Notice = NoticeTerms & At;

/** As promised: below the profile's minimum a promise is still compared, though never fewer days are given. */
function noticeOf(view: SideView): Notice {
  const at = termsOfType(view, 'change')[0];
  const kept = noticeTermsOf(at?.term, view.rulebook.profile);
  return {
    ...kept,
    leadDays: at?.term.notice.leadDays ?? kept.leadDays,
    clauseId: at?.clauseId ?? null,
    path: at?.path,
  };
}

function noticeChanges(before: SideView, after: SideView): Change[] {
  const [was, is] = [noticeOf(before), noticeOf(after)];
  const at = { clauseId: is.clauseId ?? was.clauseId, path: is.path };
  const changes: Change[] = [];
  if (was.leadDays !== is.leadDays) {
    const rule = is.leadDays < was.leadDays ? 'change.leadShortened' : 'change.leadLengthened';
    changes.push({ rule, ...at, before: plain(was.leadDays), after: plain(is.leadDays) });
  }
  changes.push(...channelChanges(was, is).map((change) => ({ ...change, ...at })));
  return [...changes, ...acceptanceChange(was, is).map((change) => ({ ...change, ...at }))];
}

/** A list of one is a channel that is used in any case. */
type Promised = readonly NoticeChannel[];

function promisesOf({ channels, anyOf }: Notice): readonly Promised[] {
  return [...channels.map((channel) => [channel]), ...anyOf];
}

/** Whether whoever keeps these promises keeps that one, too: one of them leaves no other choice than it does. */
function isKept(promised: Promised, by: readonly Promised[]): boolean {
  return by.some((one) => one.every((channel) => promised.includes(channel)));
}

/** What is named no more or newly, and what is named still, and may now be replaced by another, or no longer. */
function channelChanges(was: Notice, is: Notice): Pick<Change, 'rule' | 'value'>[] {
  const [before, after] = [promisesOf(was), promisesOf(is)];
  const [named, stillNamed] = [new Set(before.flat()), new Set(after.flat())];
  const dropped = [...named].filter((channel) => !stillNamed.has(channel));
  const added = [...stillNamed].filter((channel) => !named.has(channel));
  const loosened = before.filter((one) => !isKept(one, after) && one.some((channel) => stillNamed.has(channel)));
  const assured = after.filter((one) => !isKept(one, before) && one.every((channel) => named.has(channel)));
  return [
    ...dropped.map((channel) => ({ rule: 'change.channelDropped' as const, value: label('channel', channel) })),
    ...loosened.map((one) => ({ rule: 'change.channelLoosened' as const, value: promisedTold(one) })),
    ...added.map((channel) => ({ rule: 'change.channelAdded' as const, value: label('channel', channel) })),
    ...assured.map((one) => ({ rule: 'change.channelAssured' as const, value: promisedTold(one) })),
  ];
}

function promisedTold(channels: Promised): Told {
  return told(channels.join('|'), (locale) => {
    const words = channels.map((channel) => labelOf('channel', channel, locale));
    return words.length > 1 ? choiceWords(words, locale) : (words[0] ?? '');
  });
}

function acceptanceChange(was: Notice, is: Notice): Change[] {
  if (was.acceptance === is.acceptance) return [];
  const isEasier = acceptanceModes.indexOf(is.acceptance) > acceptanceModes.indexOf(was.acceptance);
  const words = { before: label('acceptance', was.acceptance), after: label('acceptance', is.acceptance) };
  return [
    { rule: isEasier ? 'change.acceptanceEased' : 'change.acceptanceTightened', clauseId: is.clauseId, ...words },
  ];
}

function exclusionsOf(view: SideView): ReadonlyMap<string, At & { scope: string; slug: string }> {
  return new Map(
    termsOfType(view, 'exclusion').flatMap(({ term, clauseId, path }) =>
      (term.thirdPartyServices ?? ['*']).map(
        (slug) => [`${term.scope}|${slug}`, { scope: term.scope, slug, clauseId, path }] as const,
      ),
    ),
  );
}

function exclusionChanges(before: SideView, after: SideView): Change[] {
  const [was, is] = [exclusionsOf(before), exclusionsOf(after)];
  const missingFrom =
    (others: ReturnType<typeof exclusionsOf>, rule: 'exclusion.added' | 'exclusion.removed') =>
    ([key, { scope, slug, clauseId, path }]: [string, At & { scope: string; slug: string }]): Change[] =>
      others.has(key) || others.has(`${scope}|*`) ? [] : [{ rule, clauseId, path, value: scopeWords(scope, slug) }];
  return [
    ...[...is].flatMap(missingFrom(was, 'exclusion.added')),
    ...[...was].flatMap(missingFrom(is, 'exclusion.removed')),
  ];
}

function scopeWords(scope: string, slug: string): Told {
  return told(slug === '*' ? scope : `${scope}:${slug}`, (locale) => {
    const words = labelOf('scope', scope, locale);
    return slug === '*' ? words : locale === 'en' ? `${words} (${slug})` : `${words}（${slug}）`;
  });
}

function label(group: LabelGroup, code: string): Told {
  return told(code, (locale) => labelOf(group, code, locale));
}
