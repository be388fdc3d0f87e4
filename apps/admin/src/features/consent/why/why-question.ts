export const actions = ['collect', 'use', 'share'] as const;
export type Action = (typeof actions)[number];

/** What is asked, as it stands in the address and in the form. */
export interface WhyQuestion {
  readonly subjectId?: string;
  readonly action: Action;
  readonly purpose?: string;
  readonly category?: string;
  readonly service?: string;
  readonly recipient?: string;
  readonly region?: string;
  readonly storage?: 'onDevice';
  readonly at?: string;
}

const names = ['subjectId', 'purpose', 'category', 'service', 'recipient', 'region', 'storage', 'at'] as const;
const ofSharing = new Set(['recipient', 'region']);

export function readQuestion(search: URLSearchParams): WhyQuestion {
  const given = Object.fromEntries(names.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])));
  if (given['storage'] !== 'onDevice') delete given['storage'];
  return { action: actions.find((action) => action === search.get('action')) ?? 'use', ...given };
}

/** Recipient and region belong to sharing alone, and what is shared does not stay on the device. */
export function writeQuestion(question: WhyQuestion): URLSearchParams {
  const isSharing = question.action === 'share';
  const said = names
    .filter((name) => (isSharing ? name !== 'storage' : !ofSharing.has(name)))
    .flatMap((name) => (question[name]?.trim() ? [[name, question[name].trim()] as [string, string]] : []));
  return new URLSearchParams([['action', question.action], ...said]);
}

/** A question with everything that an answer needs. */
export type WholeQuestion = WhyQuestion & Required<Pick<WhyQuestion, 'subjectId' | 'purpose' | 'category'>>;

export function isWhole(question: WhyQuestion): question is WholeQuestion {
  return Boolean(question.subjectId && question.purpose && question.category);
}
