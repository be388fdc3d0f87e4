import { createClient } from '@abide/client';
import i18next from 'i18next';
import { legible } from './legible.js';
import { problemFrom } from './problem.js';
import { sessionFetch } from './session-fetch.js';

/** The typed client of the API on the console's own origin. */
export const api = createClient({ baseUrl: window.location.origin, fetch: sessionFetch });

api.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', i18next.language);
    return request;
  },
  onResponse({ response }) {
    return legible(response);
  },
});

/** What was asked for, or a `ProblemError` with what the API says instead. */
export async function answerOf<Answer>(
  asked: Promise<{ data?: Answer; error?: unknown; response: Response }>,
): Promise<Answer> {
  const { data, error, response } = await asked;
  if (!response.ok) throw problemFrom(error, response);
  return data as Answer;
}
