import type { Locale } from '@abide/kernel';
import { html, type Html } from '@abide/policy';
import { isOver, publicRequestTypes } from '../request-kinds.js';
import type { KeptClock } from '../clock/kept-clock.schema.js';
import type { RequestContent } from '../requests/request-records.js';
import type { RequestResponse } from '../requests/request.dto.js';
import { refusalWords } from '../refusal-words.js';
import { requestPageWords } from './request-page-words.js';

/** What somebody had written into a form, to be shown again. */
export type Written = Readonly<Record<string, string | undefined>>;

/** The form; `error` is the code of a refusal. */
export function formPage(locale: Locale, written: Written = {}, error: string | null = null): Html {
  const say = requestPageWords[locale];
  const types = publicRequestTypes.map(
    (type) => html`<option value="${type}"${written['type'] === type && html` selected`}>${say.types[type]}</option>`,
  );
  const optional = html` <span class="soft">(${say.optional})</span>`;
  return html`<main id="text"><h1>${say.title}</h1><p>${say.intro}</p><p class="soft">${say.signedIn}</p>
${alert(locale, error)}
<form method="post" action="/requests?lang=${locale}">
<label for="type">${say.type}</label><select id="type" name="type" required>${types}</select>
<label for="address">${say.address}</label>
<input id="address" name="address" required maxlength="254" autocomplete="email" value="${written['address']}" aria-describedby="address-hint"><p class="hint" id="address-hint">${say.addressHint}</p>
<label for="words">${say.text}</label>
<textarea id="words" name="text" rows="6" maxlength="5000" aria-describedby="words-hint">${written['text']}</textarea><p class="hint" id="words-hint">${say.textHint}</p>
<label for="name">${say.name}${optional}</label><input id="name" name="name" maxlength="100" autocomplete="name" value="${written['name']}">
<label for="relation">${say.relation}${optional}</label>
<input id="relation" name="relation" maxlength="200" value="${written['relation']}" aria-describedby="relation-hint"><p class="hint" id="relation-hint">${say.relationHint}</p>
<button type="submit">${say.send}</button>
</form></main>`;
}

/** Asks for the code that opens a request. It says nothing of the request, nor whether there is one. */
export function codePage(locale: Locale, id: string, error: string | null = null): Html {
  const say = requestPageWords[locale];
  return html`<main id="text"><h1>${say.codeTitle}</h1><p>${say.codeIntro}</p>
${alert(locale, error)}
<form method="post" action="/requests/${id}?lang=${locale}">
<label for="code">${say.code}</label>
<input id="code" name="code" required inputmode="numeric" autocomplete="one-time-code" maxlength="12" autofocus>
<button type="submit">${say.open}</button>
</form>
<form method="post" action="/requests/${id}/code?lang=${locale}"><button class="quiet" type="submit">${say.another}</button></form></main>`;
}

/** A request, and who they said that they are. */
interface Asked {
  readonly request: RequestResponse;
  readonly requester: RequestContent['requester'];
}

/** How a request stands, for whoever proved its address. `id` is the one of the page. */
export function statePage(locale: Locale, id: string, { request, requester }: Asked, file: string | null = null): Html {
  const say = requestPageWords[locale];
  const { utcOffsetHours } = request.clock.facts as KeptClock;
  const day = (at: string) => dayOf(at, { locale, utcOffsetHours });
  const facts: readonly (readonly [string, Html | string | null])[] = [
    [say.number, request.number],
    [say.state, say.states[request.state]],
    [say.asked, day(request.openedAt)],
    [say.recorded, request.timeline.find(({ act }) => act === 'opened')?.text ?? null],
    [say.verified, request.verifiedAt && day(request.verifiedAt)],
    [say.dueAt, request.dueAt && day(request.dueAt)],
    [say.waitingUntil, request.waitingUntil && day(request.waitingUntil)],
    [say.outcome, request.outcome && say.outcomes[request.outcome]],
    [say.name, requester?.name || null],
    [say.relation, requester?.relation || null],
    [say.text, request.text],
    [say.files, request.files?.length ? listOf(request.files) : null],
    [say.answer, request.answer],
  ];
  const rows = facts.map(([name, value]) => value && html`<dt>${name}</dt><dd>${value}</dd>`);
  return html`<main id="text"><h1>${titleOf(locale, request)}</h1>${file === 'added' ? html`<p role="status">${say.fileAdded}</p>` : alert(locale, file)}<dl class="standing">${rows}</dl>
${request.package && fetchForm(locale, id, day(request.package.expiresAt))}
${request.state === 'awaitingSubject' && replyForm(locale, id, request)}
${!isOver(request.state) && fileForm(locale, id)}
${mayAppeal(request) && appealForm(locale, id)}
${mayCancel(request) && cancelForm(locale, id)}</main>`;
}

