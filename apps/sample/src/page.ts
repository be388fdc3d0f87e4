import { acts } from './acts.js';
import { choicesPanel } from './choices-panel.js';
import type { PersonStore } from './person-store.js';
import { button, element, replaceKeepingFocus, toggle } from './dom.js';
import { sentenceOf, type Entry, type Journal } from './journal.js';
import { locale, t } from './texts.js';

/** The page of somebody who is signed in. */
export class Page {
  readonly node: HTMLElement;
  private readonly choices = element('div');
  private readonly positioning = element('div');
  private readonly status = element('dl', { class: 'status' });
  private readonly entries = element('ol', { class: 'journal' });
  private isUnnamed = false;

  constructor(
    private readonly person: PersonStore,
    private readonly journal: Journal,
  ) {
    this.node = element(
      'main',
      { class: 'columns' },
      element(
        'div',
        {},
        panel(
          'choices',
          t('choicesHint'),
          this.choices,
          button(t('readAgain'), () => void person.read(), { attributes: { id: 'read-again' } }),
        ),
      ),
      element('div', {}, this.acting(), panel('positioning', t('positioningHint'), this.positioning), this.happened()),
    );
    this.update();
  }

  /** Shows what is known now; what has the focus keeps it. */
  update(): void {
    const { person, journal } = this;
    replaceKeepingFocus(this.choices, ...choicesPanel(person));
    replaceKeepingFocus(
      this.positioning,
      toggle(t('positioningOn'), {
        id: 'positioning-on',
        isOn: person.isPositioningOn,
        turn: (on) => void person.turnPositioning(on),
      }),
      button(t('sendPosition'), () => void person.sendPosition(), { attributes: { id: 'send-position' } }),
    );
    const { accepted, refused, dropped } = journal.totals;
    const figures = [
      ['waiting', person.waiting],
      ['accepted', accepted],
      ['refused', refused],
      ['dropped', dropped],
    ] as const;
    this.status.replaceChildren(
      ...figures.map(([name, count]) =>
        element(
          'div',
          {},
          element('dt', {}, t(name)),
          element('dd', { attributes: { 'data-figure': name } }, String(count)),
        ),
      ),
    );
  }

  /** Puts what has just happened on top. */
  tell(entry: Entry): void {
    this.entries.prepend(line(entry));
    this.update();
  }

  private acting(): HTMLElement {
    const buttons = acts.map((act) =>
      button(t(act.name), () => void this.person.act(act, { isUnnamed: this.isUnnamed })),
    );
    const unnamed = toggle(t('unnamed'), {
      id: 'unnamed',
      isOn: false,
      turn: (on) => (this.isUnnamed = on),
      hint: t('unnamedHint'),
    });
    return panel('acts', t('actsHint'), element('div', { class: 'row' }, ...buttons), unnamed);
  }

  private happened(): HTMLElement {
    this.entries.append(...this.journal.entries.map(line));
    const log = element(
      'div',
      { class: 'scroll', attributes: { role: 'log', tabindex: '0', 'aria-label': t('journal') } },
      this.entries,
      element('p', { class: 'hint empty' }, t('nothingYet')),
    );
    return panel(
      'journal',
      null,
      this.status,
      button(t('sendNow'), () => void this.person.sendNow()),
      log,
    );
  }
}

function panel(
  title: 'choices' | 'acts' | 'positioning' | 'journal',
  hint: string | null,
  ...children: readonly Node[]
): HTMLElement {
  return element(
    'section',
    { class: 'panel', attributes: { 'aria-labelledby': `title-${title}` } },
    element('h2', { attributes: { id: `title-${title}` } }, t(title)),
    hint === null ? null : element('p', { class: 'hint' }, hint),
    ...children,
  );
}

function line(entry: Entry): HTMLElement {
  const at = new Date(entry.at);
  const time = element('time', { attributes: { datetime: at.toISOString() } }, at.toLocaleTimeString(locale()));
  return element('li', { class: entry.tone }, time, ' ', sentenceOf(entry));
}
