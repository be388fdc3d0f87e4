import { AbideProblem } from '@abide/client';
import { button, element } from '../dom.js';
import { t, type TextKey } from '../texts.js';
import { actingForm, attempt, isSure, labelled, problemLine, wordsField } from './forms.js';
import type { OwnRequest, RequestBook } from './request-book.js';
import { dayOf } from './request-words.js';

/** What somebody can do with their request as it stands now. `onDone` gets the request as it is afterwards, and what to say. */
export interface Acting {
  readonly book: RequestBook;
  readonly request: OwnRequest;
  readonly onDone: (request: OwnRequest, said: TextKey) => void;
}

/** The code that proves who asks; a wrong one leaves everything as it is. */
export function codeForm({ book, request, onDone }: Acting): HTMLElement {
  return proofForm({ book, request }, 'prove.why', (proven) =>
    onDone(proven, proven.id === request.id ? 'done.proven' : 'done.joined'),
  );
}

function proofForm(
  { book, request }: Pick<Acting, 'book' | 'request'>,
  why: TextKey,
  onProven: (proven: OwnRequest) => void,
): HTMLElement {
  const code = element('input', {
    attributes: { id: 'code', type: 'text', inputmode: 'numeric', autocomplete: 'one-time-code', required: '' },
  });
  const said = element('p', { attributes: { role: 'status' } });
  const problem = problemLine();
  const again = (): void =>
    void attempt(problem, async () => {
      said.textContent = '';
      await book.sendCode(request.id);
      said.textContent = t('prove.sent');
      code.value = '';
      code.focus();
    });
  const form = actingForm({
    fields: [labelled('code', code, 'prove.hint')],
    submit: 'confirmCode',
    act: async () => onProven(await book.prove(request.id, code.value.trim())),
    beside: [button(t('prove.again'), again)],
  });
  return part('prove.title', element('p', {}, t(why)), form, problem, said);
}

const wantsProof = ['request.unproven', 'access.reauthentication_needed'];

/** Does what takes more than being signed in for long: where a proof is wanted, a code goes out, and it is done once the code is given. */
function provenAct(acting: Acting, problem: HTMLElement, act: () => Promise<void>): () => void {
  let shown: HTMLElement | null = null;
  const run = (): void =>
    void attempt(problem, async () => {
      shown?.remove();
      await act().catch(askForProof);
    });
  const askForProof = async (refusal: unknown): Promise<void> => {
    if (!(refusal instanceof AbideProblem && wantsProof.includes(refusal.code))) throw refusal;
    await acting.book.sendCode(acting.request.id);
    shown = proofForm(acting, 'prove.whyAgain', run);
    problem.after(shown);
    shown.querySelector('input')?.focus();
  };
  return run;
}

/** What was asked back comes first; anything else may be said at any time. */
export function replyForm({ book, request, onDone }: Acting): HTMLElement {
  const isAsked = request.state === 'awaitingSubject';
  const asked = request.timeline.findLast(({ act }) => act === 'asked')?.text ?? '';
  const { node, input } = wordsField(isAsked ? 'reply.words' : 'reply.further', 'reply', { required: true });
  const form = actingForm({
    fields: [node],
    submit: 'reply.send',
    act: async () => onDone(await book.reply(request.id, input.value.trim()), 'done.replied'),
  });
  if (!isAsked) return element('details', { class: 'panel' }, element('summary', {}, t('reply.title')), form);
  return part('reply.asked', element('blockquote', {}, asked), element('p', { class: 'hint' }, t('reply.why')), form);
}

export function appealForm({ book, request, onDone }: Acting): HTMLElement {
  const { node, input } = wordsField('appeal.words', 'appeal', { required: true });
  const form = actingForm({
    fields: [node],
    submit: 'appeal.send',
    act: async () => onDone(await book.appeal(request.id, input.value.trim()), 'done.appealed'),
  });
  return part('appeal.title', element('p', {}, t('appeal.why')), form, element('p', { class: 'hint' }, t('elsewhere')));
}

/** What was asked to be seen, while it is there; how often it was fetched. */
export function packagePart(acting: Acting): HTMLElement | null {
  const { book, request, onDone } = acting;
  if (!request.package) return null;
  const { expiresAt, downloads } = request.package;
  const problem = problemLine();
  const fetchIt = provenAct(acting, problem, async () => {
    save(await book.download(request.id), `${request.number}.zip`);
    onDone(await book.find(request.id), 'done.downloaded');
  });
  return part(
    'package.title',
    element('p', {}, t('package.what')),
    element('p', {}, t('package.until'), ' ', dayOf(expiresAt), ' · ', t('package.downloads', { count: downloads })),
    button(t('package.fetch'), fetchIt, { class: 'primary' }),
    problem,
  );
}

/** Taking it back, while it can be. */
export function cancelButton({ book, request, onDone }: Acting): HTMLElement {
  const problem = problemLine();
  const cancel = (): void =>
    void attempt(problem, async () => {
      if (!(await isSure('cancel.title', 'cancel.follows', 'cancel.yes'))) return;
      onDone(await book.cancel(request.id), 'done.cancelled');
    });
  return element('div', {}, button(t('cancel.title'), cancel), problem);
}

/** Ends the waiting time: nobody but the person concerned can. */
export function waiveButton(acting: Acting): HTMLElement {
  const { book, request, onDone } = acting;
  const problem = problemLine();
  const end = provenAct(acting, problem, async () => onDone(await book.waive(request.id), 'done.waived'));
  const waive = async (): Promise<void> => {
    if (await isSure('waive.title', 'waive.follows', 'waive.yes')) end();
  };
  return element(
    'div',
    {},
    button(t('waive.title'), () => void waive()),
    problem,
  );
}

/** A part of the page with its heading. */
export function part(title: TextKey, ...children: readonly (Node | string | null)[]): HTMLElement {
  const id = `part-${title.replace('.', '-')}`;
  return element(
    'section',
    { class: 'panel', attributes: { 'aria-labelledby': id } },
    element('h3', { attributes: { id } }, t(title)),
    ...children,
  );
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  element('a', { attributes: { href: url, download: name } }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
