import type { AbideClient, Schemas } from './client.js';
import { AbideProblem } from './problem.js';

/** What a subject decided, with the instant at which they did: made once, it names the decision to the server. */
export interface Decision {
  readonly id: string;
  readonly purpose: string;
  readonly said: Schemas['ConsentRequest'] & { readonly occurredAt: string };
}

/** `notNow`: nobody can say yet; `status` is null where no answer came at all. */
export type Outcome =
  | { readonly kind: 'recorded'; readonly consent: Schemas['ConsentResponse'] }
  | { readonly kind: 'refused'; readonly problem: AbideProblem }
  | { readonly kind: 'notNow'; readonly status: number | null };

const timeoutMilliseconds = 20_000;
/** Signed out, too slow, too early, too many: none of them says anything of the decision. */
const passingRefusals: readonly number[] = [401, 408, 425, 429];

/** Sends one decision. What was just said and is refused for its date goes again without one: then the server's clock dates it. */
export async function sendDecision(
  client: AbideClient,
  { purpose, said }: Decision,
  { isFresh }: { isFresh: boolean },
): Promise<Outcome> {
  const outcome = await put(client, purpose, said);
  if (outcome.kind !== 'refused' || !isDateRefused(outcome.problem.code, isFresh)) return outcome;
  const { occurredAt: _occurredAt, ...undated } = said;
  return put(client, purpose, undated);
}

async function put(client: AbideClient, purpose: string, body: Schemas['ConsentRequest']): Promise<Outcome> {
  try {
    const { data, error, response } = await client.PUT('/api/v1/me/consents/{purpose}', {
      params: { path: { purpose } },
      body,
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    if (data?.consentEventId) return { kind: 'recorded', consent: data };
    const { status } = response;
    if (status >= 400 && status < 500 && !passingRefusals.includes(status))
      return { kind: 'refused', problem: AbideProblem.from(error, response) };
    return { kind: 'notNow', status };
  } catch {
    return { kind: 'notNow', status: null };
  }
}

/** A date to come is later than the present for sure; the other two are doubts of this device's clock only while it is fresh. */
function isDateRefused(code: string, isFresh: boolean): boolean {
  return (
    code === 'consent.in_future' || (isFresh && (code === 'consent.before_registration' || code === 'consent.too_old'))
  );
}
