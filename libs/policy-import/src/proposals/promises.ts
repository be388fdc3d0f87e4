import type { Context } from './context.js';
import { codes, single, type Draft, type Member, type Words } from './draft.js';
import { countedIn, periodOf, type Counted } from './quantities.js';
import { codesOf, hasAct, ofKind, type Said } from './said.js';

/** A place of a number in the paragraph. */
function wordsOf(said: Said, { start, end }: Counted): Words {
  return { start: start + said.start, end: end + said.start, paragraph: said.paragraph };
}

/** How long something is kept; one draft for each part of the sentence that names a length of its own. */
export function retentionsIn(said: Said, { sections, lead }: Context): Draft[] {
  if (lead?.isDenied || !hasAct(said, 'retention')) return [];
  return partsOf(said).flatMap((part) => {
    const events = ofKind(part, 'event');
    const length = countedIn(part.text).find((one) => periodOf(one) !== null);
    const outcome = single('then', ofKind(part, 'outcome'));
    const saysHow = events.length > 0 || length !== undefined || (sections.has('retention') && outcome.length > 0);
    if (!saysHow || (hasAct(part, 'right') && !sections.has('retention')) || sections.has('right')) return [];
    const until = length === undefined ? single('until', events) : [];
    const period: Member[] =
      length === undefined || events.length > 0
        ? []
        : [{ field: 'period', value: periodOf(length), found: [wordsOf(part, length)] }];
    return [{ said, type: 'retention', members: [...keptIn(part, lead), ...period, ...until, ...outcome] } as Draft];
  });
}

function keptIn(part: Said, lead: Context['lead']): Member[] {
  const own = ofKind(part, 'category');
  if (own.length > 0) return codes('categories', own);
  const above = lead?.found.filter(({ kind }) => kind === 'category') ?? [];
  if (above.length > 0) return codes('categories', above);
  const generic = ofKind(part, 'generic').filter(({ end, start }) => end - start > 2);
  return generic.length === 0 ? [] : [{ field: 'categories', value: ['*'], found: generic }];
}

/** The parts of a sentence between commas, where more than one names a length of time. */
function partsOf(said: Said): Said[] {
  const cuts = [...said.text.matchAll(/[，,](?!\d{3})/g)].map(({ index }) => index + 1);
  const edges = [0, ...cuts, said.text.length];
  const parts = edges.slice(1).map((end, index): Said => {
    const start = edges[index] ?? 0;
    const isWithin = (one: { start: number; end: number }) =>
      one.start >= said.start + start && one.end <= said.start + end;
    return {
      ...said,
      start: said.start + start,
      end: said.start + end,
      text: said.text.slice(start, end),
      found: said.found.filter(isWithin),
    };
  });
  const timed = parts.filter(
    (part) => ofKind(part, 'event').length > 0 || countedIn(part.text).some((one) => periodOf(one) !== null),
  );
  return timed.length > 1 && timed.every((part) => ofKind(part, 'category').length > 0) ? timed : [said];
}

/** Rights that are meant also where a clause is about something else; to see or change something need be none. */
const certainRights = new Set(['deletion', 'withdrawal', 'accountClosure', 'complaint', 'objection']);

/** What people may ask for, and how soon they are answered. */
export function rightsIn(said: Said, { sections }: Context): Draft[] {
  const found = ofKind(said, 'right').filter(({ code }) => sections.has('right') || certainRights.has(code));
  if (found.length === 0 || !hasAct(said, 'right')) return [];
  const answer = answerIn(said);
  return [
    {
      said,
      type: 'right',
      members: [...codes('rights', found), ...answer, ...verificationIn(said), ...regionsIn(said)],
    },
  ];
}

/** An answer that is promised, or a proof that is asked, in a sentence of its own belongs to the rights before it. */
export function withAnswer(drafts: readonly Draft[], said: Said, { sections }: Context): Draft[] {
  if (!sections.has('right') || hasAct(said, 'right')) return [...drafts];
  const more = [...answerIn(said), ...verificationIn(said)];
  return drafts.map((draft) => {
    if (draft.type !== 'right') return draft;
    const missing = more.filter(({ field }) => !draft.members.some((member) => member.field === field));
    return { ...draft, members: [...draft.members, ...missing] };
  });
}

function answerIn(said: Said): Member[] {
  if (!/答复|回复|响应|处理|完成|反馈|answer|respond|repl|within/iu.test(said.text)) return [];
  const length = countedIn(said.text).find(
    ({ unit }) => unit === 'workingDays' || unit === 'days' || unit === 'months',
  );
  if (!length) return [];
  const unit = length.unit === 'days' ? 'calendarDays' : length.unit;
  return [{ field: 'answerWithin', value: { [unit]: length.count }, found: [wordsOf(said, length)] }];
}

function verificationIn(said: Said): Member[] {
  const found = ofKind(said, 'verification');
  const hardest = ['evidence', 'stepUp', 'session'].find((code) => found.some((one) => one.code === code));
  return hardest === undefined
    ? []
    : [{ field: 'verification', value: hardest, found: found.filter(({ code }) => code === hardest) }];
}