function listOf(files: readonly string[]): Html {
  return html`<ul>${files.map((name) => html`<li>${name}</li>`)}</ul>`;
}

function titleOf(locale: Locale, { type }: RequestResponse): string {
  const { title, types } = requestPageWords[locale];
  return (types as Readonly<Record<string, string>>)[type] ?? title;
}

function fetchForm(locale: Locale, id: string, until: Html): Html {
  const say = requestPageWords[locale];
  return html`<p><a class="button" href="/requests/${id}/package" download>${say.fetch}</a></p><p class="hint">${say.fetchHint} ${until}</p>`;
}

function replyForm(locale: Locale, id: string, { timeline }: RequestResponse): Html {
  const say = requestPageWords[locale];
  const asked = timeline.findLast(({ act }) => act === 'asked')?.text;
  return html`<section class="clause"><h2>${say.question}</h2><p>${asked}</p>
<form method="post" action="/requests/${id}/message?lang=${locale}">
<label for="reply">${say.reply}</label><textarea id="reply" name="text" rows="4" required maxlength="5000"></textarea>
<button type="submit">${say.reply}</button></form></section>`;
}

/** What is carried out already is not taken back, and what is over cannot be. */
function mayCancel({ state }: RequestResponse): boolean {
  return !isOver(state) && state !== 'fulfilling';
}

function mayAppeal({ state, outcome }: RequestResponse): boolean {
  return state === 'closed' && (outcome === 'refused' || outcome === 'partlyGranted');
}

function fileForm(locale: Locale, id: string): Html {
  const say = requestPageWords[locale];
  return html`<form method="post" enctype="multipart/form-data" action="/requests/${id}/files?lang=${locale}">
<label for="file">${say.file}</label><input id="file" name="file" type="file" required accept=".pdf,.png,.jpg,.jpeg,.webp,.heic,.txt" aria-describedby="file-hint"><p class="hint" id="file-hint">${say.fileHint}</p>
<button class="quiet" type="submit">${say.fileSend}</button></form>`;
}

function cancelForm(locale: Locale, id: string): Html {
  const say = requestPageWords[locale];
  return html`<form method="post" action="/requests/${id}/cancellation?lang=${locale}"><p class="hint">${say.cancelHint}</p><button class="quiet" type="submit">${say.cancel}</button></form>`;
}

function appealForm(locale: Locale, id: string): Html {
  const say = requestPageWords[locale];
  return html`<section class="clause"><h2>${say.appeal}</h2>
<form method="post" action="/requests/${id}/appeal?lang=${locale}">
<label for="appeal">${say.appealWhy}</label><textarea id="appeal" name="text" rows="4" required maxlength="5000" aria-describedby="appeal-hint"></textarea><p class="hint" id="appeal-hint">${say.appealHint}</p>
<button type="submit">${say.appeal}</button></form><p class="hint">${say.elsewhere}</p></section>`;
}

function alert(locale: Locale, error: string | null): Html | null {
  if (error === null) return null;
  return html`<p class="error" role="alert">${refusalWords(requestPageWords[locale], error)}</p>`;
}

/** The day of an instant, in the zone by which the deadline is counted. */
function dayOf(at: string, { locale, utcOffsetHours }: { locale: Locale; utcOffsetHours: number }): Html {
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'long', timeZone: 'UTC' });
  return html`<time datetime="${at}">${format.format(Date.parse(at) + utcOffsetHours * 3_600_000)}</time>`;
}
