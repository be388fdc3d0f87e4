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
export function codeForm(acting: Acting): HTMLElement {
  const { book, request, onDone } = acting;
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
  const prove = async (): Promise<void> => {
    const proven = await book.prove(request.id, code.value.trim());
    onDone(proven, proven.id === request.id ? 'done.proven' : 'done.joined');
  };
  const form = actingForm({
    fields: [labelled('code', code, 'prove.hint')],
    submit: 'confirmCode',
    act: prove,
    beside: [button(t('prove.again'), again)],
  });
  return part('prove.title', element('p', {}, t('prove.why')), form, problem, said);
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
export function packagePart({ book, request, onDone }: Acting): HTMLElement | null {
  if (!request.package) return null;
  const { expiresAt, downloads } = request.package;
  const problem = problemLine();
  const fetchIt = (): void =>
    void attempt(problem, async () => {
      const zip = await book.download(request.id).catch((refusal: unknown) => askForProof(refusal));
      save(zip, `${request.number}.zip`);
      onDone(await book.find(request.id), 'done.downloaded');
    });
  /** What a colleague recorded for them is theirs once they prove that it is them. */
  const askForProof = async (refusal: unknown): Promise<never> => {
    if (refusal instanceof AbideProblem && refusal.code === 'request.unproven') {
      await book.sendCode(request.id);
      problem.nextElementSibling?.remove();
      problem.after(codeForm({ book, request, onDone }));
    }
    throw refusal;
  };
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
export function waiveButton({ book, request, onDone }: Acting): HTMLElement {
  const problem = problemLine();
  const waive = (): void =>
    void attempt(problem, async () => {
      if (!(await isSure('waive.title', 'waive.follows', 'waive.yes'))) return;
      onDone(await book.waive(request.id), 'done.waived');
    });
  return element('div', {}, button(t('waive.title'), waive), problem);
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
