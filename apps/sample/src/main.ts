import './sample.css';
import { PersonStore } from './person-store.js';
import { button, element } from './dom.js';
import { Journal, type Entry } from './journal.js';
import { forget } from './kept.js';
import { Page } from './page.js';
import { RequestBook } from './requests/request-book.js';
import { RequestsArea } from './requests/requests-area.js';
import { registrationForm } from './registration-form.js';
import { Session } from './session.js';
import { signInForm } from './sign-in.js';
import { locale, switchLanguage, t } from './texts.js';

const root = document.querySelector('#app') ?? document.body;
let journal = aJournal();
let person: PersonStore | null = null;
let page: Page | null = null;
let area: RequestsArea | null = null;
let message = '';
let isRegistering = false;

function aJournal(): Journal {
  return new Journal((entry: Entry) => page?.tell(entry));
}

function render(): void {
  document.documentElement.lang = locale();
  document.title = t('title');
  const isElsewhere = area !== null && RequestsArea.covers(location.hash);
  page = person && !isElsewhere ? new Page(person, journal) : null;
  const main = (isElsewhere ? area?.node : page?.node) ?? element('main', {}, entrance());
  root.replaceChildren(header(), ...(person ? [pages()] : []), main, element('footer', {}, t('fictional')));
  if (isElsewhere) void area?.show(location.hash);
}

/** Where a signed-in person can go. */
function pages(): HTMLElement {
  const targets = [
    ['#', 'home', !RequestsArea.covers(location.hash)],
    ['#requests', 'requests.own', location.hash.startsWith('#requests')],
    ['#holdings', 'holdings.title', /^#(holdings|after-death)/.test(location.hash)],
  ] as const;
  const links = targets.map(([href, name, isHere]) =>
    element('a', { attributes: { href, ...(isHere && { 'aria-current': 'page' }) } }, t(name)),
  );
  return element('nav', { attributes: { 'aria-label': t('pages') } }, ...links);
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
  area = new RequestsArea(new RequestBook(session));
  render();
  void opened.read();
}

async function signOut(): Promise<void> {
  await person?.session.signOut();
  history.replaceState(null, '', location.pathname);
  close('');
}

function close(because: string): void {
  person?.close();
  person = null;
  area = null;
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
addEventListener('hashchange', render);
void navigator.serviceWorker?.register('/sample/sw.js');
const kept = Session.kept();
if (kept) open(kept);
else render();
