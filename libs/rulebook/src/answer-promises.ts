import { answerSpanInDays, countedAnswer } from './answer-time.js';
import type { Localized } from '@abide/kernel';
import { termsOf } from './check.js';
import type { PolicyDocument } from './document.js';
import type { AnswerWithin } from './terms.js';
import type { Audience } from './vocabulary.js';

/** How soon a request of one kind is answered, and the clause that promises it. */
export interface AnswerPromise {
  readonly right: string;
  readonly within: AnswerWithin;
  /** To whom it is promised; null for everybody. */
  readonly audience: Audience | null;
  /** The clause in words: its text, the revision, its heading. */
  readonly cited: Localized;
}

interface Source {
  readonly document: PolicyDocument;
  readonly revision: number;
}

/** What a text promises beside what the law does. */
export function answerPromisesOf({ document, revision }: Source): AnswerPromise[] {
  return termsOf(document).flatMap(({ term, clause }) => {
    if (term.type !== 'right' || !term.answerWithin) return [];
    const heading = document.clauses[clause]?.heading;
    const promise = {
      within: countedAnswer(term.answerWithin),
      audience: document.audience ?? null,
      cited: citation(document.title, revision, heading ?? document.title),
    };
    return term.rights.map((right) => ({ right, ...promise }));
  });
}

/**
 * The shortest promise for a kind of request of somebody of these audiences: whoever asks names neither a service nor where they live, so that the
 * strictest holds. Null where only the law speaks.
 */
export function shortestAnswer(
  promises: readonly AnswerPromise[],
  right: string,
  audiences: readonly Audience[] = [],
): AnswerPromise | null {
  const [shortest] = promises
    .filter((promise) => promise.right === right && (promise.audience === null || audiences.includes(promise.audience)))
    .sort((one, other) => answerSpanInDays(one.within) - answerSpanInDays(other.within));
  return shortest ?? null;
}

function citation(title: Localized, revision: number, heading: Localized): Localized {
  return {
    'zh-CN': `《${title['zh-CN']}》第 ${revision} 版“${heading['zh-CN']}”`,
    en: `${title.en}, revision ${revision}, “${heading.en}”`,
  };
}
