import './sample.css';
import { PersonStore } from './person-store.js';
import { button, element } from './dom.js';
import { Journal, type Entry } from './journal.js';
import { forget } from './kept.js';
import { Page } from './page.js';
import { registrationForm } from './registration-form.js';
import { Session } from './session.js';
import { signInForm } from './sign-in.js';
import { locale, switchLanguage, t } from './texts.js';

const root = document.querySelector('#app') ?? document.body;
let journal = aJournal();
let person: PersonStore | null = null;
let page: Page | null = null;
let message = '';
let isRegistering = false;

function aJournal(): Journal {
  return new Journal((entry: Entry) => page?.tell(entry));
}

function render(): void {
  document.documentElement.lang = locale();
  document.title = t('title');
  page = person && new Page(person, journal);
  root.replaceChildren(header(), page?.node ?? element('main', {}, entrance()), element('footer', {}, t('fictional')));
}

function entrance(): HTMLElement {
  const turn = (to: boolean) => (): void => {
    [isRegistering, message] = [to, ''];
    render();
  };
  return isRegistering
    ? registrationForm({ onSignedIn: open, onBack: turn(false) })
    : signInForm({ onSignedIn: open, onRegister: turn(true), message });
}

function header(): HTMLElement {
  const network = navigator.onLine ? 'online' : 'offline';
  return element(
    'header',
    {},
    element('div', {}, element('h1', {}, t('title')), element('p', { class: 'hint' }, t('tagline'))),
    element(
      'div',
      { class: 'row' },
      element('span', { class: `badge ${network}` }, t(network)),
      person && element('span', {}, t('signedInAs', { identifier: person.session.identifier })),
      person && button(t('signOut'), () => void signOut()),
      button(t('otherLanguage'), speakTheOther, { attributes: { lang: locale() === 'en' ? 'zh-CN' : 'en' } }),
    ),
  );
}

function speakTheOther(): void {
  switchLanguage();
  render();
}

function open(session: Session): void {
  [isRegistering, message] = [false, ''];
  const opened = new PersonStore(session, journal, () => page?.update());
  session.listen(
    (request, response) => void opened.watch(request, response),
    () => close(t('sessionEnded')),
  );
  person = opened;
  render();
  void opened.read();
}

async function signOut(): Promise<void> {
  await person?.session.signOut();
  close('');
}

function close(because: string): void {
  person?.close();
  person = null;
  forget();
  journal = aJournal();
  message = because;
  render();
}

function tellOfNetwork(): void {
  if (person) journal.add({ key: navigator.onLine ? 'cameOnline' : 'wentOffline', tone: 'calm' });
  document.querySelector('header')?.replaceWith(header());
  if (navigator.onLine) void person?.read();
}

addEventListener('online', tellOfNetwork);
addEventListener('offline', tellOfNetwork);
void navigator.serviceWorker?.register('/sample/sw.js');
const kept = Session.kept();
if (kept) open(kept);
else render();
