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
  readonly at?: string;
}

const names = ['subjectId', 'purpose', 'category', 'service', 'recipient', 'region', 'at'] as const;

export function readQuestion(search: URLSearchParams): WhyQuestion {
  const given = Object.fromEntries(names.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])));
  return { action: actions.find((action) => action === search.get('action')) ?? 'use', ...given };
}

/** Recipient and region belong to sharing alone. */
export function writeQuestion(question: WhyQuestion): URLSearchParams {
  const isSharing = question.action === 'share';
  const said = names
    .filter((name) => isSharing || (name !== 'recipient' && name !== 'region'))
    .flatMap((name) => (question[name]?.trim() ? [[name, question[name].trim()] as [string, string]] : []));
  return new URLSearchParams([['action', question.action], ...said]);
}

/** A question with everything that an answer needs. */
export type WholeQuestion = WhyQuestion & Required<Pick<WhyQuestion, 'subjectId' | 'purpose' | 'category'>>;

export function isWhole(question: WhyQuestion): question is WholeQuestion {
  return Boolean(question.subjectId && question.purpose && question.category);
}
