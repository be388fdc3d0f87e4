import { requestContext, type ClientBounds } from '@abide/platform';
import type { CategoryDecision, Decision, Question, RefusalCode } from '@abide/rulebook';

export type BoundRefusal = Extract<RefusalCode, `client.${string}`>;

/** What the service client is for that sent the request: whatever it asks the gate is answered within that. Null where nobody bounds the request. */
export function boundsOfRequest(): ClientBounds | null {
  const principal = requestContext()?.principal;
  return principal?.kind === 'client' ? principal.bounds : null;
}

/** Something that is brought to be collected, by its place in the request. */
interface Collectable {
  readonly index: number;
  readonly service: string;
  readonly purposes?: readonly string[] | null;
}

/** Of what a sender brings, what it may collect at all, for the purposes that it is for; the rest is refused. For who asks the gate outside the request. */
export function withinBounds<Item extends Collectable>(
  items: Item[],
  refused: { index: number; code: string }[],
  bounds = boundsOfRequest(),
): Item[] {
  if (bounds === null) return items;
  return items.flatMap((item) => {
    const question = boundedBy(bounds, {
      action: 'collect',
      categories: [],
      at: 0,
      service: item.service,
      purposes: item.purposes ?? null,
    });
    const code = boundRefusal(bounds, question);
    if (code === null) return [{ ...item, purposes: question.purposes ?? undefined }];
    refused.push({ index: item.index, code });
    return [];
  });
}

/** The question as a bounded client may ask it: a collection without purposes, or for several, is for those that the client is for. */
export function boundedBy(bounds: ClientBounds | null, question: Question): Question {
  if (bounds === null || bounds.purposes === null || question.action !== 'collect' || isNamed(question.purpose))
    return question;
  const { purposes } = bounds;
  const stated = question.purposes ?? [];
  return {
    ...question,
    purposes: stated.length === 0 ? [...purposes] : stated.filter((purpose) => purposes.has(purpose)),
  };
}

/**
 * Why a bounded client is refused whatever the rulebook says. A question that names no service is about all of them, which is more than
 * a client for some is for.
 */
export function boundRefusal(
  bounds: ClientBounds | null,
  { action, purpose, purposes, service }: Question,
): BoundRefusal | null {
  if (bounds === null) return null;
  if (
    bounds.purposes !== null &&
    !(isNamed(purpose) ? bounds.purposes.has(purpose) : action === 'collect' && (purposes ?? []).length > 0)
  )
    return 'client.purposeNotCovered';
  return bounds.services !== null && !(isNamed(service) && bounds.services.has(service))
    ? 'client.serviceNotCovered'
    : null;
}

/** The answer of a refusal by bounds: nothing is said of the subject or of any clause. */
export function refusedByBounds({ categories }: Question, code: BoundRefusal): Decision {
  return { allowed: false, results: categories.map((category): CategoryDecision => ({ ...nothing, category, code })) };
}

const nothing = {
  allowed: false,
  policy: null,
  revision: null,
  clauseId: null,
  basis: null,
  consentEventId: null,
  fallback: null,
  ifWithheld: null,
  minimumGroup: null,
  precision: null,
  storage: null,
  purposes: [],
} as const;

function isNamed(code: string | null | undefined): code is string {
  return code !== null && code !== undefined;
}
