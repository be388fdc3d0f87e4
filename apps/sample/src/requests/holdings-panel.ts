import { button, element } from '../dom.js';
import { locale, t } from '../texts.js';
import { attempt, problemLine } from './forms.js';
import type { Holding, RequestBook } from './request-book.js';
import { dayOf } from './request-words.js';

type Row = Awaited<ReturnType<RequestBook['rows']>>['items'][number];
type Clause = Row['grounds'][number] | Holding['clauses'][number];

/** What is held, why and until when: kind by kind, and record by record where somebody looks. */
export async function holdingsPanel(book: RequestBook): Promise<readonly Node[]> {
  const { items, devices } = await book.holdings();
  const own = items.filter(({ name }) => name !== null);
  return [
    element('p', { class: 'hint' }, t('holdings.hint')),
    element('div', { class: 'row' }, link('#after-death', t('afterDeath.title'))),
    element('ul', { class: 'lines panel' }, ...own.map((one) => kindLine(book, one))),
    devices.length > 0 ? element('p', { class: 'hint' }, t('holdings.devices', { count: devices.length })) : null,
  ].filter((one) => one !== null);
}

function kindLine(book: RequestBook, holding: Holding): HTMLElement {
  const { category, name, count, since, purposes, clauses } = holding;
  const called = name?.[locale()] ?? '';
  const forWhat = purposes
    .map((one) => one.name?.[locale()] ?? '')
    .filter(Boolean)
    .join(t('comma'));
  return element(
    'li',
    {},
    element('strong', {}, called),
    ' ',
    t('holdings.count', { count }),
    since && element('small', {}, t('holdings.since'), ' ', dayOf(since)),
    element('small', {}, ...keptUntil(holding)),
    forWhat === '' ? null : element('small', {}, t('holdings.for', { purposes: forWhat })),
    clauses.length > 0 ? element('small', {}, ...clauses.flatMap((clause) => [clauseLink(clause), ' '])) : null,
    rowsOf(book, category, called),
    element(
      'div',
      { class: 'row' },
      link(`#requests/new?kind=correction&category=${category}`, t('holdings.correct', { kind: called })),
      link(`#requests/new?kind=deletion&category=${category}`, t('holdings.delete', { kind: called })),
    ),
  );
}

function keptUntil({ until, openEnded, retention }: Holding): (Node | string)[] {
  if (until !== null) return [t('holdings.until'), ' ', dayOf(until)];
  const event = retention.find((one) => one.until !== null)?.until;
  if (event) return [t(`holdings.event.${event}`)];
  return openEnded ? [t('holdings.open')] : [];
}

/** Record by record, read when somebody opens it. */
function rowsOf(book: RequestBook, category: string, called: string): HTMLElement {
  const rows = element('ol', { class: 'lines' });
  const problem = problemLine();
  const more = button(t('more'), () => void read());
  let cursor: string | null = null;
  const read = (): Promise<void> =>
    attempt(problem, async () => {
      const page = await book.rows(category, cursor);
      cursor = page.nextCursor;
      rows.append(...page.items.map(rowLine));
      more.hidden = cursor === null;
    });
  const details = element(
    'details',
    { on: { toggle: () => details.open && rows.childElementCount === 0 && void read() } },
    element('summary', {}, t('holdings.rows', { kind: called })),
    rows,
    problem,
    more,
  );
  return details;
}

function rowLine({ at, dueAt, grounds }: Row): HTMLElement {
  const why = grounds.flatMap((one) => [one.purpose.name?.[locale()] ?? '', ' ', clauseLink(one), ' ']);
  return element(
    'li',
    {},
    dayOf(at),
    dueAt && element('small', {}, t('holdings.until'), ' ', dayOf(dueAt)),
    element('small', {}, ...(why.length > 0 ? why : [t('holdings.noGround')])),
  );
}

function clauseLink({ policy, revision, clauseId, heading }: Clause): HTMLElement {
  return element(
    'a',
    { attributes: { href: `/policies/${policy}/${revision}#c-${clauseId}`, target: '_blank' } },
    t('holdings.clause', { clause: heading?.[locale()] ?? policy }),
  );
}

function link(href: string, text: string): HTMLElement {
  return element('a', { class: 'button', attributes: { href } }, text);
}