const residences: readonly { readonly words: RegExp; readonly region: string }[] = [
  { words: /\b(?:in|of) California\b|加利福尼亚|加州/iu, region: 'US-CA' },
  { words: /\b(?:in|of) (?:the )?(?:United Kingdom|UK)\b|英国/u, region: 'GB' },
  { words: /\b(?:in|of) Switzerland\b|瑞士/u, region: 'CH' },
  { words: /\b(?:in|of) Brazil\b|巴西/u, region: 'BR' },
];

/** Whose right it is, where a sentence says where they live. */
function regionsIn(said: Said): Member[] {
  if (!/\b(?:live|resident|reside|residing|located)\b|居住|居民|位于/iu.test(said.text)) return [];
  const places = residences.flatMap(({ words, region }) => {
    const match = words.exec(said.text);
    return match ? [{ region, start: said.start + match.index, end: said.start + match.index + match[0].length }] : [];
  });
  if (places.length === 0) return [];
  const found = places.map(({ start, end }) => ({ start, end, paragraph: said.paragraph }));
  return [{ field: 'regions', value: places.map(({ region }) => region), found }];
}

/** Measures that only a clause about protection means as such: elsewhere they are purposes. */
const alsoPurposes = new Set([
  'backup',
  'auditTrail',
  'minimisation',
  'contractualSafeguards',
  'incidentResponse',
  'staffTraining',
]);

export function protectionsIn(said: Said, { sections, lead }: Context): Draft[] {
  const isAbout = sections.has('protection');
  const found = ofKind(said, 'measure').filter(({ code }) => isAbout || !alsoPurposes.has(code));
  if (found.length === 0 || lead?.isDenied) return [];
  return [
    {
      said,
      type: 'protection',
      members: [...codes('measures', found), ...codes('categories', ofKind(said, 'category'))],
    },
  ];
}

/** What is asked where somebody is younger than an age. */
export function minorsIn(said: Said, { sections }: Context, before: readonly Draft[]): Draft[] {
  const found = ofKind(said, 'minor');
  const ages = countedIn(said.text).filter(({ unit, count }) => unit === 'age' && count <= 21);
  const isAbout = sections.has('minors') || /未成年|儿童|children|minors|child\b|parent|guardian/iu.test(said.text);
  if (!isAbout || (found.length === 0 && !(ages.length > 0 && said.isDenied))) return [];
  const [age] = ages;
  const under: Member[] = age
    ? [{ field: 'under', value: age.count, found: [wordsOf(said, age)] }]
    : ageBefore(said, before);
  return [{ said, type: 'minors', members: [...under, ...single('requires', found)] }];
}

/** A sentence that names no age goes on about the one before it in the paragraph. */
function ageBefore(said: Said, before: readonly Draft[]): Member[] {
  const last = before.findLast(({ type, said: { paragraph } }) => type === 'minors' && paragraph === said.paragraph);
  return last?.members.filter(({ field }) => field === 'under') ?? [];
}

export function exclusionsIn(said: Said, { lead }: Context): Draft[] {
  if (lead?.type !== 'exclusion' && !hasAct(said, 'exclusion')) return [];
  const found = ofKind(said, 'scope');
  const advertising = found.filter(({ code }) => code === 'advertisingCompanies');
  return found.length === 0
    ? []
    : [{ said, type: 'exclusion', members: single('scope', advertising.length > 0 ? advertising : found) }];
}

/** How a change is told and accepted; what several sentences of a clause say makes one term. */
export function changesIn(said: Said, { sections }: Context, before: readonly Draft[]): Draft[] {
  if (!sections.has('change') && !hasAct(said, 'change')) return [...before];
  const days = countedIn(said.text).find(({ unit }) => unit === 'days' || unit === 'months');
  const isAhead = /提前|之前|前|before|advance|prior|ahead/iu.test(said.text);
  const leadDays: Member[] =
    days && isAhead
      ? [
          {
            field: 'notice.leadDays',
            value: days.unit === 'months' ? days.count * 30 : days.count,
            found: [wordsOf(said, days)],
          },
        ]
      : [];
  const acceptance = single('acceptance', ofKind(said, 'acceptance'));
  const members = [...leadDays, ...channelsIn(said), ...acceptance];
  if (members.length === 0) return [...before];
  const first = before.find(({ type }) => type === 'change');
  if (!first) return [...before, { said, type: 'change', members }];
  const missing = members.filter(({ field }) => !first.members.some((member) => member.field === field));
  return before.map((draft) => (draft === first ? { ...draft, members: [...draft.members, ...missing] } : draft));
}

/** Channels all of which are promised, or one of several: `by e-mail or on the website`. */
function channelsIn(said: Said): Member[] {
  const found = ofKind(said, 'channel');
  const [each, ...more] = codesOf(found);
  const isOneOf = found.some(({ end }, index) => {
    const next = found[index + 1];
    return next !== undefined && /或|\bor\b/iu.test(said.text.slice(end - said.start, next.start - said.start));
  });
  if (each === undefined) return [];
  return [
    {
      field: 'notice.channels',
      value: isOneOf && more.length > 0 ? [{ anyOf: [each, ...more] }] : [each, ...more],
      found,
    },
  ];
}
