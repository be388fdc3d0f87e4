import { element } from '../dom.js';
import { locale, t } from '../texts.js';
import { actingForm, InWords, labelled, refusalWords, wordsField } from './forms.js';
import type { Holding, OwnRequest, RequestBook, Wanted } from './request-book.js';

type Kind = Wanted['type'];

/** In the order in which people ask for them. */
const kinds: readonly Kind[] = [
  'access',
  'portability',
  'correction',
  'deletion',
  'restriction',
  'objection',
  'accountClosure',
  'explanation',
  'inquiry',
  'complaint',
  'transfer',
];
const aboutKinds: readonly Kind[] = ['access', 'portability', 'deletion', 'restriction', 'explanation', 'transfer'];
/** What nobody who only found a session open may ask: the password goes with it. */
const withPassword: readonly Kind[] = ['accountClosure'];
const inWords: readonly Kind[] = ['explanation', 'inquiry', 'complaint'];

/** What the form begins with, where another page led to it. */
export interface Start {
  readonly kind: Kind;
  readonly category: string;
}

export function startOf(query: string): Start {
  const given = new URLSearchParams(query);
  const kind = kinds.find((one) => one === given.get('kind')) ?? 'access';
  return { kind, category: given.get('category') ?? '' };
}

interface Choosing {
  readonly holdings: readonly Holding[];
  readonly purposes: readonly { readonly code: string; readonly name: Holding['name'] }[];
  readonly start: Start;
}

/** Asks for anything that somebody may ask about data: what each kind means, and what follows. */
export async function askForm(
  book: RequestBook,
  start: Start,
  onAsked: (made: OwnRequest) => void,
): Promise<HTMLElement> {
  const [{ items }, purposes] = await Promise.all([book.holdings(), book.purposes()]);
  const held = items.filter(({ name }) => name !== null);
  return form(book, { holdings: held, purposes, start }, onAsked);
}

function form(book: RequestBook, choosing: Choosing, onAsked: (made: OwnRequest) => void): HTMLElement {
  const part = element('div', { class: 'fields' });
  const files = filesField(book);
  const words = wordsField('ask.words', 'words', { hint: 'ask.wordsHint', rows: 5 });
  const secret = passwordField();
  let chosen: Chosen = fieldsFor(choosing.start.kind, choosing);
  const choose = (kind: Kind): void => {
    chosen = fieldsFor(kind, choosing);
    part.replaceChildren(...chosen.nodes);
    words.input.required = inWords.includes(kind);
    secret.node.hidden = !needsPassword(kind, book.whose);
  };
  choose(choosing.start.kind);
  const ask = async (): Promise<void> => {
    const text = words.input.value.trim();
    const attachmentIds = await files.uploaded();
    const proof = secret.input.value && !secret.node.hidden ? { secondProof: { password: secret.input.value } } : {};
    onAsked(await book.ask({ ...chosen.wanted(), ...(text && { text }), ...proof, attachmentIds }));
  };
  const about = book.whose.kind === 'own' ? null : t('ask.for', { name: book.whose.name });
  return element(
    'div',
    { class: 'fields' },
    about && element('p', {}, about),
    actingForm({
      fields: [kindChoice(choosing.start.kind, choose), part, words.node, files.node, secret.node],
      submit: 'ask.send',
      act: ask,
    }),
  );
}

/** What takes something away for good asks for it where somebody acts for an enterprise. */
function needsPassword(kind: Kind, { kind: whose }: RequestBook['whose']): boolean {
  return withPassword.includes(kind) || (whose === 'enterprise' && kind === 'deletion');
}

function passwordField(): { readonly node: HTMLElement; readonly input: HTMLInputElement } {
  const input = element('input', {
    attributes: {
      id: 'own-password',
      type: 'password',
      autocomplete: 'current-password',
      'aria-describedby': 'own-password-hint',
    },
  });
  return { input, node: labelled('ask.password', input, 'ask.passwordHint') };
}

/** Each kind in plain words, with what follows from it. */
function kindChoice(first: Kind, choose: (kind: Kind) => void): HTMLElement {
  const options = kinds.map((kind) => {
    const id = `kind-${kind}`;
    const radio = element('input', {
      attributes: { id, type: 'radio', name: 'kind', value: kind, 'aria-describedby': `${id}-hint` },
      on: { change: () => choose(kind) },
    });
    radio.checked = kind === first;
    return element(
      'div',
      { class: 'option' },
      radio,
      element(
        'div',
        {},
        element('label', { attributes: { for: id } }, t(`kind.${kind}`)),
        element('small', { attributes: { id: `${id}-hint` } }, t(`follows.${kind}`)),
      ),
    );
  });
  return element('fieldset', {}, element('legend', {}, t('ask.what')), ...options);
}

