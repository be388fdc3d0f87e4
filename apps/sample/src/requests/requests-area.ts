import { button, element } from '../dom.js';
import { t, type TextKey } from '../texts.js';
import { afterDeathPanel } from './after-death-panel.js';
import { askForm, startOf } from './ask-form.js';
import { attempt, problemLine } from './forms.js';
import { holdingsPanel } from './holdings-panel.js';
import { own, type OwnRequest, type RequestBook, type RequestLine, type Whose } from './request-book.js';
import { requestView } from './request-view.js';
import { dayOf, stateBadge, timeLeft } from './request-words.js';

/** The pages of requests, each at a fragment of its own: `#requests`, `#requests/new`, `#requests/{id}`, `#holdings`, `#after-death`. */
export class RequestsArea {
  readonly node = element('main', { class: 'area' });
  private said: TextKey | null = null;

  constructor(private readonly book: RequestBook) {}

  static covers(fragment: string): boolean {
    return /^#(requests|holdings|after-death)\b/.test(fragment);
  }

  /** Shows the page that a fragment names, and puts the focus on its heading. */
  async show(fragment: string): Promise<void> {
    const [path = '', query = ''] = fragment.slice(1).split('?');
    const [, id] = path.split('/');
    const { title, read } = this.pageAt(path, { id: id ?? '', query });
    const heading = element('h2', { attributes: { tabindex: '-1' } }, t(title));
    const body = element('div', { class: 'fields' }, element('p', { class: 'hint' }, t('reading')));
    const problem = problemLine();
    this.node.replaceChildren(this.status(), heading, problem, body);
    heading.focus();
    await attempt(problem, async () => body.replaceChildren(...(await read(heading))));
    if (problem.textContent) body.replaceChildren(button(t('readAgain'), () => void this.show(fragment)));
  }

  private pageAt(
    path: string,
    { id, query }: { id: string; query: string },
  ): { title: TextKey; read: (heading: HTMLElement) => Promise<readonly Node[]> } {
    if (path === 'holdings') return { title: 'holdings.title', read: () => holdingsPanel(this.book) };
    if (path === 'after-death') return { title: 'afterDeath.title', read: () => this.afterDeath(path) };
    if (id === '') return { title: this.titleOfList(), read: () => this.list() };
    if (id === 'new') return { title: 'ask.title', read: () => this.ask(query) };
    return { title: 'request.title', read: (heading) => this.one(id, heading) };
  }

  private titleOfList(): TextKey {
    return `requests.${this.book.whose.kind}`;
  }

  /** What was just done, said once and to screen readers too. */
  private status(): HTMLElement {
    const status = element('p', { class: 'said', attributes: { role: 'status' } });
    const { said } = this;
    this.said = null;
    if (said) queueMicrotask(() => (status.textContent = t(said)));
    return status;
  }

  private async ask(query: string): Promise<readonly Node[]> {
    const form = await askForm(this.book, startOf(query), (made) => {
      this.said = made.state === 'awaitingIdentity' ? 'done.askedWithCode' : 'done.asked';
      location.hash = `#requests/${made.id}`;
    });
    return [backToList(), form];
  }

  private async one(id: string, heading: HTMLElement): Promise<readonly Node[]> {
    const request = await this.book.find(id);
    heading.textContent = t(`kind.${request.type}`);
    const onDone = (after: OwnRequest, said: TextKey): void => {
      this.said = said;
      if (after.id === id) void this.show(`#requests/${id}`);
      else location.hash = `#requests/${after.id}`;
    };
    const again = button(t('readAgain'), () => void this.show(`#requests/${id}`));
    const way = element('div', { class: 'row' }, backToList(), again);
    return [way, ...requestView({ book: this.book, request, onDone })];
  }

  private afterDeath(path: string): Promise<readonly Node[]> {
    return afterDeathPanel(this.book, () => {
      this.said = 'done.arranged';
      void this.show(`#${path}`);
    });
  }

  private async list(): Promise<readonly Node[]> {
    const [everybody, first] = await Promise.all([this.book.everybody(), this.book.list(null)]);
    const lines = element('ul', { class: 'lines panel' });
    const problem = problemLine();
    let cursor = first.nextCursor;
    const more = button(
      t('more'),
      () =>
        void attempt(problem, async () => {
          const page = await this.book.list(cursor);
          cursor = page.nextCursor;
          lines.append(...page.items.map(requestLine));
          more.hidden = cursor === null;
        }),
    );
    lines.append(...first.items.map(requestLine));
    more.hidden = cursor === null;
    return [
      element('p', { class: 'hint' }, t('requests.hint')),
      ...(everybody.length > 1 ? [this.whoseChoice(everybody)] : []),
      element(
        'div',
        { class: 'row' },
        element('a', { class: 'button primary', attributes: { href: '#requests/new' } }, t('ask.title')),
      ),
      first.items.length > 0 ? lines : element('p', {}, t('requests.none')),
      more,
      problem,
    ];
  }

  /** For themselves, a child of theirs, or an enterprise that they act for. */
  private whoseChoice(everybody: readonly Whose[]): HTMLElement {
    const options = everybody.map((one, index) =>
      element('option', { attributes: { value: String(index) } }, t(`whose.${one.kind}`, { name: one.name })),
    );
    const select = element(
      'select',
      {
        attributes: { id: 'whose' },
        on: {
          change: () => {
            this.book.whose = everybody[Number(select.value)] ?? own;
            void this.show('#requests');
          },
        },
      },
      ...options,
    );
    select.value = String(everybody.findIndex(({ id }) => id === this.book.whose.id));
    return element('div', { class: 'asked' }, element('label', { attributes: { for: 'whose' } }, t('whose')), select);
  }
}

function requestLine(line: RequestLine): HTMLElement {
  return element(
    'li',
    {},
    element('a', { attributes: { href: `#requests/${line.id}` } }, t(`kind.${line.type}`)),
    ' ',
    stateBadge(line),
    element('small', {}, line.number, ' · ', t('asked'), ' ', dayOf(line.openedAt)),
    element(
      'small',
      {},
      timeLeft(line),
      line.dueAt && line.state !== 'closed'
        ? element('span', {}, ' · ', t('answeredBy'), ' ', dayOf(line.dueAt))
        : null,
    ),
  );
}

function backToList(): HTMLElement {
  return element('a', { attributes: { href: '#requests' } }, t('backToList'));
}
