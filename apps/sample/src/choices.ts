import type { AbideClient, OwnConsent, Schemas, Shown } from '@abide/client';
import { locale, t, type TextKey } from './texts.js';

/** One switch: a purpose, or for what has to be named by itself a category of it. */
export interface Choice {
  readonly id: string;
  readonly purpose: string;
  readonly name: OwnConsent['name'];
  /** The name of its own where it is of one category. */
  readonly text?: TextKey;
  readonly categories?: readonly string[];
  readonly service?: string;
  readonly clauses: OwnConsent['clauses'];
  readonly isGranted: boolean;
  /** The decision has not reached the server yet. */
  readonly isWaiting?: boolean;
}

/** What a person is shown before they agree. */
export interface Wording {
  readonly heading: string;
  readonly shown: Shown;
}

const service = 'ticketing';
/** What this app asks for by itself. */
const separate: Readonly<Record<string, TextKey>> = {
  'location.gps': 'positionsAtGates',
  'content.metadata': 'photoDetails',
};

/** The switches of the page: every purpose that is one yes or no, and the categories that this app asks for by themselves. */
export function choicesOf(items: readonly OwnConsent[]): Choice[] {
  return items.flatMap(({ purpose, name, clauses, state, separately }) => {
    if (separately.length === 0)
      return [{ id: purpose, purpose, name, clauses, isGranted: state === 'granted' || state === 'partly' }];
    const own = separately.filter(
      (one) =>
        separate[one.category] && one.recipient === null && one.region === null && (one.service ?? service) === service,
    );
    return own.map(({ category, service: of, state: at }) => ({
      id: `${purpose}/${category}`,
      purpose,
      name,
      text: separate[category],
      categories: [category],
      ...(of && { service: of }),
      clauses,
      isGranted: at === 'granted',
    }));
  });
}

export function nameOf({ name, text }: Choice): string {
  return text ? t(text) : name[locale()];
}

/** The words of the clause that a choice is about, those of its service first, as the policy in force has them; null where there are none. */
export async function wordingOf(client: AbideClient, choice: Choice): Promise<Wording | null> {
  const slugs = [...new Set(choice.clauses.map(({ policy }) => policy))].sort(
    (one, other) => Number(other === choice.service) - Number(one === choice.service),
  );
  for (const slug of slugs) {
    const { data } = await client.GET('/api/v1/policies/{slug}', { params: { path: { slug } } });
    const cited = choice.clauses.filter(({ policy }) => policy === slug).map(({ clauseId }) => clauseId);
    const clause = data?.clauses.find((one) => cited.includes(one.id) && isAbout(one, choice));
    if (!data || !clause) continue;
    const shown = {
      revisionId: data.revision.id,
      clauseId: clause.id,
      locale: locale(),
      wording: clause.body[locale()],
    };
    return { heading: clause.heading[locale()], shown };
  }
  return null;
}

function isAbout({ terms }: Schemas['PublicClause'], { categories }: Choice): boolean {
  if (!categories) return true;
  return terms.some(
    (term) =>
      term['type'] === 'collection' &&
      categories.every((category) => (term['categories'] as readonly string[]).includes(category)),
  );
}
