import { element } from '../dom.js';
import { t, type TextKey } from '../texts.js';
import {
  appealForm,
  cancelButton,
  codeForm,
  packagePart,
  part,
  replyForm,
  waiveButton,
  type Acting,
} from './request-acts.js';
import type { OwnRequest } from './request-book.js';
import { dayOf, keeperName, kindName, stateBadge, timeLeft, timeOf, wordFor } from './request-words.js';

type Decision = OwnRequest['decisions'][number];

/** One request: how it stands, what can be done now, what was decided, and everything that happened. */
export function requestView(acting: Acting): readonly Node[] {
  const { request } = acting;
  const isGuardians = request.askedByGuardian && acting.book.whose.kind === 'own';
  const parts = [
    facts(request),
    ...(isGuardians ? [element('p', { class: 'hint' }, t('askedByGuardian'))] : now(acting)),
    isGuardians ? null : answered(request),
    decided(request),
    keepers(request),
    deadline(request),
    history(request),
  ];
  return parts.filter((one) => one !== null);
}

/** What stands to be done, the most pressing first. */
function now(acting: Acting): (HTMLElement | null)[] {
  const { state, outcome } = acting.request;
  const isOver = state === 'closed' || state === 'lapsed' || state === 'cancelled';
  return [
    state === 'awaitingIdentity' ? codeForm(acting) : null,
    state === 'awaitingSubject' ? replyForm(acting) : null,
    state === 'waiting' ? waiting(acting) : null,
    packagePart(acting),
    state === 'closed' && outcome !== null && outcome !== 'granted' ? appealForm(acting) : null,
    state === 'open' || state === 'awaitingSecond' ? replyForm(acting) : null,
    isOver || state === 'fulfilling' || state === 'waiting' ? null : cancelButton(acting),
  ];
}

function facts(request: OwnRequest): HTMLElement {
  const { categories, corrections, purpose, target, text, files = [] } = request;
  const wanted = corrections.map(({ category, value }) =>
    element('div', {}, t('correctTo', { kind: kindName(request, category), value })),
  );
  const lines: readonly (readonly [TextKey, readonly (Node | string)[] | null])[] = [
    ['fact.state', [stateBadge(request), ' ', timeLeft(request)]],
    ['fact.next', [t(`next.${request.state}`)]],
    ['fact.number', [request.number]],
    ['fact.asked', [dayOf(request.openedAt)]],
    ['fact.due', request.dueAt && request.state !== 'closed' ? [dayOf(request.dueAt)] : null],
    ['fact.about', wanted.length > 0 ? wanted : aboutOf(request, categories)],
    ['fact.purpose', purpose === null ? null : [kindName(request, purpose)]],
    ['fact.target', target === null ? null : [target]],
    ['fact.words', text === null ? null : [text]],
    ['fact.files', files.length === 0 ? null : [files.join(t('comma'))]],
  ];
  const rows = lines.map(
    ([name, value]) => value && element('div', {}, element('dt', {}, t(name)), element('dd', {}, ...value)),
  );
  return element('dl', { class: 'facts panel' }, ...rows);
}

function aboutOf(request: OwnRequest, categories: readonly string[]): string[] | null {
  if (categories.length === 0) return request.isAboutHeldData ? [t('everything')] : null;
  return [categories.map((code) => kindName(request, code)).join(t('comma'))];
}

/** What will go when the wait is over, what stays and why; and the two ways out. */
function waiting(acting: Acting): HTMLElement {
  const { request, book } = acting;
  const going = request.decisions.filter(({ outcome }) => outcome === 'grant');
  const staying = request.decisions.filter(({ outcome }) => outcome !== 'grant');
  return part(
    'waiting.title',
    element('p', {}, t('waiting.until'), ' ', request.waitingUntil ? timeOf(request.waitingUntil) : ''),
    element('h4', {}, t('waiting.going')),
    going.length === 0 ? element('p', {}, t('waiting.nothing')) : list(going.map((one) => heldLine(request, one))),
    staying.length > 0 ? element('h4', {}, t('waiting.staying')) : null,
    staying.length > 0 ? list(staying.map((one) => decisionLine(request, one))) : null,
    element('div', { class: 'row' }, cancelButton(acting), book.whose.kind === 'ward' ? null : waiveButton(acting)),
  );
}

