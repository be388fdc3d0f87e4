import {
  AbideProblem,
  createClient,
  isIndispensable,
  register,
  registrationFields,
  type RegistrationField,
  type Schemas,
} from '@abide/client';
import { button, element } from './dom.js';
import { Session } from './session.js';
import { fieldName, locale, t, why } from './texts.js';

interface Registering {
  readonly onSignedIn: (session: Session) => void;
  readonly onBack: () => void;
}

type Policy = Schemas['PublicPolicy'];

const client = createClient({ baseUrl: location.origin });
const types: Readonly<Record<string, string>> = { birthDate: 'date', guardian: 'email' };

/** Registers a new person: asks for what the clauses in force ask for, and says of each what follows where it is left out. */
export function registrationForm({ onSignedIn, onBack }: Registering): HTMLElement {
  const body = element('div', { class: 'fields' }, element('p', { class: 'hint' }, t('registrationReading')));
  const problem = element('p', { class: 'problem', attributes: { role: 'alert' } });
  const submit = element('button', { class: 'primary', attributes: { type: 'submit' } }, t('register'));
  let next = async (): Promise<void> => undefined;
  const send = async (): Promise<void> => {
    submit.disabled = true;
    problem.textContent = '';
    await next().catch((refusal: unknown) => (problem.textContent = reasonOf(refusal)));
    submit.disabled = false;
  };
  const askForCode = (account: Schemas['RegisterSubject'], verificationId: string): void => {
    const code = element('input', {
      attributes: { id: 'code', type: 'text', inputmode: 'numeric', autocomplete: 'one-time-code', required: '' },
    });
    body.replaceChildren(element('p', { class: 'hint' }, t('codeHint')), labelled(t('code'), code));
    submit.textContent = t('confirmCode');
    code.focus();
    next = async () => onSignedIn(await confirm(account, verificationId, code.value));
  };
  const ask = (fields: readonly RegistrationField[], policies: readonly Policy[]): void => {
    const form = askedOf(fields, policies);
    body.replaceChildren(...form.nodes);
    next = async () => {
      const account = form.account();
      askForCode(account, (await register(client, account)).id);
    };
  };
  void Promise.all([registrationFields(client), policiesToAccept()]).then(
    ([fields, policies]) => ask(fields, policies),
    (refusal: unknown) => (problem.textContent = reasonOf(refusal)),
  );
  return element(
    'form',
    { class: 'panel sign-in', on: { submit: (event) => (event.preventDefault(), void send()) } },
    element('h2', {}, t('createAccount')),
    element('p', { class: 'hint' }, t('createAccountHint')),
    body,
    problem,
    element('div', { class: 'row' }, submit, button(t('backToSignIn'), onBack)),
  );
}

/** The inputs, and the account that what is in them makes. */
function askedOf(
  fields: readonly RegistrationField[],
  policies: readonly Policy[],
): { nodes: readonly Node[]; account: () => Schemas['RegisterSubject'] } {
  const identifier = element('input', {
    attributes: {
      id: 'new-identifier',
      type: 'email',
      autocomplete: 'username',
      required: '',
      'aria-describedby': 'new-identifier-hint',
    },
  });
  const password = element('input', {
    attributes: { id: 'new-password', type: 'password', autocomplete: 'new-password', required: '' },
  });
  const inputs = new Map(
    fields.filter(({ field }) => field !== 'phone' && field !== 'email').map((one) => [one, inputFor(one)]),
  );
  const accepted = element('input', { attributes: { id: 'accepted', type: 'checkbox', required: '' } });
  const links = policies.map(({ slug, title }) =>
    element('a', { class: 'accepted', attributes: { href: `/policies/${slug}`, target: '_blank' } }, title[locale()]),
  );
  const valueOf = (name: string): string => [...inputs].find(([{ field }]) => field === name)?.[1].value.trim() ?? '';
  return {
    nodes: [
      labelled(
        t('identifier'),
        identifier,
        element('small', { attributes: { id: 'new-identifier-hint' } }, t('oneAddressIsEnough')),
      ),
      labelled(t('password'), password),
      ...[...inputs].map(([field, input]) => labelled(fieldName(field.field), input, said(field, input.id))),
      element('p', {}, accepted, element('label', { attributes: { for: 'accepted' } }, ' ', t('accept')), ...links),
    ],
    account: () => ({
      kind: 'person',
      identifier: { type: 'email', value: identifier.value.trim() },
      password: password.value,
      profile: Object.fromEntries(
        [...inputs.keys()].filter(({ field }) => !(field in types)).map(({ field }) => [field, valueOf(field)]),
      ),
      birthDate: valueOf('birthDate'),
      guardian: { identifier: { type: 'email', value: valueOf('guardian') } },
      acceptedRevisionIds: policies.map(({ revision }) => revision.id),
    }),
  };
}

/** Only what nobody registers without has to be filled in. */
function inputFor(field: RegistrationField): HTMLInputElement {
  const id = `field-${field.field}`;
  return element('input', {
    attributes: {
      id,
      type: types[field.field] ?? 'text',
      'aria-describedby': `${id}-hint`,
      ...(isIndispensable(field) && { required: '' }),
    },
  });
}

/** Whether it is required, what follows where it is left out, and the clause that says so. */
function said({ required, ifWithheld, clause }: RegistrationField, id: string): HTMLElement {
  const link = element(
    'a',
    { attributes: { href: `/policies/${clause.policy}/${clause.revision}#c-${clause.clauseId}`, target: '_blank' } },
    t('clauseSays', { clause: clause.heading[locale()] }),
  );
  return element(
    'small',
    { attributes: { id: `${id}-hint` } },
    element('strong', {}, t(required ? 'isRequired' : 'isOptional')),
    ' · ',
    t(`withheld.${ifWithheld ?? 'notStated'}`),
    ' ',
    link,
  );
}

function labelled(name: string, input: HTMLInputElement, hint?: HTMLElement): HTMLElement {
  return element(
    'div',
    { class: 'asked' },
    element('label', { attributes: { for: input.id } }, name),
    input,
    hint ?? null,
  );
}

/** What registration has to accept: every text that is for all services. */
async function policiesToAccept(): Promise<readonly Policy[]> {
  const { data, error, response } = await client.GET('/api/v1/policies', { params: { query: { limit: 100 } } });
  if (!data) throw AbideProblem.from(error, response);
  return data.items.filter(({ kind }) => kind !== 'service');
}

async function confirm(
  { identifier, password }: Schemas['RegisterSubject'],
  id: string,
  code: string,
): Promise<Session> {
  const { data, error, response } = await client.POST('/api/v1/verifications/{id}/confirm', {
    params: { path: { id } },
    body: { code },
  });
  if (!data && !response.ok) throw AbideProblem.from(error, response);
  return Session.signIn(identifier.value, password ?? '');
}

function reasonOf(refusal: unknown): string {
  return refusal instanceof AbideProblem ? t('registrationFailed', { why: why(refusal.code) }) : t('unreachable');
}