interface Chosen {
  readonly nodes: readonly Node[];
  readonly wanted: () => Wanted;
}

/** What else a kind asks for. */
function fieldsFor(kind: Kind, { holdings, purposes, start }: Choosing): Chosen {
  if (kind === 'correction') return correction(holdings, start.category);
  if (kind === 'objection') {
    const select = selectOf('purpose', purposes);
    const nodes = [labelled('ask.purpose', select, 'ask.purposeHint')];
    return { nodes, wanted: () => ({ type: kind, purpose: select.value }) };
  }
  const categories = aboutKinds.includes(kind) ? categoryChoice(holdings, start.category) : null;
  const about = (): Partial<Wanted> => (categories ? { categories: categories.chosen() } : {});
  const nodes = categories ? [categories.node] : [];
  if (kind !== 'transfer') return { nodes, wanted: () => ({ type: kind, ...about() }) };
  const target = element('input', { attributes: { id: 'target', type: 'text', required: '', maxlength: '500' } });
  return {
    nodes: [labelled('ask.target', target, 'ask.targetHint'), ...nodes],
    wanted: () => ({ type: kind, target: target.value.trim(), ...about() }),
  };
}

/** What an account says of somebody comes first. */
function correction(holdings: readonly Holding[], first: string): Chosen {
  const isAccount = ({ category }: Holding): number => Number(category.startsWith('registration.'));
  const sorted = [...holdings].sort((one, other) => isAccount(other) - isAccount(one));
  const select = selectOf(
    'corrected',
    sorted.map(({ category: code, name }) => ({ code, name })),
  );
  select.value = holdings.some(({ category }) => category === first)
    ? first
    : ((sorted.find(({ category }) => category === 'registration.name') ?? sorted[0])?.category ?? '');
  const value = element('input', { attributes: { id: 'value', type: 'text', required: '', maxlength: '1000' } });
  return {
    nodes: [labelled('ask.corrected', select), labelled('ask.value', value, 'ask.valueHint')],
    wanted: () => ({ type: 'correction', corrections: [{ category: select.value, value: value.value.trim() }] }),
  };
}

function categoryChoice(
  holdings: readonly Holding[],
  first: string,
): { readonly node: HTMLElement; readonly chosen: () => string[] } {
  const boxes = holdings.map(({ category, name }) => {
    const id = `category-${category}`;
    const box = element('input', { attributes: { id, type: 'checkbox', value: category } });
    box.checked = category === first;
    const label = element('label', { attributes: { for: id } }, name?.[locale()] ?? '');
    return { box, node: element('div', { class: 'option' }, box, label) };
  });
  const node = element(
    'fieldset',
    { class: 'kinds' },
    element('legend', {}, t('ask.about')),
    element('p', { class: 'hint' }, t('ask.aboutHint')),
    element('div', { class: 'grid' }, ...boxes.map((one) => one.node)),
  );
  return { node, chosen: () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value) };
}

function selectOf(
  id: string,
  options: readonly { readonly code: string; readonly name: Holding['name'] }[],
): HTMLSelectElement {
  const shown = options.map(({ code, name }) =>
    element('option', { attributes: { value: code } }, name?.[locale()] ?? code),
  );
  return element('select', { attributes: { id, required: '' } }, ...shown);
}

/** Files go before the request that rests on them; what has arrived is not sent again. */
function filesField(book: RequestBook): { readonly node: HTMLElement; readonly uploaded: () => Promise<string[]> } {
  const input = element('input', {
    attributes: {
      id: 'files',
      type: 'file',
      multiple: '',
      accept: '.pdf,.png,.jpg,.jpeg,.webp,.heic,.txt',
      'aria-describedby': 'files-hint',
    },
  });
  const sent = new Map<File, string>();
  const sendOne = async (file: File): Promise<string> => {
    const id = sent.get(file) ?? (await book.upload(file).catch((refusal: unknown) => failed(file, refusal)));
    sent.set(file, id);
    return id;
  };
  const uploaded = async (): Promise<string[]> => {
    const ids: string[] = [];
    for (const file of input.files ?? []) ids.push(await sendOne(file));
    return ids;
  };
  return { node: labelled('ask.files', input, 'ask.filesHint'), uploaded };
}

function failed(file: File, refusal: unknown): never {
  throw new InWords(t('ask.fileRefused', { file: file.name, why: refusalWords(refusal) }));
}