function answered({ answer, timeline, state }: OwnRequest): HTMLElement | null {
  if (answer !== null) return part('answer.title', element('p', { class: 'said' }, answer));
  const isClosed = state === 'closed' && timeline.some(({ act }) => act === 'closed');
  return isClosed ? part('answer.title', element('p', { class: 'hint' }, t('answer.none'))) : null;
}

function decided(request: OwnRequest): HTMLElement | null {
  if (request.decisions.length === 0 || request.state === 'waiting') return null;
  return part('decided.title', list(request.decisions.map((one) => decisionLine(request, one))));
}

function heldLine(request: OwnRequest, { category, holder, count }: Decision): HTMLElement {
  const kind = element('strong', {}, kindName(request, category));
  return element('li', {}, kind, ' ', t('heldBy', { holder: keeperName(request, holder), count }));
}

/** What was decided of a kind of data, on which ground and until when. */
function decisionLine(request: OwnRequest, decision: Decision): HTMLElement {
  const { outcome, ground, article, reason, until } = decision;
  const line = heldLine(request, decision);
  line.append(' ', element('span', { class: `badge decision-${outcome}` }, t(`decision.${outcome}`)));
  const because = [ground && wordFor('ground', ground, 'ground.other'), article, reason]
    .filter(Boolean)
    .join(t('comma'));
  if (because) line.append(element('small', {}, t('because', { why: because })));
  if (until) line.append(element('small', {}, t('until'), ' ', dayOf(until)));
  return line;
}

/** Who has done it already, and who has not. */
function keepers(request: OwnRequest): HTMLElement | null {
  if (request.holders.length === 0 || request.outcome === 'refused' || request.decisions.length === 0) return null;
  const round = Math.max(...request.holders.map((one) => one.round));
  const current = request.holders.filter((one) => one.round === round);
  const lines = current.map(({ name, outcome, counts, acknowledgedAt }) => {
    const count = counts.reduce((sum, one) => sum + one.count, 0);
    const isBegun = outcome !== null || request.state === 'fulfilling';
    const words = outcome ? wordFor('keeper', outcome, 'keeper.other') : t(isBegun ? 'keeper.asked' : 'keeper.later');
    return element(
      'li',
      {},
      element('strong', {}, keeperName(request, name)),
      ' ',
      words,
      count > 0 ? t('keeper.count', { count }) : null,
      acknowledgedAt && element('small', {}, timeOf(acknowledgedAt)),
    );
  });
  return element('details', { class: 'panel' }, element('summary', {}, t('keepers.title')), list(lines));
}

/** Each step that the deadline follows from. */
function deadline({ clock, dueAt }: OwnRequest): HTMLElement | null {
  if (dueAt === null) return null;
  const steps = clock.trace.map(({ from, to, days, article }) =>
    element('li', {}, t('deadline.step', { from, to, days, article })),
  );
  return element(
    'details',
    { class: 'panel' },
    element('summary', {}, t('deadline.title')),
    element('ol', {}, ...steps),
    clock.provisional ? element('p', { class: 'hint' }, t('deadline.provisional')) : null,
  );
}

function history(request: OwnRequest): HTMLElement {
  const steps = request.timeline.map(({ at, act, by, person, text }) =>
    element(
      'li',
      {},
      timeOf(at),
      ' ',
      element('strong', {}, wordFor('act', act, 'act.other')),
      ' ',
      element('span', { class: 'hint' }, person ?? wordFor('by', by, 'by.operator')),
      text === null ? null : element('p', { class: 'said' }, text),
    ),
  );
  return part('history.title', element('ol', { class: 'lines' }, ...steps));
}

function list(lines: readonly HTMLElement[]): HTMLElement {
  return element('ul', { class: 'lines' }, ...lines);
}
