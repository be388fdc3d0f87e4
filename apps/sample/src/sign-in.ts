import { AbideProblem } from '@abide/client';
import { button, element } from './dom.js';
import { Session } from './session.js';
import { t } from './texts.js';

interface SignIn {
  readonly onSignedIn: (session: Session) => void;
  readonly onRegister: () => void;
  /** Why the form is shown again. */
  readonly message: string;
}

/** The form that signs a demo person in, or leads to where a new one registers. */
export function signInForm({ onSignedIn, onRegister, message }: SignIn): HTMLElement {
  const identifier = element('input', {
    attributes: {
      id: 'identifier',
      type: 'email',
      autocomplete: 'username',
      required: '',
      placeholder: 'lin.xiaohe@example.com',
    },
  });
  const password = element('input', {
    attributes: { id: 'password', type: 'password', autocomplete: 'current-password', required: '' },
  });
  const problem = element('p', { class: 'problem', attributes: { role: 'alert' } }, message);
  const submit = element('button', { class: 'primary', attributes: { type: 'submit' } }, t('signIn'));
  const signIn = async (): Promise<void> => {
    submit.disabled = true;
    await Session.signIn(identifier.value.trim(), password.value).then(
      onSignedIn,
      (refusal: unknown) => (problem.textContent = reasonOf(refusal)),
    );
    submit.disabled = false;
  };
  const send = (event: Event): void => {
    event.preventDefault();
    void signIn();
  };
  return element(
    'form',
    { class: 'panel sign-in', on: { submit: send } },
    element('h2', {}, t('signIn')),
    element('p', { class: 'hint' }, t('signInHint')),
    element('label', { attributes: { for: 'identifier' } }, t('identifier')),
    identifier,
    element('label', { attributes: { for: 'password' } }, t('password')),
    password,
    problem,
    element('div', { class: 'row' }, submit, button(t('createAccount'), onRegister)),
  );
}

function reasonOf(refusal: unknown): string {
  if (!(refusal instanceof AbideProblem)) return t('unreachable');
  return refusal.status === 401 ? t('wrongCredentials') : t('signInFailed', { code: refusal.code });
}
