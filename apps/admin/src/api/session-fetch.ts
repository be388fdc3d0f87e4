import { challenge, ChallengeDeclined } from '../session/challenge.js';
import { currentLock, isStillOwn } from '../session/session-tabs.js';
import { UnreachableError } from './problem.js';
import type { CurrentSession } from './types.js';

let csrfToken = '';

/** Every answer that opens or renews a session brings a token; the next changing request must carry the newest. */
export function rememberCsrfToken(token: string): void {
  csrfToken = token;
}

const sessionsPath = '/api/v1/operator/sessions';
const safeMethods = new Set(['GET', 'HEAD']);

/**
 * Sends a request with the session's token. When the session went stale, or the act needs the password again,
 * the dialog asks for it over the page and the same request is sent once more: nothing typed is lost.
 */
export async function sessionFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await send(request);
  const remedy = isAboutSessions(request) ? null : await remedyFor(answer);
  if (!remedy) return answer;
  await remedy();
  return send(again);
}

/** @throws ChallengeDeclined for a page that is locked, or locks because the answer is somebody else's: nothing of it is shown. */
async function send(request: Request): Promise<Response> {
  if (currentLock()) throw new ChallengeDeclined();
  const answer = await reach(request);
  const operatorId = answer.headers.get('X-Abide-Operator');
  if (operatorId !== null && !isStillOwn({ id: operatorId, name: null })) throw new ChallengeDeclined();
  return answer;
}

async function reach(request: Request): Promise<Response> {
  if (!safeMethods.has(request.method)) request.headers.set('X-Abide-Csrf', csrfToken);
  try {
    return await fetch(request);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new UnreachableError('unreachable', { cause });
  }
}

async function remedyFor(answer: Response): Promise<(() => Promise<void>) | null> {
  if (answer.status === 401) return () => challenge('signIn');
  if (answer.status !== 403) return null;
  const code = await codeOf(answer);
  if (code === 'session.step_up_required') return () => challenge('stepUp');
  if (code === 'session.csrf') return renewCsrfToken;
  return null;
}

/**
 * Another tab may have stepped up since: the session is fine, only the token here is old. Where somebody else has signed in
 * the page locks and nothing is repeated: it would be done in their name.
 */
async function renewCsrfToken(): Promise<void> {
  const answer = await fetch(`${sessionsPath}/current`);
  if (!answer.ok) return challenge('signIn');
  const session = (await answer.json()) as CurrentSession;
  if (!isStillOwn(session.operator)) throw new ChallengeDeclined();
  rememberCsrfToken(session.csrfToken);
}

async function codeOf(answer: Response): Promise<string> {
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => null);
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : '';
}

/** Signing in, stepping up and asking who is signed in answer for themselves. */
function isAboutSessions(request: Request): boolean {
  const { pathname } = new URL(request.url);
  const opensOne = pathname === sessionsPath && request.method === 'POST';
  return opensOne || pathname === `${sessionsPath}/step-up` || pathname === `${sessionsPath}/current`;
}
