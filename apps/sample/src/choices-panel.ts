import { nameOf, wordingOf, type Choice, type Wording } from './choices.js';
import type { PersonStore } from './person-store.js';
import { button, element, toggle } from './dom.js';
import { t } from './texts.js';

/** The switches of the person's choices. */
export function choicesPanel(person: PersonStore): readonly Node[] {
  const { choices } = person;
  if (!choices) return [element('p', { class: 'hint' }, t(navigator.onLine ? 'choicesLoading' : 'choicesUnknown'))];
  const switches = choices.map((choice) => {
    const turn = (on: boolean): void => void (on ? ask(person, choice) : person.withdraw(choice));
    return element(
      'li',
      {},
      toggle(nameOf(choice), {
        id: choice.id,
        isOn: choice.isGranted,
        turn,
        ...(choice.isWaiting && { hint: t('waitsToBeSent') }),
      }),
    );
  });
  return [element('ul', { class: 'switches' }, ...switches)];
}

/** Shows the words of the policy before anything is agreed to. */
async function ask(person: PersonStore, choice: Choice): Promise<void> {
  const wording = await wordingOf(person.session.client, choice).catch(() => null);
  await person.open(choice);
  const isAgreed = await isAgreedTo(choice, wording);
  if (isAgreed && wording) await person.grant(choice, wording);
  else person.leaveAsItIs();
}

function isAgreedTo(choice: Choice, wording: Wording | null): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const answer = (isAgreed: boolean) => (): void => {
    resolve(isAgreed);
    dialog.close();
  };
  const words = wording ? wording.shown.wording.trim().split(/\n\s*\n/) : [t('wordingUnknown')];
  const dialog = element(
    'dialog',
    { attributes: { 'aria-labelledby': 'question' }, on: { close: answer(false) } },
    element('h2', { attributes: { id: 'question' } }, `${t('agreeTitle')} ${nameOf(choice)}`),
    wording && element('h3', {}, wording.heading),
    ...words.map((paragraph) => element('p', {}, paragraph)),
    element(
      'div',
      { class: 'row' },
      wording && button(t('agree'), answer(true), { class: 'primary' }),
      button(t('notNow'), answer(false)),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return promise.finally(() => dialog.remove());
}
