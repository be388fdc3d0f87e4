import { AbideProblem } from '@abide/client';
import { button, element } from '../dom.js';
import { t, textFor, type TextKey } from '../texts.js';

interface ActingForm {
  readonly fields: readonly Node[];
  readonly submit: TextKey;
  /** What throws is said below the fields, which stay as they are. */
  readonly act: () => Promise<void>;
  readonly beside?: readonly Node[];
}

/** A form that does one thing and says what came in the way of it. */
export function actingForm({ fields, submit, act, beside = [] }: ActingForm): HTMLFormElement {
  const send = element('button', { class: 'primary', attributes: { type: 'submit' } }, t(submit));
  const problem = problemLine();
  const run = async (): Promise<void> => {
    send.disabled = true;
    await attempt(problem, act);
    send.disabled = false;
  };
  return element(
    'form',
    { class: 'fields', on: { submit: (event) => (event.preventDefault(), void run()) } },
    ...fields,
    problem,
    element('div', { class: 'row' }, send, ...beside),
  );
}

export function problemLine(): HTMLElement {
  return element('p', { class: 'problem', attributes: { role: 'alert' } });
}

/** Does it, and says in `problem` why it could not be done. */
export async function attempt(problem: HTMLElement, act: () => Promise<void>): Promise<void> {
  problem.textContent = '';
  await act().catch((refusal: unknown) => (problem.textContent = refusalWords(refusal)));
}

/** What came in the way, in words that are ready to be read. */
export class InWords extends Error {
  override name = 'InWords';
}

/** What happened, what was kept, and what to do. */
export function refusalWords(refusal: unknown): string {
  if (refusal instanceof InWords) return refusal.message;
  if (!(refusal instanceof AbideProblem)) return t('refused.unreachable');
  return textFor(`refused.${refusal.code}`) ?? t('refused.other');
}

/** A text field of several lines with its name, and a hint where there is one. */
export function wordsField(
  name: TextKey,
  id: string,
  { hint, required = false, rows = 4 }: { hint?: TextKey; required?: boolean; rows?: number } = {},
): { readonly node: HTMLElement; readonly input: HTMLTextAreaElement } {
  const input = element('textarea', {
    attributes: {
      id,
      rows: String(rows),
      maxlength: '5000',
      ...(required && { required: '' }),
      ...(hint && { 'aria-describedby': `${id}-hint` }),
    },
  });
  return { input, node: labelled(name, input, hint) };
}

export function labelled(name: TextKey, input: HTMLElement, hint?: TextKey): HTMLElement {
  return element(
    'div',
    { class: 'asked' },
    element('label', { attributes: { for: input.id } }, t(name)),
    input,
    hint ? element('small', { attributes: { id: `${input.id}-hint` } }, t(hint)) : null,
  );
}

/** Asks before what cannot be taken back. */
export function isSure(title: TextKey, words: TextKey, yes: TextKey): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const answer = (isYes: boolean) => (): void => {
    resolve(isYes);
    dialog.close();
  };
  const dialog = element(
    'dialog',
    { attributes: { 'aria-labelledby': 'sure' }, on: { close: answer(false) } },
    element('h2', { attributes: { id: 'sure' } }, t(title)),
    element('p', {}, t(words)),
    element(
      'div',
      { class: 'row' },
      button(t(yes), answer(true), { class: 'primary' }),
      button(t('notNow'), answer(false)),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return promise.finally(() => dialog.remove());
}
